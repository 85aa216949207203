/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-clock.h"
#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_CHALLENGE_DIALOG (fob_challenge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobChallengeDialog, fob_challenge_dialog, FOB, CHALLENGE_DIALOG, AdwWindow)

/**
 * fob_challenge_dialog_new:
 * @account: of FOB_OTP_KIND_OCRA
 *
 * Asks for the challenge of a login, and for the PIN and the session data where the account's suite
 * wants them, and answers it (RFC 6287). The answer is on screen while it is typed, unless a
 * counter goes into it: that one is taken, and stored, when the answer is asked for. Signal "copy"
 * (FobSecret the answer, as text) when it shall go to the clipboard.
 */
FobChallengeDialog *fob_challenge_dialog_new (FobVault *vault,
                                              FobClock *clock,
                                              FobAccount *account);

G_END_DECLS
