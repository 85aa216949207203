/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-entry.h"
#include "fob-json.h"
#include "fob-payload-private.h"
#include "fob-random.h"

#define AEGIS_CONTENT_VERSION 3
#define KEYFOB_VERSION        1

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

/* What is read together: the parts of a payload, and what says how to read them. */
typedef struct
{
  FobGroups *groups;
  GHashTable *ids; /* of the accounts so far */
  GPtrArray *accounts;
  GPtrArray *trash;
  GHashTable *deletions;
  GPtrArray *unreadable;
} Reader;

static void
reader_init (Reader *reader, json_t *root)
{
  reader->groups = fob_groups_new (json_object_get (root, "groups"));
  reader->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reader->accounts = fob_payload_new_accounts ();
  reader->trash = fob_payload_new_trash ();
  reader->deletions = fob_payload_new_deletions ();
  reader->unreadable = fob_payload_new_unreadable ();
}

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->groups, fob_groups_free);
  g_clear_pointer (&reader->ids, g_hash_table_unref);
  g_clear_pointer (&reader->accounts, g_ptr_array_unref);
  g_clear_pointer (&reader->trash, g_ptr_array_unref);
  g_clear_pointer (&reader->deletions, g_hash_table_unref);
  g_clear_pointer (&reader->unreadable, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* Two accounts must not answer to one id: the second gets another. */
static FobAccount *
read_entry (Reader *reader, json_t *entry)
{
  FobAccount *account = fob_entry_parse (entry, reader->groups, NULL);

  if (account != NULL && !g_hash_table_add (reader->ids, g_strdup (fob_account_get_id (account))))
    {
      json_t *copy = json_copy (entry);

      g_object_unref (account);
      json_object_del (copy, "uuid");
      account = fob_entry_parse (copy, reader->groups, NULL);
      json_decref (copy);
      g_hash_table_add (reader->ids, g_strdup (fob_account_get_id (account)));
    }

  return account;
}

static void
read_entries (Reader *reader, json_t *entries)
{
  gsize i;
  json_t *entry;

  json_array_foreach (entries, i, entry)
  {
    json_t *position = json_object_get (entry, "position");
    FobAccount *account = read_entry (reader, entry);

    if (account == NULL)
      g_ptr_array_add (reader->unreadable, dump_secret (entry));
    else if (json_is_integer (position) && json_integer_value (position) >= 0 &&
             json_integer_value (position) < (json_int_t) reader->accounts->len)
      g_ptr_array_insert (reader->accounts, (gint) json_integer_value (position), account);
    else
      g_ptr_array_add (reader->accounts, account);
  }
}

static void
read_trash (Reader *reader, json_t *trash)
{
  gsize i;
  json_t *item;

  json_array_foreach (trash, i, item)
  {
    json_t *entry = json_object_get (item, "entry");
    FobAccount *account = read_entry (reader, entry);

    if (account != NULL)
      g_ptr_array_add (reader->trash,
                       fob_trashed_new (account,
                                        json_integer_value (json_object_get (item, "deleted"))));
    else if (entry != NULL)
      g_ptr_array_add (reader->unreadable, dump_secret (entry));
    g_clear_object (&account);
  }
}

static void
read_deletions (Reader *reader, json_t *deletions)
{
  const char *id;
  json_t *when;

  json_object_foreach (deletions, id, when)
  {
    if (g_uuid_string_is_valid (id) && json_is_integer (when))
      fob_payload_remember_deletion (reader->deletions, id, json_integer_value (when));
  }
}

static FobPayload *
read_root (json_t *root, GError **error)
{
  json_t *ours = json_object_get (root, "keyfob");
  const char *vault_id = json_string_value (json_object_get (ours, "vault"));
  g_auto (Reader) reader = { NULL };
  g_autofree char *fresh_id = NULL;
  g_autoptr (FobSecret) rest = NULL;

  if (!check_versions (root, error))
    return NULL;

  reader_init (&reader, root);
  read_entries (&reader, json_object_get (root, "entries"));
  read_entries (&reader, json_object_get (ours, "entries"));
  read_trash (&reader, json_object_get (ours, "trash"));
  read_deletions (&reader, json_object_get (ours, "deletions"));
  /* A vault from another program has no id of ours yet. */
  if (vault_id == NULL || !g_uuid_string_is_valid (vault_id))
    fresh_id = fob_random_uuid ();
  else
    fresh_id = g_strdup (vault_id);

  json_object_del (root, "entries");
  json_object_del (ours, "entries");
  json_object_del (ours, "trash");
  json_object_del (ours, "deletions");
  rest = dump_secret (root);

  return fob_payload_create (fresh_id, reader.accounts, reader.trash, reader.deletions,
                             reader.unreadable, rest);
}

/* Writing */

static void
format_entries (FobPayload *self, FobGroups *groups, json_t *root, json_t *ours)
{
  json_t *entries = json_array ();
  json_t *our_entries = json_array ();

  for (guint i = 0; i < self->accounts->len; i++)
    {
      FobAccount *account = self->accounts->pdata[i];
      json_t *entry = fob_entry_format (account, groups);

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

static void
format_trash (FobPayload *self, FobGroups *groups, json_t *ours)
{
  json_t *trash = json_array ();

  for (guint i = 0; i < self->trash->len; i++)
    {
      FobTrashed *trashed = self->trash->pdata[i];

      json_array_append_new (trash, json_pack ("{s:o, s:I}", "entry",
                                               fob_entry_format (trashed->account, groups),
                                               "deleted", (json_int_t) trashed->deleted));
    }
  if (json_array_size (trash) > 0)
    json_object_set (ours, "trash", trash);
  json_decref (trash);
}

static void
format_deletions (FobPayload *self, json_t *ours)
{
  json_t *deletions = json_object ();
  GHashTableIter iter;
  gpointer id;
  gpointer when;

  g_hash_table_iter_init (&iter, self->deletions);
  while (g_hash_table_iter_next (&iter, &id, &when))
    json_object_set_new (deletions, id, json_integer (*(gint64 *) when));
  if (json_object_size (deletions) > 0)
    json_object_set (ours, "deletions", deletions);
  json_decref (deletions);
}

/* Public */

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
  g_autoptr (FobGroups) groups = NULL;
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

  groups = fob_groups_new (json_object_get (root, "groups"));
  if (json_object_get (root, "groups") == NULL)
    json_object_set_new (root, "groups", json_array ()); /* its place, also when read again */
  json_object_set_new (root, "version", json_integer (AEGIS_CONTENT_VERSION));
  json_object_set_new (ours, "version", json_integer (KEYFOB_VERSION));
  json_object_set_new (ours, "vault", json_string (self->vault_id));
  format_entries (self, groups, root, ours);
  format_trash (self, groups, ours);
  format_deletions (self, ours);
  /* An entry that could not be read may be in any group. */
  json_object_set_new (root, "groups", fob_groups_format (groups, self->unreadable->len > 0));
  text = fob_json_dump (root);
  json_decref (root);

  return text;
}
