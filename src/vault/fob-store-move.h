/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-store.h"

G_BEGIN_DECLS

/**
 * fob_store_move:
 * @from: a store that is open
 * @to: another one, not opened yet, where no vault is
 * @passphrase: (nullable): that the vault gets in its new place; a file needs one
 *
 * Moves a vault, trash and all. What arrived is read again, with @passphrase, and compared before
 * the old place is emptied; when anything fails before that, the old place is as it was and the new
 * one is empty. Takes both writers' locks; blocks.
 *
 * Returns: FALSE with FOB_VAULT_ERROR; FOB_VAULT_ERROR_CONFLICT when something is in @to.
 */
gboolean fob_store_move (FobStore *from,
                         FobStore *to,
                         FobSecret *passphrase,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
