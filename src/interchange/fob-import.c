/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-import.h"

struct _FobImport
{
  gatomicrefcount ref_count;

  guint n_entries;
  GPtrArray *accounts; /* of FobAccount */
  GPtrArray *skipped;  /* of FobImportSkip */
};

static void
fob_import_skip_free (FobImportSkip *skip)
{
  g_clear_pointer (&skip->name, g_free);
  g_clear_pointer (&skip->reason, g_free);
  g_free (skip);
}

FobImport *
fob_import_new (void)
{
  FobImport *self = g_new0 (FobImport, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->skipped = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_import_skip_free);

  return self;
}

FobImport *
fob_import_ref (FobImport *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_import_unref (FobImport *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->skipped, g_ptr_array_unref);
  g_free (self);
}

void
fob_import_take_account (FobImport *self, FobAccount *account)
{
  g_ptr_array_add (self->accounts, account);
  self->n_entries++;
}

void
fob_import_skip (FobImport *self, const char *name, const char *reason)
{
  FobImportSkip *skip = g_new0 (FobImportSkip, 1);

  skip->index = self->n_entries;
  skip->name = g_strdup (name != NULL ? name : "");
  skip->reason = g_strdup (reason);
  g_ptr_array_add (self->skipped, skip);
  self->n_entries++;
}

guint
fob_import_get_n_accounts (FobImport *self)
{
  return self->accounts->len;
}

FobAccount *
fob_import_get_account (FobImport *self, guint position)
{
  g_return_val_if_fail (position < self->accounts->len, NULL);

  return self->accounts->pdata[position];
}

guint
fob_import_get_n_skipped (FobImport *self)
{
  return self->skipped->len;
}

const FobImportSkip *
fob_import_get_skipped (FobImport *self, guint position)
{
  g_return_val_if_fail (position < self->skipped->len, NULL);

  return self->skipped->pdata[position];
}
