/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-payload-private.h"

#include "fob-random.h"

FobTrashed *
fob_trashed_new (FobAccount *account, gint64 deleted)
{
  FobTrashed *self = g_new0 (FobTrashed, 1);

  self->account = g_object_ref (account);
  self->deleted = deleted;

  return self;
}

FobTrashed *
fob_trashed_copy (FobTrashed *self)
{
  return fob_trashed_new (self->account, self->deleted);
}

void
fob_trashed_free (FobTrashed *self)
{
  g_clear_object (&self->account);
  g_free (self);
}

GPtrArray *
fob_payload_new_accounts (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

GPtrArray *
fob_payload_new_trash (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fob_trashed_free);
}

GHashTable *
fob_payload_new_deletions (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

GPtrArray *
fob_payload_new_unreadable (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fob_secret_unref);
}

void
fob_payload_remember_deletion (GHashTable *deletions, const char *account_id, gint64 when)
{
  g_hash_table_insert (deletions, g_strdup (account_id), g_memdup2 (&when, sizeof when));
}

FobPayload *
fob_payload_create (const char *vault_id,
                    GPtrArray *accounts,
                    GPtrArray *trash,
                    GHashTable *deletions,
                    GPtrArray *unreadable,
                    FobSecret *rest)
{
  FobPayload *self = g_new0 (FobPayload, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->vault_id = g_strdup (vault_id);
  self->accounts = g_ptr_array_ref (accounts);
  self->trash = g_ptr_array_ref (trash);
  self->deletions = g_hash_table_ref (deletions);
  self->unreadable = g_ptr_array_ref (unreadable);
  self->rest = rest != NULL ? fob_secret_ref (rest) : NULL;

  return self;
}

FobPayload *
fob_payload_new (void)
{
  g_autofree char *id = fob_random_uuid ();
  g_autoptr (GPtrArray) accounts = fob_payload_new_accounts ();
  g_autoptr (GPtrArray) trash = fob_payload_new_trash ();
  g_autoptr (GHashTable) deletions = fob_payload_new_deletions ();
  g_autoptr (GPtrArray) unreadable = fob_payload_new_unreadable ();

  return fob_payload_create (id, accounts, trash, deletions, unreadable, NULL);
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
  g_clear_pointer (&self->trash, g_ptr_array_unref);
  g_clear_pointer (&self->deletions, g_hash_table_unref);
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

guint
fob_payload_get_n_trashed (FobPayload *self)
{
  return self->trash->len;
}

FobAccount *
fob_payload_get_trashed (FobPayload *self, guint position, gint64 *deleted)
{
  FobTrashed *trashed;

  g_return_val_if_fail (position < self->trash->len, NULL);

  trashed = self->trash->pdata[position];
  if (deleted != NULL)
    *deleted = trashed->deleted;

  return trashed->account;
}

gint64
fob_payload_get_deletion (FobPayload *self, const char *account_id)
{
  const gint64 *when = g_hash_table_lookup (self->deletions, account_id);

  for (guint i = 0; when == NULL && i < self->trash->len; i++)
    {
      FobTrashed *trashed = self->trash->pdata[i];

      if (g_str_equal (fob_account_get_id (trashed->account), account_id))
        when = &trashed->deleted;
    }

  return when != NULL ? *when : 0;
}

GStrv
fob_payload_dup_deletions (FobPayload *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->deletions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  for (guint i = 0; i < self->trash->len; i++)
    g_ptr_array_add (
      ids, g_strdup (fob_account_get_id (((FobTrashed *) self->trash->pdata[i])->account)));
  g_ptr_array_add (ids, NULL);

  return (GStrv) g_ptr_array_steal (ids, NULL);
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
  accounts = fob_payload_new_accounts ();
  for (guint i = 0; i < self->accounts->len; i++)
    {
      FobAccount *account = self->accounts->pdata[i];
      FobAccount *old = g_hash_table_lookup (by_id, fob_account_get_id (account));

      if (old != NULL && fob_account_equal (old, account))
        account = old;
      g_ptr_array_add (accounts, g_object_ref (account));
    }

  return fob_payload_create (self->vault_id, accounts, self->trash, self->deletions,
                             self->unreadable, self->rest);
}
