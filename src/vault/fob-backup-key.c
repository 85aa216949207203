/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-key.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "fob-keyring-items.h"
#include "fob-vault-error.h"
#include "fob-wipe.h"

#define ATTRIBUTE_VAULT "vault"

static const SecretSchema schema = {
  APP_ID ".BackupKey",
  SECRET_SCHEMA_NONE,
  { { ATTRIBUTE_VAULT, SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* @items: (out) (transfer full). A provider that hides items while it is locked has not said that
 * there are none. */
static gboolean
search (SecretService *service,
        const char *vault_id,
        gboolean interactive,
        GList **items,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GHashTable) attributes =
    secret_attributes_build (&schema, ATTRIBUTE_VAULT, vault_id, NULL);
  gboolean was_locked = FALSE;
  GError *cause = NULL;

  *items = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_ALL, cancellable,
                                       &cause);
  if (cause == NULL && *items == NULL)
    {
      if (!fob_keyring_items_unlock_default (service, interactive, &was_locked, cancellable, error))
        return FALSE;
      if (was_locked)
        *items = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_ALL,
                                             cancellable, &cause);
    }
  if (cause != NULL)
    return fob_keyring_items_fail (cause, error);

  return fob_keyring_items_load_secrets (service, *items, interactive, cancellable, error);
}

static FobEnvelope *
parse (SecretItem *item, GError **error)
{
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  g_autoptr (GError) cause = NULL;
  FobEnvelope *envelope;
  const char *text;
  gsize size;

  text = secret_value_get (value, &size);
  envelope = fob_envelope_parse_key (text, size, &cause);
  if (envelope == NULL)
    {
      g_debug ("The key of the backups cannot be read: %s", cause->message);
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
        _ ("The key of the backups in the keyring is damaged. Set the backup passphrase "
           "again; copies made before open with the passphrase of their time."));
    }

  return envelope;
}

gboolean
fob_backup_key_load (const char *vault_id,
                     gboolean interactive,
                     FobEnvelope **envelope,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  GList *items = NULL;
  gboolean done;

  *envelope = NULL;
  if (service == NULL)
    return FALSE;
  done = search (service, vault_id, interactive, &items, cancellable, error);
  if (done && items != NULL)
    {
      *envelope = parse (items->data, error);
      done = *envelope != NULL;
    }
  fob_keyring_items_free (items);

  return done;
}

static gboolean
holds (GList *items, const char *text)
{
  gboolean found = FALSE;

  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autoptr (SecretValue) value = secret_item_get_secret (l->data);
      gsize size;
      const char *back = secret_value_get (value, &size);

      found = found || (size == strlen (text) && memcmp (back, text, size) == 0);
    }

  return found;
}

gboolean
fob_backup_key_store (const char *vault_id,
                      FobEnvelope *envelope,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  g_autoptr (GHashTable) attributes =
    secret_attributes_build (&schema, ATTRIBUTE_VAULT, vault_id, NULL);
  g_auto (FobWipedString) text = fob_envelope_format_key (envelope);
  g_autoptr (SecretValue) value = NULL;
  GError *cause = NULL;
  GList *items = NULL;
  gboolean done;

  if (service == NULL)
    return FALSE;
  value = secret_value_new (text, (gssize) strlen (text), "text/plain");
  if (!secret_service_store_sync (service, &schema, attributes, SECRET_COLLECTION_DEFAULT,
                                  _ ("Keyfob backup key"), value, cancellable, &cause))
    return fob_keyring_items_fail (cause, error);

  done = search (service, vault_id, TRUE, &items, cancellable, error);
  if (done && !holds (items, text))
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
        _ ("The keyring did not keep the key of the backups. Please try again."));
      done = FALSE;
    }
  fob_keyring_items_free (items);

  return done;
}

gboolean
fob_backup_key_delete (const char *vault_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  GList *items = NULL;
  gboolean done;

  if (service == NULL)
    return FALSE;
  done = search (service, vault_id, FALSE, &items, cancellable, error) &&
         fob_keyring_items_delete (items, cancellable, error);
  fob_keyring_items_free (items);

  return done;
}
