/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-hmac.h"
#include "fob-ocra-suite.h"
#include "fob-otp.h"

G_BEGIN_DECLS

/* Shared by the files that make codes; everyone else reads a token through its getters. */
struct _FobOtp
{
  gatomicrefcount ref_count;
  FobOtpKind kind;
  FobOtpAlgorithm algorithm;
  guint digits;
  guint64 period;
  guint64 counter;
  FobSecret *secret;
  FobSecret *pin;      /* (nullable) */
  FobOcraSuite *suite; /* (nullable) */

  /* The first code is made from the bare key. Who asks again is likely to go on asking, so from
   * then on the key is kept ready. */
  int used;      /* atomic */
  FobHmac *hmac; /* atomic, (nullable) */
};

/**
 * fob_otp_compute_hmac:
 *
 * The HMAC of @data under the token's key.
 *
 * Returns: its size, 0 if OpenSSL failed.
 */
gsize fob_otp_compute_hmac (FobOtp *self,
                            gconstpointer data,
                            gsize size,
                            guint8 mac[FOB_HASH_SIZE_MAX]);

/**
 * fob_otp_code_at:
 * @step: the counter, or the number of the time step
 *
 * The code of a counter or a time step, for kinds that have one.
 */
gboolean fob_otp_code_at (FobOtp *self, guint64 step, char code[FOB_OTP_CODE_SIZE], GError **error);

/* RFC 4226 section 5.3, dynamic truncation: 31 bits, written as @digits decimal digits. */
void fob_otp_write_truncated (const guint8 *mac, gsize mac_size, guint digits, char *code);

/* The type in `otpauth://TYPE/`. */
const char *fob_otp_kind_to_uri_type (FobOtpKind kind);

G_END_DECLS
