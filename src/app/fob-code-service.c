/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-code-service.h"

#include <glib/gi18n-lib.h>

#include "fob-settings.h"
#include "fob-vault-error.h"

#define ERROR_PREFIX APP_ID ".Error."

static const char introspection[] = "<node>"
                                    "  <interface name='" APP_ID ".Codes'>"
                                    "    <method name='Copy'>"
                                    "      <arg name='account' type='s' direction='in'/>"
                                    "      <arg name='next' type='b' direction='in'/>"
                                    "      <arg name='seconds' type='u' direction='out'/>"
                                    "    </method>"
                                    "  </interface>"
                                    "</node>";

struct _FobCodeService
{
  GObject parent_instance;

  FobWindow *window; /* weak */
  GDBusConnection *connection;
  guint registration_id;
};

G_DEFINE_FINAL_TYPE (FobCodeService, fob_code_service, G_TYPE_OBJECT)

/* The name of the error is for programs, its message for the person. */
static void
return_error (GDBusMethodInvocation *invocation, const GError *error)
{
  const char *name = ERROR_PREFIX "Failed";

  if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED))
    name = ERROR_PREFIX "Locked";
  else if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND))
    name = ERROR_PREFIX "NotFound";

  g_dbus_method_invocation_return_dbus_error (invocation, name, error->message);
}

static void
fob_code_service_copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data; /* taken by the answer */
  g_autoptr (GError) error = NULL;

  if (fob_window_copy_code_finish (FOB_WINDOW (source), result, &error))
    g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(u)", fob_settings_get_clipboard_clear_seconds ()));
  else
    return_error (invocation, error);
}

static void
fob_code_service_call_cb (GDBusConnection *connection,
                          const char *sender,
                          const char *path,
                          const char *interface,
                          const char *method,
                          GVariant *parameters,
                          GDBusMethodInvocation *invocation,
                          gpointer user_data)
{
  FobCodeService *self = user_data;
  const char *account_id;
  gboolean next;

  g_variant_get (parameters, "(&sb)", &account_id, &next);
  if (self->window == NULL)
    {
      g_dbus_method_invocation_return_dbus_error (
        invocation, ERROR_PREFIX "Locked",
        _ ("Keyfob’s window is not open. Open it and try again."));
      return;
    }

  fob_window_copy_code_async (self->window, account_id, next, NULL, fob_code_service_copied_cb,
                              invocation);
}

void
fob_code_service_unexport (FobCodeService *self)
{
  g_return_if_fail (FOB_IS_CODE_SERVICE (self));

  if (self->registration_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration_id);
  self->registration_id = 0;
  g_clear_object (&self->connection);
}

static void
fob_code_service_dispose (GObject *object)
{
  FobCodeService *self = FOB_CODE_SERVICE (object);

  fob_code_service_unexport (self);
  fob_code_service_set_window (self, NULL);

  G_OBJECT_CLASS (fob_code_service_parent_class)->dispose (object);
}

static void
fob_code_service_class_init (FobCodeServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fob_code_service_dispose;
}

static void
fob_code_service_init (FobCodeService *self)
{
}

FobCodeService *
fob_code_service_new (void)
{
  return g_object_new (FOB_TYPE_CODE_SERVICE, NULL);
}

gboolean
fob_code_service_export (FobCodeService *self,
                         GDBusConnection *connection,
                         const char *path,
                         GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = fob_code_service_call_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (introspection, error);

  g_return_val_if_fail (FOB_IS_CODE_SERVICE (self), FALSE);

  if (info == NULL)
    return FALSE;
  self->registration_id = g_dbus_connection_register_object (connection, path, info->interfaces[0],
                                                             &vtable, self, NULL, error);
  if (self->registration_id == 0)
    return FALSE;
  self->connection = g_object_ref (connection);

  return TRUE;
}

void
fob_code_service_set_window (FobCodeService *self, FobWindow *window)
{
  g_return_if_fail (FOB_IS_CODE_SERVICE (self));

  g_set_weak_pointer (&self->window, window);
}
