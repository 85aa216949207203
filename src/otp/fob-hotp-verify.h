/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-otp.h"

G_BEGIN_DECLS

/* The other side of a login with a counter (RFC 4226 sections 7.2 to 7.4). How many wrong codes are
 * taken, and how slowly, is the caller's business: section 7.3 says why there has to be a limit. */

/**
 * fob_hotp_verify:
 * @otp: a token of FOB_OTP_KIND_HOTP whose counter is the lowest that may be accepted: one more
 * than the last that was
 * @code: what was typed
 * @window: how many counters to look ahead, for codes that were made but never sent; the smaller
 * the safer
 * @counter: (out): the counter of the code. Before the login goes on, store
 *   fob_otp_with_counter (counter + 1): then no code is ever accepted twice. After G_MAXUINT64
 * there is no next counter, and the token is used up
 * @error: FOB_OTP_ERROR_CODE if @code is not right, else what prevents an answer
 *
 * Looks at the whole window, whichever counter matches, and compares in constant time.
 *
 * Returns: whether @code is right.
 */
gboolean fob_hotp_verify (FobOtp *otp,
                          const char *code,
                          guint window,
                          guint64 *counter,
                          GError **error);

/**
 * fob_hotp_resync:
 * @first: a code
 * @second: the code after it
 * @window: how many counters to look ahead; may be much larger than in a login, as two codes in a
 * row are not guessed
 * @counter: (out): the counter of @second; store fob_otp_with_counter (counter + 1)
 *
 * Finds out where a token is that was used too often elsewhere (RFC 4226 section 7.4).
 *
 * Returns: whether the two codes follow each other within the window.
 */
gboolean fob_hotp_resync (FobOtp *otp,
                          const char *first,
                          const char *second,
                          guint window,
                          guint64 *counter,
                          GError **error);

G_END_DECLS
