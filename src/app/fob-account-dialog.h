/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-clipboard.h"
#include "fob-clock.h"
#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_ACCOUNT_DIALOG (fob_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobAccountDialog, fob_account_dialog, FOB, ACCOUNT_DIALOG, AdwWindow)

/**
 * FobAccountDialog:
 *
 * Adds an account, from a link or by hand, or edits one. Shows the live code of what is entered.
 * What
 * changes the codes of an account is asked about before it is saved. Closes only after the vault
 * has it; what goes wrong is said in the dialog and nothing that was typed is lost. Signal "saved"
 * (FobEdit: the inverse, FobAccount) comes before it closes.
 */

/* @account: (nullable): the account to edit, NULL to add one */
FobAccountDialog *fob_account_dialog_new (FobVault *vault,
                                          FobClock *clock,
                                          FobClipboard *clipboard,
                                          FobAccount *account);

/* Fills the fields from a link, or says what is wrong with it. */
void fob_account_dialog_load_link (FobAccountDialog *self, const char *text);

G_END_DECLS
