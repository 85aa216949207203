/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-last-seen.h"

G_BEGIN_DECLS

typedef enum
{
  FOB_VAULT_FOUND_NOTHING, /* the place is empty */
  FOB_VAULT_FOUND_OLDER,   /* the same vault as it was some changes ago */
  FOB_VAULT_FOUND_OTHER,   /* another vault */
  FOB_VAULT_FOUND_DAMAGED, /* something that cannot be read */
} FobVaultFound;

/**
 * FobVaultLoss:
 * @expected: what was last seen; without a vault id when nothing is remembered
 * @found: what is there instead
 * @found_generation: of that; 0 where it has none
 * @found_n_accounts: how many accounts are in it
 *
 * What is missing in a place that does not hold what it should.
 */
typedef struct
{
  FobLastSeen expected;
  FobVaultFound found;
  guint64 found_generation;
  guint found_n_accounts;
} FobVaultLoss;

/* @expected: copied. Returns: (transfer full) */
FobVaultLoss *fob_vault_loss_new (const FobLastSeen *expected, FobVaultFound found);
void fob_vault_loss_free (FobVaultLoss *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobVaultLoss, fob_vault_loss_free)

G_END_DECLS
