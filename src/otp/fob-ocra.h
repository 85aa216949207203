/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-ocra-suite.h"
#include "fob-otp.h"

G_BEGIN_DECLS

/**
 * FobOcraInput:
 * @challenge: what the other side asks. For mutual authentication (RFC 6287 section 7.2) the
 * server's answer is made from the client's challenge followed by the server's, the client's from
 * the server's followed by the client's
 * @second_challenge: (nullable): the one that follows
 * @pin: (nullable): wins over the token's own
 * @session: (nullable): data that both sides know, shorter than the suite says is filled with zeros
 * in front
 * @session_size: its size in bytes
 * @unix_time: looked at if the suite has a time step
 *
 * What an answer is made from besides the token. The counter is the token's.
 */
typedef struct
{
  const char *challenge;
  const char *second_challenge;
  FobSecret *pin;
  const guint8 *session;
  gsize session_size;
  gint64 unix_time;
} FobOcraInput;

/**
 * fob_ocra_answer:
 * @otp: a token of FOB_OTP_KIND_OCRA
 * @code: (out caller-allocates): receives the NUL-terminated answer; wipe it after use
 * @error: FOB_OTP_ERROR_KIND, _CHALLENGE, _PIN, _SESSION, _TIME or _CRYPTO
 *
 * The answer to a challenge, or the signature of what the challenge stands for (RFC 6287 section
 * 7). With a counter in the suite, the caller stores fob_otp_with_counter (counter + 1) before the
 * answer is used.
 */
gboolean fob_ocra_answer (FobOtp *otp,
                          const FobOcraInput *input,
                          char code[FOB_OCRA_CODE_SIZE],
                          GError **error);

/**
 * fob_ocra_verify:
 * @error: as fob_ocra_answer (), and FOB_OTP_ERROR_CODE if @code is not the answer
 *
 * The other side of the login. Compares in constant time. Challenges have to be random, and each to
 * be asked once; how many wrong answers are taken is the caller's business (RFC 4226 section 7.3).
 */
gboolean fob_ocra_verify (FobOtp *otp, const FobOcraInput *input, const char *code, GError **error);

G_END_DECLS
