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
 * @FOB_OTP_KIND_STEAM: Steam Guard: TOTP in an alphabet of its own
 * @FOB_OTP_KIND_MOTP: Mobile-OTP: MD5 over time, secret and PIN
 * @FOB_OTP_KIND_YANDEX: Yandex Key: letters, keyed by secret and PIN
 * @FOB_OTP_KIND_OCRA: challenge-response (RFC 6287); see fob-ocra.h
 *
 * fob_otp_kind_get_info () says which fields each kind has.
 */
typedef enum
{
  FOB_OTP_KIND_TOTP,
  FOB_OTP_KIND_HOTP,
  FOB_OTP_KIND_STEAM,
  FOB_OTP_KIND_MOTP,
  FOB_OTP_KIND_YANDEX,
  FOB_OTP_KIND_OCRA,
} FobOtpKind;

/**
 * FobOtpAlgorithm:
 * @FOB_OTP_ALGORITHM_MD5: only for mOTP
 *
 * The hash under the HMAC.
 */
typedef enum
{
  FOB_OTP_ALGORITHM_SHA1,
  FOB_OTP_ALGORITHM_SHA256,
  FOB_OTP_ALGORITHM_SHA512,
  FOB_OTP_ALGORITHM_MD5,
} FobOtpAlgorithm;

/**
 * FobOtpParams:
 * @algorithm: has to fit the kind; OCRA's is in the suite
 * @digits: length of the code, within the bounds of the kind; OCRA's is in the suite
 * @period: time step in seconds; looked at for time-based kinds only
 * @counter: the next counter to use; looked at for HOTP, and OCRA suites with a counter
 * @secret: the shared key, borrowed for the call
 * @pin: (nullable): borrowed for the call; looked at for kinds with a PIN. Without one the token is
 *   complete but for the PIN: it can be kept, but makes no codes
 * @suite: (nullable): the OCRA suite, such as `OCRA-1:HOTP-SHA1-6:QN08`; for OCRA only
 *
 * What a token is made of. Start from FOB_OTP_PARAMS_INIT, so that later fields get their defaults.
 */
typedef struct
{
  FobOtpKind kind;
  FobOtpAlgorithm algorithm;
  guint digits;
  guint64 period;
  guint64 counter;
  FobSecret *secret;
  FobSecret *pin;
  const char *suite;
} FobOtpParams;

#define FOB_OTP_PARAMS_INIT                                                                        \
  {                                                                                                \
    FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA1, FOB_OTP_DIGITS_DEFAULT, FOB_OTP_PERIOD_DEFAULT, 0,  \
      NULL, NULL, NULL                                                                             \
  }

/**
 * fob_otp_params_set_kind:
 *
 * Makes @params of @kind, with the algorithm, digits and period that are usual, or the only ones,
 * for it.
 */
void fob_otp_params_set_kind (FobOtpParams *params, FobOtpKind kind);

/**
 * FobOtpKindInfo:
 * @name: in files: "totp"
 * @algorithm: the usual one
 * @algorithm_fixed: whether it is the only one
 * @digits: the usual length; @digits_min to @digits_max are allowed. All 0 for OCRA
 * @period: the usual time step, 0 if there is none; @period_min to @period_max are allowed
 * @has_counter: whether a counter counts codes (for OCRA: may count, the suite says)
 * @has_pin: whether a PIN goes into the code (for OCRA: may go, the suite says)
 * @has_challenge: whether a code answers a challenge, so that there is none without
 *
 * What can be said about all tokens of a kind.
 */
typedef struct
{
  const char *name;
  FobOtpAlgorithm algorithm;
  gboolean algorithm_fixed;
  guint digits;
  guint digits_min;
  guint digits_max;
  guint64 period;
  guint64 period_min;
  guint64 period_max;
  gboolean has_counter;
  gboolean has_pin;
  gboolean has_challenge;
} FobOtpKindInfo;

/**
 * fob_otp_kind_get_info:
 *
 * Returns: (transfer none) (nullable): NULL if @kind is none.
 */
const FobOtpKindInfo *fob_otp_kind_get_info (FobOtpKind kind);

/* Defined in fob-ocra-suite.h. */
typedef struct _FobOcraSuite FobOcraSuite;

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
guint64 fob_otp_get_period (FobOtp *self);            /* seconds; 0 where the kind has none */
guint64 fob_otp_get_counter (FobOtp *self);           /* next to use; 0 where the kind has none */
FobSecret *fob_otp_get_secret (FobOtp *self);         /* borrowed */
FobSecret *fob_otp_get_pin (FobOtp *self);            /* borrowed, (nullable) */
const FobOcraSuite *fob_otp_get_suite (FobOtp *self); /* borrowed, NULL unless OCRA */

/**
 * fob_otp_get_params:
 * @params: (out caller-allocates): every field, borrowed from @self: change some, then fob_otp_new
 * ()
 */
void fob_otp_get_params (FobOtp *self, FobOtpParams *params);

/**
 * fob_otp_is_weak:
 *
 * Returns: whether the secret is shorter than the 128 bits that RFC 4226 asks for (section 4, R6).
 * Worth a warning, not an error: many services do it.
 */
gboolean fob_otp_is_weak (FobOtp *self);

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
 * Returns: (transfer full) (nullable): the same token with another counter;
 * FOB_OTP_ERROR_KIND for kinds that have none.
 */
FobOtp *fob_otp_with_counter (FobOtp *self, guint64 counter, GError **error);

/**
 * fob_otp_with_pin:
 * @pin: (nullable): NULL to forget it
 *
 * Returns: (transfer full) (nullable): the same token with another PIN; FOB_OTP_ERROR_KIND for
 * kinds that have none.
 */
FobOtp *fob_otp_with_pin (FobOtp *self, FobSecret *pin, GError **error);

/**
 * fob_otp_code:
 * @unix_time: seconds since 1970 for time-based kinds, ignored by HOTP, whose own counter counts
 * @code: (out caller-allocates): receives the NUL-terminated code; wipe it after use
 * @error: FOB_OTP_ERROR_TIME before 1970, FOB_OTP_ERROR_PIN if the PIN is missing,
 * FOB_OTP_ERROR_KIND for OCRA, which needs a challenge
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
const char *fob_otp_kind_to_string (FobOtpKind kind); /* "totp", "yandex"; also known: "yaotp" */
gboolean fob_otp_kind_from_string (const char *name, FobOtpKind *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobOtp, fob_otp_unref)

G_END_DECLS
