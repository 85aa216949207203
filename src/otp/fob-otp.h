/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-otp-error.h"
#include "fob-otp-limits.h"
#include "fob-secret.h"

G_BEGIN_DECLS

/**
 * FobOtpKind:
 * @FOB_OTP_KIND_TOTP: time-based (RFC 6238)
 * @FOB_OTP_KIND_HOTP: counter-based (RFC 4226)
 */
typedef enum
{
  FOB_OTP_KIND_TOTP,
  FOB_OTP_KIND_HOTP,
} FobOtpKind;

/**
 * FobOtpAlgorithm:
 *
 * The hash under the HMAC.
 */
typedef enum
{
  FOB_OTP_ALGORITHM_SHA1,
  FOB_OTP_ALGORITHM_SHA256,
  FOB_OTP_ALGORITHM_SHA512,
} FobOtpAlgorithm;

/**
 * FobOtpParams:
 * @secret: the shared key, borrowed for the call
 * @digits: length of the code, FOB_OTP_DIGITS_MIN to FOB_OTP_DIGITS_MAX
 * @period: time step in seconds; looked at for time-based kinds only
 * @counter: the next counter to use; looked at for HOTP only
 *
 * What a token is made of. Start from FOB_OTP_PARAMS_INIT, so that later fields get their
 * defaults.
 */
typedef struct
{
  FobOtpKind kind;
  FobOtpAlgorithm algorithm;
  guint digits;
  guint64 period;
  guint64 counter;
  FobSecret *secret;
} FobOtpParams;

#define FOB_OTP_PARAMS_INIT                                                                        \
  {                                                                                                \
    FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA1, FOB_OTP_DIGITS_DEFAULT, FOB_OTP_PERIOD_DEFAULT, 0,  \
      NULL                                                                                         \
  }

/**
 * FobOtp:
 *
 * An immutable, reference-counted token: everything a code is made from except the moment.
 * Thread-safe.
 */
typedef struct _FobOtp FobOtp;

#define FOB_TYPE_OTP (fob_otp_get_type ())
GType fob_otp_get_type (void) G_GNUC_CONST;

/**
 * fob_otp_new:
 * @params: the fields; every one is checked against fob-otp-limits.h
 * @error: FOB_OTP_ERROR, with the code of the field that is wrong
 *
 * Returns: (transfer full) (nullable): a new token.
 */
FobOtp *fob_otp_new (const FobOtpParams *params, GError **error);
FobOtp *fob_otp_ref (FobOtp *self);
void fob_otp_unref (FobOtp *self);

FobOtpKind fob_otp_get_kind (FobOtp *self);
FobOtpAlgorithm fob_otp_get_algorithm (FobOtp *self);
guint fob_otp_get_digits (FobOtp *self);
guint64 fob_otp_get_period (FobOtp *self);    /* seconds; 0 where the kind has none */
guint64 fob_otp_get_counter (FobOtp *self);   /* next to use; 0 where the kind has none */
FobSecret *fob_otp_get_secret (FobOtp *self); /* borrowed */

/**
 * fob_otp_is_time_based:
 *
 * Returns: whether codes follow the clock (and have a countdown), rather than a counter.
 */
gboolean fob_otp_is_time_based (FobOtp *self);

/**
 * fob_otp_equal:
 *
 * Returns: whether all fields are the same; the secrets are compared in constant time.
 */
gboolean fob_otp_equal (FobOtp *a, FobOtp *b);

/**
 * fob_otp_with_counter:
 *
 * Returns: (transfer full) (nullable): the same HOTP token with another counter;
 * FOB_OTP_ERROR_KIND for kinds that have none.
 */
FobOtp *fob_otp_with_counter (FobOtp *self, guint64 counter, GError **error);

/**
 * fob_otp_code:
 * @unix_time: seconds since 1970 for time-based kinds, ignored by HOTP, whose own counter counts
 * @code: (out caller-allocates): receives the NUL-terminated code; wipe it after use
 * @error: FOB_OTP_ERROR_TIME before 1970
 *
 * The code of this token at @unix_time (RFC 4226 section 5.3, RFC 6238 section 4.2).
 */
gboolean fob_otp_code (FobOtp *self,
                       gint64 unix_time,
                       char code[FOB_OTP_CODE_SIZE],
                       GError **error);

/**
 * fob_otp_seconds_left:
 *
 * Returns: how many whole seconds the code of @unix_time is still the code, 1 to period, counting
 * the second that has begun; 0 for kinds without a clock.
 */
guint64 fob_otp_seconds_left (FobOtp *self, gint64 unix_time);

/* The names used in URIs and files, one table each way; FALSE for an unknown name, never a
 * default. `SHA1`, `SHA-256`, `HmacSHA512` and the like are all understood, `SHA256` is written.
 */
const char *fob_otp_algorithm_to_string (FobOtpAlgorithm algorithm);
gboolean fob_otp_algorithm_from_string (const char *name, FobOtpAlgorithm *algorithm);
const char *fob_otp_kind_to_string (FobOtpKind kind); /* "totp", "hotp" */
gboolean fob_otp_kind_from_string (const char *name, FobOtpKind *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobOtp, fob_otp_unref)

G_END_DECLS
