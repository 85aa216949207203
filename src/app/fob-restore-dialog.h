/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-merge.h"
#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_RESTORE_DIALOG (fob_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobRestoreDialog, fob_restore_dialog, FOB, RESTORE_DIALOG, AdwWindow)

/**
 * FobRestoreDialog:
 *
 * Brings a backup, or a conflict copy, back into the open vault: shows what will happen before it
 * does, and does it as one change. Signal "restored" (FobEdit: the inverse, for Undo) when it was
 * done; it closes then. It goes away by itself when the vault is locked.
 */

/* @mode: FOB_MERGE_SYNC for a conflict copy, where there is nothing to choose; otherwise the person
 * chooses between the other two */
FobRestoreDialog *fob_restore_dialog_new (FobVault *vault, FobMergeMode mode);

/* Reads an encrypted file, with the keys at hand or with a passphrase that it asks for. */
void fob_restore_dialog_open_file (FobRestoreDialog *self, GFile *file);

/* Shows what was read already. */
void fob_restore_dialog_open_payload (FobRestoreDialog *self, FobPayload *payload);

G_END_DECLS
