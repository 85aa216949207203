/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-keyring-look.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-keyring-items.h"
#include "fob-slot.h"
#include "fob-vault-error.h"

#define PROBE_ATTRIBUTE "probe"

static const SecretSchema probe_schema = {
  APP_ID ".Probe",
  SECRET_SCHEMA_NONE,
  { { PROBE_ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

void
fob_keyring_slot_look_free (FobKeyringSlotLook *self)
{
  g_free (self->name);
  g_free (self);
}

/* Slots */

static FobKeyringSlotLook *
look_at_item (SecretItem *item)
{
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  FobKeyringSlotLook *look = g_new0 (FobKeyringSlotLook, 1);
  g_auto (FobSlot) slot = { 0 };
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize size;

  text = secret_value_get (value, &size);
  look->name = fob_keyring_items_dup_slot (item);
  if (fob_slot_parse (text, size, &slot, &error))
    look->generation = slot.generation;
  else if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_VERSION))
    look->state = FOB_KEYRING_SLOT_NEWER;
  else
    look->state = FOB_KEYRING_SLOT_DAMAGED;

  return look;
}

static int
compare_looks (gconstpointer a, gconstpointer b)
{
  const FobKeyringSlotLook *const *first = a;
  const FobKeyringSlotLook *const *second = b;

  return g_strcmp0 ((*first)->name, (*second)->name);
}

GPtrArray *
fob_keyring_look_at_slots (GCancellable *cancellable, GError **error)
{
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  g_autoptr (GPtrArray) looks = NULL;
  GList *items = NULL;
  gboolean was_locked;
  gboolean done;

  if (service == NULL || !fob_keyring_items_search (service, &items, cancellable, error))
    return NULL;
  /* Nothing to be seen behind a lock does not mean that there is nothing. */
  if (items == NULL &&
      !fob_keyring_items_unlock_default (service, FALSE, &was_locked, cancellable, error))
    return NULL;

  looks = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_keyring_slot_look_free);
  done = fob_keyring_items_load_secrets (service, items, FALSE, cancellable, error);
  for (GList *l = items; done && l != NULL; l = l->next)
    g_ptr_array_add (looks, look_at_item (l->data));
  fob_keyring_items_free (items);
  g_ptr_array_sort (looks, compare_looks);

  return done ? g_steal_pointer (&looks) : NULL;
}

/* Probe */

static gboolean
probe_write (SecretService *service,
             GHashTable *attributes,
             const char *text,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (SecretValue) value = secret_value_new (text, -1, "text/plain");

  return secret_service_store_sync (service, &probe_schema, attributes, SECRET_COLLECTION_DEFAULT,
                                    _ ("Keyfob looks whether the keyring works"), value,
                                    cancellable, error);
}

static gboolean
probe_read (SecretService *service,
            GHashTable *attributes,
            const char *text,
            GCancellable *cancellable,
            GError **error)
{
  const SecretSearchFlags flags = SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS;
  gboolean found = FALSE;
  GList *items;

  items =
    secret_service_search_sync (service, &probe_schema, attributes, flags, cancellable, error);
  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autoptr (SecretValue) value = secret_item_get_secret (l->data);

      found = found || (value != NULL && g_strcmp0 (secret_value_get_text (value), text) == 0);
    }
  fob_keyring_items_free (items);

  return found;
}

gboolean
fob_keyring_probe (GCancellable *cancellable, GError **error)
{
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  /* Of this run alone: two probes do not meet. */
  g_autofree char *text = g_uuid_string_random ();
  g_autoptr (GHashTable) attributes =
    secret_attributes_build (&probe_schema, PROBE_ATTRIBUTE, text, NULL);
  g_autoptr (GError) cause = NULL;
  const char *failure = NULL;

  if (service == NULL)
    return FALSE;

  if (!probe_write (service, attributes, text, cancellable, &cause))
    failure = _ ("The keyring did not take a new item.");
  else if (!probe_read (service, attributes, text, cancellable, &cause))
    failure = _ ("The keyring did not give back what was just written.");
  /* Also after a failure: what came about all the same does not stay. */
  if (!secret_service_clear_sync (service, &probe_schema, attributes, cancellable,
                                  cause == NULL ? &cause : NULL) &&
      failure == NULL)
    failure = _ ("The keyring did not delete an item.");
  if (failure == NULL)
    return TRUE;

  g_debug ("The probe failed: %s", cause != NULL ? cause->message : "no error");
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE, failure);
  return FALSE;
}
