/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-vault-loss.h"

FobVaultLoss *
fob_vault_loss_new (const FobLastSeen *expected, FobVaultFound found)
{
  FobVaultLoss *self = g_new0 (FobVaultLoss, 1);

  self->expected = *expected;
  self->expected.vault_id = g_strdup (expected->vault_id);
  self->found = found;

  return self;
}

void
fob_vault_loss_free (FobVaultLoss *self)
{
  fob_last_seen_clear (&self->expected);
  g_free (self);
}
