/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

/* Secrets by the paths of their items. Every libsecret has it, and calls it unstable. */
#define SECRET_API_SUBJECT_TO_CHANGE

#include "config.h"

#include "fob-keyring-glance.h"

#include "fob-keyring-items.h"

/* Adds the paths of what is in @slot. @complete: cleared when something there is locked */
static gboolean
find (SecretService *service,
      const char *slot,
      GPtrArray *paths,
      GPtrArray *slots,
      gboolean *complete,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GHashTable) attributes = fob_keyring_items_build_attributes (slot);
  g_auto (GStrv) unlocked = NULL;
  g_auto (GStrv) locked = NULL;
  GError *cause = NULL;

  if (!secret_service_search_for_dbus_paths_sync (service, fob_keyring_items_get_schema (),
                                                  attributes, cancellable, &unlocked, &locked,
                                                  &cause))
    return fob_keyring_items_fail (cause, error);
  if (locked != NULL && *locked != NULL)
    *complete = FALSE;
  for (gsize i = 0; unlocked != NULL && unlocked[i] != NULL; i++)
    {
      g_ptr_array_add (paths, g_steal_pointer (&unlocked[i]));
      g_ptr_array_add (slots, (char *) slot);
    }
  /* What was taken leaves a hole at the beginning. */
  g_clear_pointer (&unlocked, g_free);

  return TRUE;
}

/* @reply: a{o(oayays)}, what GetSecrets answered */
static GHashTable *
decode (SecretService *service, GVariant *reply)
{
  g_autoptr (GHashTable) values =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) secret_value_unref);
  GVariantIter iter;
  GVariant *secret = NULL;
  const char *path = NULL;

  g_variant_iter_init (&iter, reply);
  while (g_variant_iter_loop (&iter, "{&o@(oayays)}", &path, &secret))
    {
      SecretValue *value = secret_service_decode_dbus_secret (service, secret);

      if (value != NULL)
        g_hash_table_insert (values, g_strdup (path), value);
    }

  return g_steal_pointer (&values);
}

/* What secret_service_get_secrets_for_dbus_paths_sync() does, which keeps every reply for ever
 * (libsecret 0.20.5).
 *
 * Returns: (transfer full) (nullable): what is at @paths; NULL with an error, or without one when
 * the service holds something back */
static GHashTable *
fetch (SecretService *service, GPtrArray *paths, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) secrets = NULL;
  GVariant *wanted = g_variant_new_objv ((const char *const *) paths->pdata, (gssize) paths->len);
  GError *cause = NULL;

  reply = g_dbus_proxy_call_sync (G_DBUS_PROXY (service), "GetSecrets",
                                  g_variant_new ("(@aoo)", wanted,
                                                 secret_service_get_session_dbus_path (service)),
                                  G_DBUS_CALL_FLAGS_NONE, -1, cancellable, &cause);
  if (reply == NULL)
    {
      fob_keyring_items_fail (cause, error);
      return NULL;
    }

  secrets = g_variant_get_child_value (reply, 0);
  values = decode (service, secrets);
  for (guint i = 0; i < paths->len; i++)
    {
      if (g_hash_table_lookup (values, paths->pdata[i]) == NULL)
        return NULL;
    }

  return g_steal_pointer (&values);
}

gboolean
fob_keyring_glance (SecretService *service,
                    const char *const *slots,
                    FobKeyringGlanceFunc func,
                    gpointer user_data,
                    gboolean *complete,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) values = NULL;
  GError *cause = NULL;

  *complete = TRUE;
  for (gsize i = 0; slots[i] != NULL; i++)
    {
      if (!find (service, slots[i], paths, names, complete, cancellable, error))
        return FALSE;
    }
  if (!*complete || paths->len == 0)
    {
      *complete = FALSE;
      return TRUE;
    }

  values = fetch (service, paths, cancellable, &cause);
  if (values == NULL)
    {
      *complete = FALSE;
      if (cause != NULL)
        g_propagate_error (error, cause);
      return cause == NULL;
    }
  for (guint i = 0; i < paths->len; i++)
    {
      if (!func (names->pdata[i], g_hash_table_lookup (values, paths->pdata[i]), user_data, error))
        return FALSE;
    }

  return TRUE;
}
