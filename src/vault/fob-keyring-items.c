/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-keyring-items.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-vault-error.h"

/* Of the slot that an item is in when it is in none any more. */
#define ASIDE_PREFIX "aside-"

static const SecretSchema schema = {
  APP_ID ".Vault",
  SECRET_SCHEMA_NONE,
  { { FOB_KEYRING_ITEMS_SLOT, SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

const SecretSchema *
fob_keyring_items_get_schema (void)
{
  return &schema;
}

GHashTable *
fob_keyring_items_build_attributes (const char *slot)
{
  return secret_attributes_build (&schema, FOB_KEYRING_ITEMS_SLOT, slot, NULL);
}

/* Errors */

static gboolean
is_no_service (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_FAILED);
}

/* Foreign errors become ours at the edge of the room; none of them ever means that there is
 * nothing. */
gboolean
fob_keyring_items_fail (GError *cause, GError **error)
{
  g_debug ("The keyring service failed: %s", cause->message);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (is_no_service (cause))
    g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE,
                         _ ("The keyring service is not running. Nothing was changed."));
  else if (g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED,
                         _ ("The keyring is locked. Unlock it and try again."));
  else
    g_set_error_literal (
      error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
      _ ("The keyring service did not answer as it should. Nothing was changed; please "
         "try again."));
  g_error_free (cause);

  return FALSE;
}

static gboolean
fail_locked (GError **error)
{
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED,
                       _ ("The keyring is locked. Unlock it and try again."));

  return FALSE;
}

/* Talking to the service */

/* A connection of its own for each look and each commit: nothing goes stale when the service is
 * restarted. */
SecretService *
fob_keyring_items_connect (GCancellable *cancellable, GError **error)
{
  g_autoptr (GDBusConnection) bus = NULL;
  GError *cause = NULL;
  SecretService *service;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, &cause);
  if (bus == NULL)
    {
      const gboolean cancelled = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_debug ("No session bus: %s", cause->message);
      if (cancelled)
        g_propagate_error (error, cause);
      else
        {
          g_error_free (cause);
          g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE,
                               _ ("The keyring service is not running. Nothing was changed."));
        }
      return NULL;
    }

  service = secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION,
                                      cancellable, &cause);
  if (service == NULL)
    fob_keyring_items_fail (cause, error);

  return service;
}

/* libsecret takes it for a mistake of ours to ask for what the service did not live to tell.
 * @proxy: a collection or an item */
static gboolean
has_property (gpointer proxy, const char *name)
{
  g_autoptr (GVariant) value = g_dbus_proxy_get_cached_property (G_DBUS_PROXY (proxy), name);

  return value != NULL;
}

static gboolean
fail_untold (GError **error)
{
  return fob_keyring_items_fail (
    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "The service did not tell all"), error);
}

static GVariant *
paths_of (GList *objects)
{
  g_auto (GVariantBuilder) paths = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ao"));

  for (GList *l = objects; l != NULL; l = l->next)
    g_variant_builder_add (&paths, "o", g_dbus_proxy_get_object_path (l->data));

  return g_variant_new ("(ao)", &paths);
}

/* Nobody was asked, and nobody will be. */
static void
dismiss (SecretService *service, const char *prompt)
{
  GDBusConnection *bus = g_dbus_proxy_get_connection (G_DBUS_PROXY (service));

  g_dbus_connection_call (bus, g_dbus_proxy_get_name (G_DBUS_PROXY (service)), prompt,
                          "org.freedesktop.Secret.Prompt", "Dismiss", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

/* A keyring without a password is locked until somebody asks for it: that takes no person.
 * libsecret would show a prompt where it does. */
static gboolean
unlock_quietly (SecretService *service, GList *locked, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariantIter) unlocked = NULL;
  g_autoptr (GVariant) no = g_variant_ref_sink (g_variant_new_boolean (FALSE));
  GError *cause = NULL;
  const char *prompt;
  gboolean done;

  answer = g_dbus_proxy_call_sync (G_DBUS_PROXY (service), "Unlock", paths_of (locked),
                                   G_DBUS_CALL_FLAGS_NONE, -1, cancellable, &cause);
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(aoo)")))
    return answer == NULL ? fob_keyring_items_fail (cause, error) : fail_untold (error);
  g_variant_get (answer, "(ao&o)", &unlocked, &prompt);
  if (!g_str_equal (prompt, "/"))
    dismiss (service, prompt);
  done = g_variant_iter_n_children (unlocked) >= g_list_length (locked);
  for (GList *l = locked; done && l != NULL; l = l->next)
    g_dbus_proxy_set_cached_property (G_DBUS_PROXY (l->data), "Locked", no);

  return done ? TRUE : fail_locked (error);
}

/* @locked: (transfer none) (element-type GDBusProxy). @interactive: lets the provider ask the
 * person. */
static gboolean
unlock_objects (SecretService *service,
                GList *locked,
                gboolean interactive,
                GCancellable *cancellable,
                GError **error)
{
  GError *cause = NULL;
  gint n_unlocked;

  if (locked == NULL)
    return TRUE;
  if (!interactive)
    return unlock_quietly (service, locked, cancellable, error);

  n_unlocked = secret_service_unlock_sync (service, locked, cancellable, NULL, &cause);
  if (cause != NULL)
    {
      /* libsecret reports a dismissed prompt as cancelled too. */
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
          !g_cancellable_is_cancelled (cancellable))
        {
          g_error_free (cause);
          return fail_locked (error);
        }
      return fob_keyring_items_fail (cause, error);
    }

  return n_unlocked > 0 ? TRUE : fail_locked (error);
}

