/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-otp.h"

G_BEGIN_DECLS

typedef enum
{
  FOB_OCRA_FORMAT_NUMERIC,
  FOB_OCRA_FORMAT_ALPHANUMERIC,
  FOB_OCRA_FORMAT_HEX,
} FobOcraFormat;

/**
 * FobOcraSuite:
 * @text: as given: it goes into the code, so that its case counts
 * @digits: 4 to 10, or 0 for the whole HMAC in hexadecimal
 * @challenge_length: the most characters of one challenge
 * @session_size: bytes of session data, 0 for none
 * @time_step: seconds, 0 if the time is not used
 *
 * What an OCRA code is made of (RFC 6287 section 6), for example
 * `OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1-S064-T1M`.
 */
struct _FobOcraSuite
{
  char text[FOB_OCRA_SUITE_SIZE_MAX + 1];
  FobOtpAlgorithm algorithm;
  guint digits;
  gboolean has_counter;
  FobOcraFormat challenge_format;
  gsize challenge_length;
  gboolean has_pin;
  FobOtpAlgorithm pin_algorithm;
  gsize session_size;
  guint64 time_step;
};

/**
 * fob_ocra_suite_parse:
 * @suite: (out caller-allocates)
 * @error: FOB_OTP_ERROR_SUITE
 */
gboolean fob_ocra_suite_parse (const char *text, FobOcraSuite *suite, GError **error);

G_END_DECLS
