/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-account.h"
#include "fob-edit.h"
#include "fob-payload.h"
#include "fob-store.h"
#include "fob-vault-error.h"
#include "fob-vault-loss.h"

G_BEGIN_DECLS

/**
 * FobVaultState:
 * @FOB_VAULT_STATE_CLOSED: not opened yet, or locked by fob_vault_lock (): holds no account and no
 * key
 * @FOB_VAULT_STATE_OPENING: the first load is under way, perhaps behind the provider's unlock
 * prompt
 * @FOB_VAULT_STATE_READY: accounts are in the model
 * @FOB_VAULT_STATE_LOCKED: keyring: its prompt was dismissed, fob_vault_open_async () asks again;
 * file: the passphrase is needed
 * @FOB_VAULT_STATE_ABSENT: a file vault that does not exist yet: opening with a passphrase creates
 * it
 * @FOB_VAULT_STATE_NO_SERVICE: no Secret Service on the bus
 * @FOB_VAULT_STATE_FAILED: see fob_vault_get_error (); nothing was or will be overwritten
 */
typedef enum
{
  FOB_VAULT_STATE_CLOSED,
  FOB_VAULT_STATE_OPENING,
  FOB_VAULT_STATE_READY,
  FOB_VAULT_STATE_LOCKED,
  FOB_VAULT_STATE_ABSENT,
  FOB_VAULT_STATE_NO_SERVICE,
  FOB_VAULT_STATE_FAILED,
} FobVaultState;

#define FOB_TYPE_VAULT_STATE (fob_vault_state_get_type ())
GType fob_vault_state_get_type (void) G_GNUC_CONST;

#define FOB_TYPE_VAULT (fob_vault_get_type ())
G_DECLARE_FINAL_TYPE (FobVault, fob_vault, FOB, VAULT, GObject)

/**
 * FobVault:
 *
 * The accounts of one store, as a GListModel of FobAccount in the user's order. Lives on the thread
 * that made it; all slow work happens elsewhere. An account that changes is replaced by another
 * object with the same id; unchanged ones keep their object, and items-changed covers only what
 * changed.
 *
 * Other processes' commits appear by themselves. When the keyring service goes away and comes back,
 * the model keeps what it had and is loaded anew.
 *
 * Properties: "state" (FobVaultState) and "notice" (string, nullable), read-only, notify.
 */

FobVault *fob_vault_new (FobStore *store);

FobStore *fob_vault_get_store (FobVault *self); /* borrowed */
FobVaultState fob_vault_get_state (FobVault *self);
const GError *fob_vault_get_error (
  FobVault *self); /* borrowed; NULL unless the state tells of one */

/* Returns: (nullable): borrowed; what is missing, when that is why the vault could not be opened.
 */
const FobVaultLoss *fob_vault_get_loss (FobVault *self);

/* Returns: (nullable): borrowed; what the person should know about the place although the accounts
 * are there and stored, as a translated sentence. */
const char *fob_vault_get_notice (FobVault *self);

/**
 * fob_vault_open_async:
 * @passphrase: (nullable): for stores that need one; borrowed
 *
 * Loads the store; from CLOSED, LOCKED, ABSENT, NO_SERVICE or FAILED. A second call while one is
 * under way waits for its result.
 */
void fob_vault_open_async (FobVault *self,
                           FobSecret *passphrase,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean fob_vault_open_finish (FobVault *self, GAsyncResult *result, GError **error);

/**
 * fob_vault_accept_async:
 *
 * Opens the store as it is, after FOB_VAULT_ERROR_OLDER or _DAMAGED: the person knows that accounts
 * are missing and wants to go on with what is there, or start anew where there is nothing. What
 * cannot be read is set aside under another name; it is never overwritten or deleted.
 */
void fob_vault_accept_async (FobVault *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean fob_vault_accept_finish (FobVault *self, GAsyncResult *result, GError **error);

/**
 * fob_vault_edit_async:
 * @edit: applied as one transaction; calls are carried out in their order
 *
 * Takes the writers' lock, reloads if somebody else committed, applies, commits, tells the other
 * processes. When this fails nothing has changed.
 */
void fob_vault_edit_async (FobVault *self,
                           FobEdit *edit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* Returns: (transfer full) (nullable): the inverse of what was committed, for Undo. */
FobEdit *fob_vault_edit_finish (FobVault *self, GAsyncResult *result, GError **error);

/**
 * fob_vault_advance_async:
 *
 * Takes the next counter of an HOTP account: the advanced counter is committed first (RFC 4226
 * section 7.2), so that no two callers in any process ever get the same one.
 */
void fob_vault_advance_async (FobVault *self,
                              const char *account_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Returns: (transfer full) (nullable): the token whose counter is now the caller's to show. */
FobOtp *fob_vault_advance_finish (FobVault *self, GAsyncResult *result, GError **error);

/**
 * fob_vault_change_passphrase_async:
 * @current: (nullable): the one that it has; NULL if it has none
 * @passphrase: (nullable): the new one; NULL to leave it to the keyring
 *
 * For a vault that is READY, and stays so. FOB_VAULT_ERROR_PASSPHRASE when @current is wrong; when
 * it fails the passphrase is the one before.
 */
void fob_vault_change_passphrase_async (FobVault *self,
                                        FobSecret *current,
                                        FobSecret *passphrase,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean fob_vault_change_passphrase_finish (FobVault *self, GAsyncResult *result, GError **error);

/**
 * fob_vault_move_async:
 * @to: see fob_store_move ()
 * @passphrase: (nullable): that the accounts get in their new place
 *
 * For a vault that is READY. Afterwards the accounts are in @to, which needs a vault of its own;
 * this one is good for nothing any more.
 */
void fob_vault_move_async (FobVault *self,
                           FobStore *to,
                           FobSecret *passphrase,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean fob_vault_move_finish (FobVault *self, GAsyncResult *result, GError **error);

/**
 * fob_vault_is_writing:
 *
 * Returns: whether an edit is on its way to the store; a program should not end before it arrived.
 */
gboolean fob_vault_is_writing (FobVault *self);

/**
 * fob_vault_finish:
 *
 * Runs the main loop until writes are through and no thread computes for the vault any more: for
 * the end of a program, which must not take libraries apart under a thread that uses them. A look
 * at a keyring that does not answer, or a prompt that is open, is not waited for.
 */
void fob_vault_finish (FobVault *self);

/**
 * fob_vault_lock:
 *
 * Forgets accounts and keys and goes to CLOSED. What is under way or waiting is cancelled, and says
 * so to whoever waits for it; only a write that has begun is seen through.
 */
void fob_vault_lock (FobVault *self);

/* Returns: (transfer none) (nullable): all of it, the trash included; NULL unless it is open. */
FobPayload *fob_vault_get_payload (FobVault *self);

/* Returns: the generation of that; 0 unless it is open. */
guint64 fob_vault_get_generation (FobVault *self);

/* Returns: (transfer none) (nullable): what the store is sealed with, for backups of a vault that
 * has a passphrase; NULL where the store has none, and unless it is open. */
FobEnvelope *fob_vault_get_envelope (FobVault *self);

/* Returns: (transfer full) (nullable): the account with @id. */
FobAccount *fob_vault_dup_account (FobVault *self, const char *id);

G_END_DECLS
