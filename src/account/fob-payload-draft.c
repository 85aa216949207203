/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-payload-draft.h"

#include "fob-payload-private.h"

struct _FobPayloadDraft
{
  FobPayload *base;
  GPtrArray *accounts;
  GHashTable *by_id; /* the accounts by their ids, both borrowed */
  GPtrArray *trash;
  GHashTable *deletions;
};

static gpointer
copy_object (gconstpointer object, gpointer data)
{
  return g_object_ref ((gpointer) object);
}

static gpointer
copy_trashed (gconstpointer trashed, gpointer data)
{
  return fob_trashed_copy ((FobTrashed *) trashed);
}

FobPayloadDraft *
fob_payload_draft_new (FobPayload *payload)
{
  FobPayloadDraft *self = g_new0 (FobPayloadDraft, 1);
  GHashTableIter iter;
  gpointer id;
  gpointer when;

  self->base = fob_payload_ref (payload);
  self->accounts = g_ptr_array_copy (payload->accounts, copy_object, NULL);
  self->trash = g_ptr_array_copy (payload->trash, copy_trashed, NULL);
  self->deletions = fob_payload_new_deletions ();
  g_hash_table_iter_init (&iter, payload->deletions);
  while (g_hash_table_iter_next (&iter, &id, &when))
    fob_payload_remember_deletion (self->deletions, id, *(gint64 *) when);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->accounts->len; i++)
    g_hash_table_insert (self->by_id, (gpointer) fob_account_get_id (self->accounts->pdata[i]),
                         self->accounts->pdata[i]);

  return self;
}

void
fob_payload_draft_free (FobPayloadDraft *self)
{
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->trash, g_ptr_array_unref);
  g_clear_pointer (&self->deletions, g_hash_table_unref);
  g_clear_pointer (&self->base, fob_payload_unref);
  g_free (self);
}

FobPayload *
fob_payload_draft_finish (FobPayloadDraft *self)
{
  return fob_payload_create (self->base->vault_id, self->accounts, self->trash, self->deletions,
                             self->base->unreadable, self->base->rest);
}

guint
fob_payload_draft_get_n_accounts (FobPayloadDraft *self)
{
  return self->accounts->len;
}

FobAccount *
fob_payload_draft_get_account (FobPayloadDraft *self, guint position)
{
  g_return_val_if_fail (position < self->accounts->len, NULL);

  return self->accounts->pdata[position];
}

gboolean
fob_payload_draft_find (FobPayloadDraft *self, const char *account_id, guint *position)
{
  FobAccount *account = g_hash_table_lookup (self->by_id, account_id);

  if (account == NULL)
    return FALSE;

  return position == NULL || g_ptr_array_find (self->accounts, account, position);
}

void
fob_payload_draft_insert (FobPayloadDraft *self, guint position, FobAccount *account)
{
  const char *id = fob_account_get_id (account);

  g_return_if_fail (!g_hash_table_contains (self->by_id, id));

  g_hash_table_remove (self->deletions, id);
  g_hash_table_insert (self->by_id, (gpointer) id, account);
  g_ptr_array_insert (self->accounts, (gint) MIN (position, self->accounts->len),
                      g_object_ref (account));
}

void
fob_payload_draft_replace (FobPayloadDraft *self, guint position, FobAccount *account)
{
  FobAccount *old;

  g_return_if_fail (position < self->accounts->len);

  old = self->accounts->pdata[position];
  g_return_if_fail (g_str_equal (fob_account_get_id (old), fob_account_get_id (account)));

  /* The key in the table is the old account's. */
  g_hash_table_replace (self->by_id, (gpointer) fob_account_get_id (account), account);
  self->accounts->pdata[position] = g_object_ref (account);
  g_object_unref (old);
}

/* Returns: (transfer full) */
static FobAccount *
take_account (FobPayloadDraft *self, guint position)
{
  FobAccount *account = g_ptr_array_steal_index (self->accounts, position);

  g_hash_table_remove (self->by_id, fob_account_get_id (account));

  return account;
}

void
fob_payload_draft_move (FobPayloadDraft *self, guint from, guint to)
{
  FobAccount *account;

  g_return_if_fail (from < self->accounts->len);

  account = g_ptr_array_steal_index (self->accounts, from);
  g_ptr_array_insert (self->accounts, (gint) MIN (to, self->accounts->len), account);
}

void
fob_payload_draft_trash (FobPayloadDraft *self, guint position, gint64 now)
{
  g_autoptr (FobAccount) account = NULL;

  g_return_if_fail (position < self->accounts->len);

  account = take_account (self, position);
  g_ptr_array_add (self->trash, fob_trashed_new (account, now));
}

void
fob_payload_draft_discard (FobPayloadDraft *self, guint position, gint64 now)
{
  g_autoptr (FobAccount) account = NULL;

  g_return_if_fail (position < self->accounts->len);

  account = take_account (self, position);
  fob_payload_remember_deletion (self->deletions, fob_account_get_id (account), now);
}

FobAccount *
fob_payload_draft_take_trashed (FobPayloadDraft *self, const char *account_id)
{
  for (guint i = 0; i < self->trash->len; i++)
    {
      FobTrashed *trashed = self->trash->pdata[i];

      if (g_str_equal (fob_account_get_id (trashed->account), account_id))
        {
          FobAccount *account = g_object_ref (trashed->account);

          g_ptr_array_remove_index (self->trash, i);
          return account;
        }
    }

  return NULL;
}

void
fob_payload_draft_remember_deletion (FobPayloadDraft *self, const char *account_id, gint64 when)
{
  fob_payload_remember_deletion (self->deletions, account_id, when);
}

static gboolean
is_expired (gpointer id, gpointer when, gpointer oldest)
{
  return *(gint64 *) when < *(gint64 *) oldest;
}

void
fob_payload_draft_expire (FobPayloadDraft *self, gint64 now)
{
  gint64 oldest = now - FOB_TRASH_SECONDS - FOB_DELETION_SECONDS;

  for (guint i = self->trash->len; i > 0; i--)
    {
      FobTrashed *trashed = self->trash->pdata[i - 1];

      if (trashed->deleted >= now - FOB_TRASH_SECONDS)
        continue;
      fob_payload_remember_deletion (self->deletions, fob_account_get_id (trashed->account),
                                     trashed->deleted);
      g_ptr_array_remove_index (self->trash, i - 1);
    }
  g_hash_table_foreach_remove (self->deletions, is_expired, &oldest);
}