/* A keyring without our items may still hold them behind its lock: providers differ in what they
 * show then. */
gboolean
fob_keyring_items_unlock_default (SecretService *service,
                                  gboolean interactive,
                                  gboolean *was_locked,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GList) objects = NULL;
  GError *cause = NULL;

  *was_locked = FALSE;
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, cancellable, &cause);
  if (cause != NULL)
    return fob_keyring_items_fail (cause, error);
  if (collection != NULL && !has_property (collection, "Locked"))
    return fail_untold (error);
  if (collection == NULL || !secret_collection_get_locked (collection))
    return TRUE;

  *was_locked = TRUE;
  objects = g_list_append (NULL, collection);

  return unlock_objects (service, objects, interactive, cancellable, error);
}

void
fob_keyring_items_free (GList *items)
{
  g_list_free_full (items, g_object_unref);
}

/* What cannot be told to be set aside is taken for one of ours that counts. */
static GList *
drop_set_aside (GList *items)
{
  GList *next;

  for (GList *l = items; l != NULL; l = next)
    {
      g_autofree char *name = fob_keyring_items_dup_slot (l->data);

      next = l->next;
      if (name == NULL || !g_str_has_prefix (name, ASIDE_PREFIX))
        continue;
      g_object_unref (l->data);
      items = g_list_delete_link (items, l);
    }

  return items;
}

/* @items: (out) (transfer full): our items, whatever collection they are in */
gboolean
fob_keyring_items_search (SecretService *service,
                          GList **items,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, NULL);
  GError *cause = NULL;

  *items = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_ALL, cancellable,
                                       &cause);
  if (cause != NULL)
    return fob_keyring_items_fail (cause, error);
  *items = drop_set_aside (*items);

  return TRUE;
}

char *
fob_keyring_items_dup_slot (SecretItem *item)
{
  g_autoptr (GHashTable) attributes = NULL;

  if (!has_property (item, "Attributes"))
    return NULL;
  attributes = secret_item_get_attributes (item);

  return g_strdup (g_hash_table_lookup (attributes, FOB_KEYRING_ITEMS_SLOT));
}

gboolean
fob_keyring_items_load_secrets (SecretService *service,
                                GList *items,
                                gboolean interactive,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GList) locked = NULL;
  GError *cause = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (!has_property (l->data, "Locked"))
        return fail_untold (error);
      if (secret_item_get_locked (l->data))
        locked = g_list_prepend (locked, l->data);
    }
  if (!unlock_objects (service, locked, interactive, cancellable, error))
    return FALSE;
  if (items != NULL && !secret_item_load_secrets_sync (items, cancellable, &cause))
    return fob_keyring_items_fail (cause, error);

  /* What the service holds back may be newer than what it shows: that is no time to write. */
  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autoptr (SecretValue) value = secret_item_get_secret (l->data);

      if (value == NULL)
        return fail_locked (error);
    }

  return TRUE;
}

/* Writing */

/* The date makes the names of what is set aside at different times differ. */
static gboolean
set_item_aside (SecretItem *item, const char *date, GCancellable *cancellable, GError **error)
{
  g_autofree char *slot = fob_keyring_items_dup_slot (item);
  g_autofree char *name = g_strdup_printf (ASIDE_PREFIX "%s-%s", date, slot != NULL ? slot : "");
  g_autoptr (GHashTable) attributes = fob_keyring_items_build_attributes (name);
  GError *cause = NULL;

  if (!secret_item_set_attributes_sync (item, &schema, attributes, cancellable, &cause))
    return fob_keyring_items_fail (cause, error);
  /* For people who look into the keyring; the label finds nothing. */
  if (!secret_item_set_label_sync (item, _ ("Keyfob accounts, damaged"), cancellable, &cause))
    {
      g_debug ("The label stays: %s", cause->message);
      g_error_free (cause);
    }

  return TRUE;
}

gboolean
fob_keyring_items_set_aside (GList *items, GCancellable *cancellable, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%SZ");

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (!set_item_aside (l->data, date, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
fob_keyring_items_delete (GList *items, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (!secret_item_delete_sync (l->data, cancellable, &cause))
        return fob_keyring_items_fail (cause, error);
    }

  return TRUE;
}

gboolean
fob_keyring_items_is_storable (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p < ' ' || *p > '~')
        return FALSE;
    }

  return TRUE;
}

gboolean
fob_keyring_items_write (SecretService *service,
                         const char *name,
                         const char *text,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GHashTable) attributes = fob_keyring_items_build_attributes (name);
  g_autoptr (SecretValue) value = secret_value_new (text, (gssize) strlen (text), "text/plain");
  GError *cause = NULL;

  if (!secret_service_store_sync (service, &schema, attributes, SECRET_COLLECTION_DEFAULT,
                                  _ ("Keyfob accounts"), value, cancellable, &cause))
    {
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
          !g_cancellable_is_cancelled (cancellable))
        {
          g_error_free (cause);
          return fail_locked (error);
        }
      return fob_keyring_items_fail (cause, error);
    }

  return TRUE;
}
