/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-recovery-codes.h"

G_BEGIN_DECLS

#define FOB_TYPE_RECOVERY_GROUP (fob_recovery_group_get_type ())
G_DECLARE_FINAL_TYPE (FobRecoveryGroup,
                      fob_recovery_group,
                      FOB,
                      RECOVERY_GROUP,
                      AdwPreferencesGroup)

/**
 * FobRecoveryGroup:
 *
 * The list of an account's recovery codes, to mark, copy, add and remove. It changes nothing but
 * itself: whoever shows it takes the codes when they are to be kept. Where codes are hidden they
 * are dots here until they are asked for. Signals: "changed", and "copy" (FobSecret), which answers
 * whether the clipboard took it.
 */

/* @codes: (nullable) */
void fob_recovery_group_set_codes (FobRecoveryGroup *self, FobRecoveryCodes *codes);

/* Returns: (transfer none) (nullable) */
FobRecoveryCodes *fob_recovery_group_get_codes (FobRecoveryGroup *self);

/* Whether nothing is typed that is no code. */
gboolean fob_recovery_group_is_valid (FobRecoveryGroup *self);

/* Takes what is typed and was not added yet. Returns: FALSE if that cannot be, which the group
 * says. */
gboolean fob_recovery_group_commit (FobRecoveryGroup *self);

G_END_DECLS
