/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-otp.h"

G_BEGIN_DECLS

/**
 * FobTotpState:
 * @drift: by how many time steps the other clock was ahead (behind, if negative) at the last login
 * @last_step: the time step of the last code that was accepted, -1 if there was none
 *
 * What a verifier remembers of each token (RFC 6238 section 6). Starts as FOB_TOTP_STATE_INIT.
 */
typedef struct
{
  gint64 drift;
  gint64 last_step;
} FobTotpState;

#define FOB_TOTP_STATE_INIT                                                                        \
  {                                                                                                \
    0, -1                                                                                          \
  }

/**
 * fob_totp_verify:
 * @otp: a time-based token
 * @code: what was typed
 * @unix_time: now, by the verifier's clock
 * @window: how many time steps before and after the expected one are accepted; RFC 6238 section 5.2
 * advises 1
 * @state: (inout): changed only if @code is right; store it before the login goes on: then no code
 * is ever accepted twice
 * @error: FOB_OTP_ERROR_CODE if @code is not right, else what prevents an answer
 *
 * The other side of a login by the clock. Nothing at or before the last accepted step is accepted.
 * Looks at the whole window, whichever step matches, and compares in constant time. How many wrong
 * codes are taken is the caller's business (RFC 4226 section 7.3).
 *
 * Returns: whether @code is right.
 */
gboolean fob_totp_verify (FobOtp *otp,
                          const char *code,
                          gint64 unix_time,
                          guint window,
                          FobTotpState *state,
                          GError **error);

G_END_DECLS
