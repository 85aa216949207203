/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-keyring-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "fob-payload.h"
#include "fob-slot.h"
#include "fob-vault-error.h"
#include "fob-wipe.h"
#include "fob-writers-lock.h"

#define SERVICE_NAME   "org.freedesktop.secrets"
#define SLOT_ATTRIBUTE "slot"
#define N_SLOTS        2

struct _FobKeyringStore
{
  GObject parent_instance;

  FobWritersLock *lock;
  guint watch_id;
  gboolean vanished; /* the service was seen going away; guarded by the main thread */
};

/* What a look into the keyring found. */
typedef struct
{
  guint n_items;
  guint n_damaged;
  char *newest_name; /* of the slot that the newest whole generation is in */
  FobSlot newest;
} Survey;

static const char *const slot_names[N_SLOTS] = { "a", "b" };

static const SecretSchema schema = {
  APP_ID ".Vault",
  SECRET_SCHEMA_NONE,
  { { SLOT_ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static void fob_keyring_store_iface_init (FobStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FobKeyringStore,
                               fob_keyring_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOB_TYPE_STORE, fob_keyring_store_iface_init))

static void
survey_clear (Survey *survey)
{
  g_clear_pointer (&survey->newest_name, g_free);
  fob_slot_clear (&survey->newest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Survey, survey_clear)

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
static gboolean
fail_from_service (GError *cause, GError **error)
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
static SecretService *
open_service (GCancellable *cancellable, GError **error)
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
    fail_from_service (cause, error);

  return service;
}

/* @locked: (transfer none) (element-type GDBusProxy). Lets the provider ask the person. */
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
    return fail_locked (error);

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
      return fail_from_service (cause, error);
    }

  return n_unlocked > 0 ? TRUE : fail_locked (error);
}

/* A keyring without our items may still hold them behind its lock: providers differ in what they
 * show then. */
static gboolean
unlock_default_collection (SecretService *service,
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
    return fail_from_service (cause, error);
  if (collection == NULL || !secret_collection_get_locked (collection))
    return TRUE;

  *was_locked = TRUE;
  objects = g_list_append (NULL, collection);

  return unlock_objects (service, objects, interactive, cancellable, error);
}

static void
free_items (GList *items)
{
  g_list_free_full (items, g_object_unref);
}

/* @items: (out) (transfer full): our items, whatever collection they are in */
static gboolean
search_items (SecretService *service, GList **items, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, NULL);
  GError *cause = NULL;

  *items = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_ALL, cancellable,
                                       &cause);
  if (cause != NULL)
    return fail_from_service (cause, error);

  return TRUE;
}

static gboolean
load_secrets (SecretService *service,
              GList *items,
              gboolean interactive,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GList) locked = NULL;
  GError *cause = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (secret_item_get_locked (l->data))
        locked = g_list_prepend (locked, l->data);
    }
  if (!unlock_objects (service, locked, interactive, cancellable, error))
    return FALSE;
  if (items != NULL && !secret_item_load_secrets_sync (items, cancellable, &cause))
    return fail_from_service (cause, error);

  return TRUE;
}

/* Surveys */

static gboolean
survey_add (Survey *survey, SecretItem *item, GError **error)
{
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  g_autoptr (GHashTable) attributes = secret_item_get_attributes (item);
  const char *name = g_hash_table_lookup (attributes, SLOT_ATTRIBUTE);
  g_autoptr (GError) local_error = NULL;
  g_auto (FobSlot) slot = { 0 };
  const char *text;
  gsize size;

  survey->n_items++;
  if (value == NULL)
    {
      survey->n_damaged++;
      return TRUE;
    }
  text = secret_value_get (value, &size);
  if (!fob_slot_parse (text, size, &slot, &local_error))
    {
      /* What a newer program wrote is not for us to overwrite, whatever the other slot says. */
      if (g_error_matches (local_error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_VERSION))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      survey->n_damaged++;
      return TRUE;
    }

  if (slot.generation > survey->newest.generation)
    {
      survey_clear (survey);
      survey->newest_name = g_strdup (name);
      survey->newest = slot;
      slot = (FobSlot){ 0 };
    }

  return TRUE;
}

static gboolean
survey_items (SecretService *service,
              gboolean interactive,
              Survey *survey,
              GCancellable *cancellable,
              GError **error)
{
  GList *items = NULL;
  gboolean was_locked;
  gboolean done;

  if (!search_items (service, &items, cancellable, error))
    return FALSE;
  if (items == NULL)
    {
      if (!unlock_default_collection (service, interactive, &was_locked, cancellable, error))
        return FALSE;
      if (was_locked && !search_items (service, &items, cancellable, error))
        return FALSE;
    }

  done = load_secrets (service, items, interactive, cancellable, error);
  for (GList *l = items; done && l != NULL; l = l->next)
    done = survey_add (survey, l->data, error);
  free_items (items);
  if (!done)
    return FALSE;

  if (survey->n_items > 0 && survey->newest.generation == 0)
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
        _ ("The accounts in the keyring are damaged. They were left as they are."));
      return FALSE;
    }

  return TRUE;
}

/* Writing */

static gboolean
is_storable (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p < ' ' || *p > '~')
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_slot (SecretService *service,
            const char *name,
            const char *text,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, SLOT_ATTRIBUTE, name, NULL);
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
      return fail_from_service (cause, error);
    }

  return TRUE;
}

