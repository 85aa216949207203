/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-payload.h"

#include <glib/gi18n-lib.h>

#include "fob-entry.h"
#include "fob-json.h"
#include "fob-random.h"
#include "fob-secret.h"

#define AEGIS_CONTENT_VERSION 3
#define KEYFOB_VERSION        1

struct _FobPayload
{
  gatomicrefcount ref_count;

  char *vault_id;
  GPtrArray *accounts;   /* of FobAccount, shared between payloads that differ in other things */
  GPtrArray *unreadable; /* of FobSecret: JSON text of an entry */
  FobSecret *rest;       /* JSON text of the root without entries and what is above; NULL if new */
};

static FobPayload *
fob_payload_create (const char *vault_id,
                    GPtrArray *accounts,
                    GPtrArray *unreadable,
                    FobSecret *rest)
{
  FobPayload *self = g_new0 (FobPayload, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->vault_id = g_strdup (vault_id);
  self->accounts = g_ptr_array_ref (accounts);
  self->unreadable = g_ptr_array_ref (unreadable);
  self->rest = rest != NULL ? fob_secret_ref (rest) : NULL;

  return self;
}

static gboolean
fail_format (GError **error)
{
  g_set_error_literal (
    error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_FORMAT,
    _ ("The stored accounts are damaged or not from Keyfob. They were left as they are."));

  return FALSE;
}

/* Reading */

static FobSecret *
dump_secret (json_t *value)
{
  g_autoptr (GBytes) text = fob_json_dump (value);

  return fob_secret_new (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

static gboolean
check_versions (json_t *root, GError **error)
{
  json_t *entries = json_object_get (root, "entries");
  json_t *version = json_object_get (root, "version");
  json_t *ours = json_object_get (root, "keyfob");
  json_t *our_version = json_object_get (ours, "version");

  if (!json_is_object (root) || !json_is_integer (version) || json_integer_value (version) < 1)
    return fail_format (error);
  if (json_integer_value (version) > AEGIS_CONTENT_VERSION ||
      json_integer_value (our_version) > KEYFOB_VERSION)
    {
      g_set_error_literal (
        error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION,
        _ ("The accounts were stored by a newer version of Keyfob. Please update; nothing "
           "was changed."));
      return FALSE;
    }
  if (!json_is_array (entries) || (ours != NULL && !json_is_object (ours)))
    return fail_format (error);

  return TRUE;
}

/* Two accounts must not answer to one id: the second gets another. */
static FobAccount *
read_entry (json_t *entry, GHashTable *ids)
{
  FobAccount *account = fob_entry_parse (entry, NULL);

  if (account != NULL && !g_hash_table_add (ids, g_strdup (fob_account_get_id (account))))
    {
      json_t *copy = json_copy (entry);

      g_object_unref (account);
      json_object_del (copy, "uuid");
      account = fob_entry_parse (copy, NULL);
      json_decref (copy);
      g_hash_table_add (ids, g_strdup (fob_account_get_id (account)));
    }

  return account;
}

static void
read_entries (json_t *entries, GHashTable *ids, GPtrArray *accounts, GPtrArray *unreadable)
{
  gsize i;
  json_t *entry;

  json_array_foreach (entries, i, entry)
  {
    json_t *position = json_object_get (entry, "position");
    FobAccount *account = read_entry (entry, ids);

    if (account == NULL)
      g_ptr_array_add (unreadable, dump_secret (entry));
    else if (json_is_integer (position) && json_integer_value (position) >= 0 &&
             json_integer_value (position) < (json_int_t) accounts->len)
      g_ptr_array_insert (accounts, (gint) json_integer_value (position), account);
    else
      g_ptr_array_add (accounts, account);
  }
}

static FobPayload *
read_root (json_t *root, GError **error)
{
  json_t *ours = json_object_get (root, "keyfob");
  const char *vault_id = json_string_value (json_object_get (ours, "vault"));
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) unreadable =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_secret_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *fresh_id = NULL;
  FobPayload *payload;

  if (!check_versions (root, error))
    return NULL;

  read_entries (json_object_get (root, "entries"), ids, accounts, unreadable);
  read_entries (json_object_get (ours, "entries"), ids, accounts, unreadable);
  /* A vault from another program has no id of ours yet. */
  if (vault_id == NULL || !g_uuid_string_is_valid (vault_id))
    fresh_id = fob_random_uuid ();
  payload = fob_payload_create (fresh_id != NULL ? fresh_id : vault_id, accounts, unreadable, NULL);

  json_object_del (root, "entries");
  json_object_del (ours, "entries");
  payload->rest = dump_secret (root);

  return payload;
}

/* Writing */

static void
format_entries (FobPayload *self, json_t *root, json_t *ours)
{
  json_t *entries = json_array ();
  json_t *our_entries = json_array ();

  for (guint i = 0; i < self->accounts->len; i++)
    {
      FobAccount *account = self->accounts->pdata[i];
      json_t *entry = fob_entry_format (account);

      if (fob_entry_is_aegis (account))
        json_array_append_new (entries, entry);
      else
        {
          json_object_set_new (entry, "position", json_integer (i));
          json_array_append_new (our_entries, entry);
        }
    }
  for (guint i = 0; i < self->unreadable->len; i++)
    {
      gsize size;
      const char *text = fob_secret_get_data (self->unreadable->pdata[i], &size);

      json_array_append_new (entries,
                             json_loadb (text, size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL));
    }
  json_object_set_new (root, "entries", entries);
  json_object_set_new (ours, "entries", our_entries);
}

/* Public */

FobPayload *
fob_payload_new (void)
{
  g_autofree char *id = fob_random_uuid ();
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) unreadable =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_secret_unref);

  return fob_payload_create (id, accounts, unreadable, NULL);
}

