/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-screenshot.h"

#include <glib/gi18n-lib.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* What the portal answers (org.freedesktop.portal.Request::Response). */
#define RESPONSE_DONE      0
#define RESPONSE_CANCELLED 1

/* A request that waits for its answer. */
typedef struct
{
  GDBusConnection *bus;
  char *path;
  guint response_id;
  GFile *file;
} Request;

static void
request_stop_listening (Request *request)
{
  if (request->response_id != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->response_id);
  request->response_id = 0;
}

static void
request_free (Request *request)
{
  if (request->bus != NULL)
    request_stop_listening (request);
  g_clear_object (&request->bus);
  g_clear_object (&request->file);
  g_free (request->path);
  g_free (request);
}

/* @task: (transfer full) */
static void
return_failure (GTask *task, const char *detail)
{
  g_debug ("No screenshot: %s", detail);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("This desktop gave no picture of the screen. Take a screenshot "
                              "yourself, copy it and paste it here."));
  g_object_unref (task);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error))
    g_debug ("The screenshot stays: %s", error->message);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *image = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  g_file_delete_async (G_FILE (source), G_PRIORITY_DEFAULT, NULL, deleted_cb, NULL);
  if (image == NULL)
    {
      return_failure (task, error->message);
      return;
    }
  g_task_return_pointer (task, image, (GDestroyNotify) g_bytes_unref);
  g_object_unref (task);
}

static void
response_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  const char *uri = NULL;
  guint32 response;

  request_stop_listening (request);
  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    {
      return_failure (task, "the portal's answer is none");
      return;
    }
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == RESPONSE_CANCELLED)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Called off");
      g_object_unref (task);
    }
  else if (response != RESPONSE_DONE || !g_variant_lookup (results, "uri", "&s", &uri))
    {
      return_failure (task, "the portal said no");
    }
  else
    {
      request->file = g_file_new_for_uri (uri);
      /* Not cancellable: the file is to be deleted in any case. */
      g_file_load_bytes_async (request->file, NULL, loaded_cb, task);
    }
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL || request->response_id == 0)
    return;
  request_stop_listening (request);
  /* The reference that the answer would have taken. */
  return_failure (task, error->message);
}

/* Listens first: an answer may come before the call returns. */
static void
call_portal (GTask *task, GDBusConnection *bus)
{
  Request *request = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("keyfob%u", g_random_int ());
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);
  GVariantBuilder options;

  request->bus = g_object_ref (bus);
  request->path =
    g_strdup_printf (PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
  request->response_id =
    g_dbus_connection_signal_subscribe (bus, PORTAL_NAME, "org.freedesktop.portal.Request",
                                        "Response", request->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                        response_cb, g_object_ref (task), NULL);

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  /* So that a part of the screen can be chosen, and nothing is taken unseen. */
  g_variant_builder_add (&options, "{sv}", "interactive", g_variant_new_boolean (TRUE));
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Screenshot",
                          "Screenshot", g_variant_new ("(sa{sv})", "", &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb,
                          g_object_ref (task));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    return_failure (g_steal_pointer (&task), error->message);
  else
    call_portal (task, bus);
}

void
fob_screenshot_take_async (GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, fob_screenshot_take_async);
  g_task_set_task_data (task, g_new0 (Request, 1), (GDestroyNotify) request_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, task);
}

GBytes *
fob_screenshot_take_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
