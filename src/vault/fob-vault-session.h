/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-edit.h"
#include "fob-payload.h"
#include "fob-store.h"
#include "fob-vault-error.h"

G_BEGIN_DECLS

/**
 * FobVaultSession:
 *
 * FobVault without a main loop, for programs that do one thing and end: every call blocks until it
 * is done. The same transactions under the same lock.
 */
typedef struct _FobVaultSession FobVaultSession;

FobVaultSession *fob_vault_session_new (FobStore *store);
void fob_vault_session_free (FobVaultSession *self);

FobStore *fob_vault_session_get_store (FobVaultSession *self); /* borrowed */

/**
 * fob_vault_session_open:
 * @passphrase: (nullable): for stores that need one; makes a file vault that is not there yet
 * @interactive: whether the keyring may ask the person to unlock it
 * @error: FOB_VAULT_ERROR: _LOCKED or _ABSENT where a passphrase is missing
 */
gboolean fob_vault_session_open (FobVaultSession *self,
                                 FobSecret *passphrase,
                                 gboolean interactive,
                                 GCancellable *cancellable,
                                 GError **error);

/* Returns: (transfer none) (nullable): what is stored, as of the last call; NULL before it opens.
 */
FobPayload *fob_vault_session_get_payload (FobVaultSession *self);
guint64 fob_vault_session_get_generation (FobVaultSession *self);

/* Returns: whether the edit was committed; when not, nothing has changed. */
gboolean fob_vault_session_edit (FobVaultSession *self, FobEdit *edit, GError **error);

/**
 * fob_vault_session_advance:
 *
 * Returns: (transfer full) (nullable): the token whose counter is now the caller's to show; the
 * counter behind it is committed already (RFC 4226 section 7.2).
 */
FobOtp *fob_vault_session_advance (FobVaultSession *self, const char *account_id, GError **error);

/* See fob_store_change_passphrase (). For a session that is open. */
gboolean fob_vault_session_change_passphrase (FobVaultSession *self,
                                              FobSecret *current,
                                              FobSecret *passphrase,
                                              GCancellable *cancellable,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobVaultSession, fob_vault_session_free)

G_END_DECLS
