/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-format.h"

G_BEGIN_DECLS

/**
 * FobExportLoss:
 * @reason: a whole translated sentence
 * @n_accounts: how many accounts it concerns
 *
 * Something that a format has no word for.
 */
typedef struct
{
  char *reason;
  guint n_accounts;
} FobExportLoss;

/**
 * FobExport:
 *
 * What writing accounts in a format would come to, before anything is written: which go, which
 * cannot, and what would be lost of those that go. Immutable and reference-counted.
 */
typedef struct _FobExport FobExport;

/**
 * fob_export_new:
 * @format: one that can be written
 * @accounts: of FobAccount
 */
FobExport *fob_export_new (const FobFormat *format, GPtrArray *accounts);
FobExport *fob_export_ref (FobExport *self);
void fob_export_unref (FobExport *self);

guint fob_export_get_n_accounts (FobExport *self);
guint fob_export_get_n_left_out (FobExport *self);
guint fob_export_get_n_losses (FobExport *self);
const FobExportLoss *fob_export_get_loss (FobExport *self, guint position); /* borrowed */

/**
 * fob_export_serialise:
 * @passphrase: (nullable): for formats whose files are encrypted
 *
 * May take long (key derivation): for worker threads.
 *
 * Returns: (transfer full) (nullable): the whole file, wiped when freed; FOB_INTERCHANGE_ERROR.
 */
GBytes *fob_export_serialise (FobExport *self, FobSecret *passphrase, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobExport, fob_export_unref)

G_END_DECLS
