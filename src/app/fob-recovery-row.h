/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-recovery-codes.h"

G_BEGIN_DECLS

#define FOB_TYPE_RECOVERY_ROW (fob_recovery_row_get_type ())
G_DECLARE_FINAL_TYPE (FobRecoveryRow, fob_recovery_row, FOB, RECOVERY_ROW, AdwActionRow)

/**
 * FobRecoveryRow:
 *
 * One recovery code. Signals: "toggled", after it was marked as used or not; "copy" and "remove",
 * which ask for that.
 */
FobRecoveryRow *fob_recovery_row_new (const FobRecoveryCode *code);

gboolean fob_recovery_row_get_used (FobRecoveryRow *self);
FobSecret *fob_recovery_row_get_text (FobRecoveryRow *self); /* borrowed */

/* Whether dots stand in place of the code. */
void fob_recovery_row_set_hidden (FobRecoveryRow *self, gboolean hidden);

/* Whether it was the last one that went to the clipboard. */
void fob_recovery_row_set_copied (FobRecoveryRow *self, gboolean copied);

G_END_DECLS
