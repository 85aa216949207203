/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-vault-loss.h"

G_BEGIN_DECLS

#define FOB_TYPE_RECOVERY_PAGE (fob_recovery_page_get_type ())
G_DECLARE_FINAL_TYPE (FobRecoveryPage, fob_recovery_page, FOB, RECOVERY_PAGE, GtkWidget)

/**
 * FobRecoveryPage:
 *
 * Says why the accounts could not be opened; where some are missing, what was expected, what was
 * found and which backups there are. Nothing happens before the person chooses. Signal "restore"
 * (GFile): a backup was chosen. Uses the actions win.retry, win.accept and win.recover.
 */

/* @loss: (nullable): what is missing, if that is why. Forgets the backups. */
void fob_recovery_page_show (FobRecoveryPage *self, const GError *error, const FobVaultLoss *loss);

/* @backups: (element-type FobBackupFound): newest first; only the first few are offered. */
void fob_recovery_page_set_backups (FobRecoveryPage *self, GPtrArray *backups);

G_END_DECLS