FobPayload *
fob_payload_parse (GBytes *text, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  FobPayload *payload;
  json_t *root;

  fob_json_init ();
  if (size == 0 || size > FOB_PAYLOAD_SIZE_MAX)
    {
      fail_format (error);
      return NULL;
    }
  root = json_loadb (data, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
  if (root == NULL)
    {
      fail_format (error);
      return NULL;
    }
  payload = read_root (root, error);
  json_decref (root);

  return payload;
}

GBytes *
fob_payload_format (FobPayload *self)
{
  GBytes *text;
  json_t *root;
  json_t *ours;

  fob_json_init ();
  if (self->rest != NULL)
    {
      gsize size;
      const char *rest = fob_secret_get_data (self->rest, &size);

      root = json_loadb (rest, size, JSON_ALLOW_NUL, NULL);
    }
  else
    root = json_object ();
  ours = json_object_get (root, "keyfob");
  if (ours == NULL)
    {
      ours = json_object ();
      json_object_set_new (root, "keyfob", ours);
    }

  json_object_set_new (root, "version", json_integer (AEGIS_CONTENT_VERSION));
  if (json_object_get (root, "groups") == NULL)
    json_object_set_new (root, "groups", json_array ());
  json_object_set_new (ours, "version", json_integer (KEYFOB_VERSION));
  json_object_set_new (ours, "vault", json_string (self->vault_id));
  format_entries (self, root, ours);
  text = fob_json_dump (root);
  json_decref (root);

  return text;
}

FobPayload *
fob_payload_ref (FobPayload *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_payload_unref (FobPayload *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->vault_id, g_free);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->unreadable, g_ptr_array_unref);
  g_clear_pointer (&self->rest, fob_secret_unref);
  g_free (self);
}

const char *
fob_payload_get_vault_id (FobPayload *self)
{
  return self->vault_id;
}

guint
fob_payload_get_n_accounts (FobPayload *self)
{
  return self->accounts->len;
}

FobAccount *
fob_payload_get_account (FobPayload *self, guint position)
{
  g_return_val_if_fail (position < self->accounts->len, NULL);

  return self->accounts->pdata[position];
}

guint
fob_payload_get_n_unreadable (FobPayload *self)
{
  return self->unreadable->len;
}

gboolean
fob_payload_find (FobPayload *self, const char *account_id, guint *position)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      if (g_str_equal (fob_account_get_id (self->accounts->pdata[i]), account_id))
        {
          if (position != NULL)
            *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static FobPayload *
fob_payload_with_accounts (FobPayload *self, GPtrArray *accounts)
{
  return fob_payload_create (self->vault_id, accounts, self->unreadable, self->rest);
}

static GPtrArray *
fob_payload_copy_accounts (FobPayload *self)
{
  GPtrArray *accounts = g_ptr_array_new_full (self->accounts->len + 1, g_object_unref);

  for (guint i = 0; i < self->accounts->len; i++)
    g_ptr_array_add (accounts, g_object_ref (self->accounts->pdata[i]));

  return accounts;
}

FobPayload *
fob_payload_with_insert (FobPayload *self, guint position, FobAccount *account)
{
  g_autoptr (GPtrArray) accounts = fob_payload_copy_accounts (self);

  g_ptr_array_insert (accounts, (gint) MIN (position, accounts->len), g_object_ref (account));

  return fob_payload_with_accounts (self, accounts);
}

FobPayload *
fob_payload_with_replace (FobPayload *self, guint position, FobAccount *account)
{
  g_autoptr (GPtrArray) accounts = fob_payload_copy_accounts (self);

  g_return_val_if_fail (position < accounts->len, NULL);

  g_object_unref (accounts->pdata[position]);
  accounts->pdata[position] = g_object_ref (account);

  return fob_payload_with_accounts (self, accounts);
}

FobPayload *
fob_payload_with_remove (FobPayload *self, guint position)
{
  g_autoptr (GPtrArray) accounts = fob_payload_copy_accounts (self);

  g_return_val_if_fail (position < accounts->len, NULL);

  g_ptr_array_remove_index (accounts, position);

  return fob_payload_with_accounts (self, accounts);
}

FobPayload *
fob_payload_with_known (FobPayload *self, FobPayload *known)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) accounts = NULL;

  if (known == NULL)
    return fob_payload_ref (self);

  for (guint i = 0; i < known->accounts->len; i++)
    g_hash_table_insert (by_id, (gpointer) fob_account_get_id (known->accounts->pdata[i]),
                         known->accounts->pdata[i]);
  accounts = g_ptr_array_new_full (self->accounts->len, g_object_unref);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      FobAccount *account = self->accounts->pdata[i];
      FobAccount *old = g_hash_table_lookup (by_id, fob_account_get_id (account));

      if (old != NULL && fob_account_equal (old, account))
        account = old;
      g_ptr_array_add (accounts, g_object_ref (account));
    }

  return fob_payload_with_accounts (self, accounts);
}