static gboolean
holds (SecretItem *item, const char *text)
{
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  const char *found;
  gsize size;

  if (value == NULL)
    return FALSE;
  found = secret_value_get (value, &size);

  return size == strlen (text) && memcmp (found, text, size) == 0;
}

/* What was written is believed when it comes back. By a search, because each lookup of libsecret
 * 0.20 leaks the whole answer. */
static gboolean
verify_slot (SecretService *service,
             const char *name,
             const char *text,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, SLOT_ATTRIBUTE, name, NULL);
  const SecretSearchFlags flags = SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS;
  GError *cause = NULL;
  gboolean found = FALSE;
  GList *items;

  items = secret_service_search_sync (service, &schema, attributes, flags, cancellable, &cause);
  for (GList *l = items; l != NULL; l = l->next)
    found = found || holds (l->data, text);
  free_items (items);
  if (cause != NULL)
    return fail_from_service (cause, error);
  if (!found)
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
        _ ("The keyring did not keep what was written. The accounts from before are "
           "safe; please try again."));
      return FALSE;
    }

  return TRUE;
}

/* Interface */

static gboolean
fob_keyring_store_needs_passphrase (FobStore *store)
{
  return FALSE;
}

static gboolean
fob_keyring_store_lock_writers (FobStore *store, GCancellable *cancellable, GError **error)
{
  return fob_writers_lock_acquire (FOB_KEYRING_STORE (store)->lock, cancellable, error);
}

static void
fob_keyring_store_unlock_writers (FobStore *store)
{
  fob_writers_lock_release (FOB_KEYRING_STORE (store)->lock);
}

static gboolean
fob_keyring_store_load (FobStore *store,
                        FobSecret *passphrase,
                        gboolean interactive,
                        FobStoreContent *content,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (SecretService) service = open_service (cancellable, error);
  g_auto (Survey) survey = { 0 };

  if (service == NULL || !survey_items (service, interactive, &survey, cancellable, error))
    return FALSE;

  content->generation = survey.newest.generation;
  content->payload = g_steal_pointer (&survey.newest.payload);

  return TRUE;
}

static gboolean
fob_keyring_store_commit (FobStore *store,
                          GBytes *payload,
                          guint64 expected,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (SecretService) service = open_service (cancellable, error);
  g_autoptr (FobPayload) parsed = NULL;
  g_auto (Survey) survey = { 0 };
  g_auto (FobWipedString) text = NULL;
  const char *name;

  if (service == NULL || !survey_items (service, TRUE, &survey, cancellable, error))
    return FALSE;
  if (survey.newest.generation != expected)
    {
      g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT,
                           _ ("The accounts were changed elsewhere at the same moment."));
      return FALSE;
    }

  /* Whatever cannot be read again is not written either. */
  parsed = fob_payload_parse (payload, error);
  if (parsed == NULL)
    return FALSE;
  text = fob_slot_format (fob_payload_get_vault_id (parsed), expected + 1, payload);
  if (!is_storable (text))
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
        _ ("The accounts could not be written in the form that keyrings need. Nothing "
           "was changed."));
      return FALSE;
    }
  name = g_strcmp0 (survey.newest_name, slot_names[0]) == 0 ? slot_names[1] : slot_names[0];
  if (!write_slot (service, name, text, cancellable, error) ||
      !verify_slot (service, name, text, cancellable, error))
    return FALSE;

  fob_writers_lock_publish (FOB_KEYRING_STORE (store)->lock, expected + 1);

  return TRUE;
}

static void
fob_keyring_store_forget (FobStore *store)
{
  /* Nothing is kept between two calls. */
}

static void
fob_keyring_store_iface_init (FobStoreInterface *iface)
{
  iface->needs_passphrase = fob_keyring_store_needs_passphrase;
  iface->lock_writers = fob_keyring_store_lock_writers;
  iface->unlock_writers = fob_keyring_store_unlock_writers;
  iface->load = fob_keyring_store_load;
  iface->commit = fob_keyring_store_commit;
  iface->forget = fob_keyring_store_forget;
}

/* Life */

static void
fob_keyring_store_lock_changed_cb (FobKeyringStore *self)
{
  fob_store_emit_changed (FOB_STORE (self));
}

static void
fob_keyring_store_appeared_cb (GDBusConnection *connection,
                               const char *name,
                               const char *owner,
                               gpointer user_data)
{
  FobKeyringStore *self = user_data;

  /* The first call tells of the service that was there all along. */
  if (self->vanished)
    fob_store_emit_changed (FOB_STORE (self));
  self->vanished = FALSE;
}

static void
fob_keyring_store_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FOB_KEYRING_STORE (user_data)->vanished = TRUE;
}

static void
fob_keyring_store_finalize (GObject *object)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (object);

  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (fob_keyring_store_parent_class)->finalize (object);
}

static void
fob_keyring_store_class_init (FobKeyringStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_keyring_store_finalize;
}

static void
fob_keyring_store_init (FobKeyringStore *self)
{
  self->lock = fob_writers_lock_new ("keyring");
  g_signal_connect_object (self->lock, "changed", G_CALLBACK (fob_keyring_store_lock_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->watch_id =
    g_bus_watch_name (G_BUS_TYPE_SESSION, SERVICE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                      fob_keyring_store_appeared_cb, fob_keyring_store_vanished_cb, self, NULL);
}

FobStore *
fob_keyring_store_new (void)
{
  return g_object_new (FOB_TYPE_KEYRING_STORE, NULL);
}
