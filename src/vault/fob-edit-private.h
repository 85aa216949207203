/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-edit.h"
#include "fob-payload.h"

G_BEGIN_DECLS

/* Takes the next counter of an account. Its inverse is none: a counter that was taken stays taken.
 */
FobEdit *fob_edit_new_advance (const char *account_id);

/**
 * fob_edit_apply:
 * @now: Unix seconds, for what is remembered about when an account was edited or deleted
 * @inverse: (out) (transfer full) (nullable): what undoes it
 * @taken: (out) (transfer full) (nullable): for an advance, the token whose counter was
 * taken
 * @error: FOB_VAULT_ERROR_NOT_FOUND; FOB_OTP_ERROR when a counter is at its end
 *
 * Returns: (transfer full) (nullable): the payload after the edit.
 */
FobPayload *fob_edit_apply (FobEdit *self,
                            FobPayload *payload,
                            gint64 now,
                            FobEdit **inverse,
                            FobOtp **taken,
                            GError **error);

G_END_DECLS
