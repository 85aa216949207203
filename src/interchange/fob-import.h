/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobImportSkip:
 * @index: which entry of the file, from 0, in the order in which they stand there
 * @name: what a person knows it by, "" if there is nothing
 * @reason: a whole translated sentence, without secrets
 *
 * An entry that could not be read.
 */
typedef struct
{
  guint index;
  char *name;
  char *reason;
} FobImportSkip;

/**
 * FobImport:
 *
 * What came out of a file: accounts with fresh ids (those of the file where the format has ids of
 * ours), and the entries that were skipped, each with its reason. Reference-counted; filled by one
 * parser, then no longer changed.
 */
typedef struct _FobImport FobImport;

FobImport *fob_import_new (void);
FobImport *fob_import_ref (FobImport *self);
void fob_import_unref (FobImport *self);

/* For parsers: the next entry of the file. Every entry is either added or skipped, so that the
 * indexes count by themselves. @account: (transfer full) */
void fob_import_take_account (FobImport *self, FobAccount *account);
void fob_import_skip (FobImport *self, const char *name, const char *reason);

guint fob_import_get_n_accounts (FobImport *self);
FobAccount *fob_import_get_account (FobImport *self, guint position); /* borrowed */
guint fob_import_get_n_skipped (FobImport *self);
const FobImportSkip *fob_import_get_skipped (FobImport *self, guint position); /* borrowed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobImport, fob_import_unref)

G_END_DECLS
