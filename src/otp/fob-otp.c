/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-otp.h"

#include <glib/gi18n-lib.h>

#include "fob-hmac.h"
#include "fob-wipe.h"

struct _FobOtp
{
  gatomicrefcount ref_count;
  FobOtpKind kind;
  FobOtpAlgorithm algorithm;
  guint digits;
  guint64 period;
  guint64 counter;
  FobSecret *secret;

  /* The first code is made from the bare key. Who asks again is likely to go on asking, so from
   * then on the key is kept ready. */
  int used;      /* atomic */
  FobHmac *hmac; /* atomic, (nullable) */
};

G_DEFINE_BOXED_TYPE (FobOtp, fob_otp, fob_otp_ref, fob_otp_unref)

static gboolean
check_secret (const FobOtpParams *params, GError **error)
{
  gsize size = params->secret != NULL ? fob_secret_get_size (params->secret) : 0;

  if (size < FOB_OTP_SECRET_SIZE_MIN)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET, _ ("The secret is empty."));
      return FALSE;
    }
  if (size > FOB_OTP_SECRET_SIZE_MAX)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                   _ ("The secret is too long: at most %d bytes are allowed."),
                   FOB_OTP_SECRET_SIZE_MAX);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_params (const FobOtpParams *params, GError **error)
{
  if (params->kind != FOB_OTP_KIND_TOTP && params->kind != FOB_OTP_KIND_HOTP)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token is not known."));
      return FALSE;
    }
  if (params->algorithm > FOB_OTP_ALGORITHM_SHA512)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_ALGORITHM,
                           _ ("This hash algorithm is not known."));
      return FALSE;
    }
  if (params->digits < FOB_OTP_DIGITS_MIN || params->digits > FOB_OTP_DIGITS_MAX)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_DIGITS,
                   _ ("The number of digits must be between %d and %d."), FOB_OTP_DIGITS_MIN,
                   FOB_OTP_DIGITS_MAX);
      return FALSE;
    }
  if (params->kind == FOB_OTP_KIND_TOTP &&
      (params->period < FOB_OTP_PERIOD_MIN || params->period > FOB_OTP_PERIOD_MAX))
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PERIOD,
                   _ ("The period must be between %d and %d seconds."), FOB_OTP_PERIOD_MIN,
                   FOB_OTP_PERIOD_MAX);
      return FALSE;
    }

  return check_secret (params, error);
}

/* The key made ready, from the second code on; NULL for the first, or if OpenSSL failed. */
static FobHmac *
get_hmac (FobOtp *self)
{
  FobHmac *hmac = g_atomic_pointer_get (&self->hmac);
  gconstpointer key = NULL;
  gsize key_size = 0;

  if (hmac != NULL || g_atomic_int_compare_and_exchange (&self->used, FALSE, TRUE))
    return hmac;

  key = fob_secret_get_data (self->secret, &key_size);
  hmac = fob_hmac_new (self->algorithm, key, key_size);
  if (hmac != NULL && !g_atomic_pointer_compare_and_exchange (&self->hmac, NULL, hmac))
    {
      /* Another thread was faster. */
      fob_hmac_unref (hmac);
      hmac = g_atomic_pointer_get (&self->hmac);
    }

  return hmac;
}

static gsize
compute_hmac (FobOtp *self, guint64 counter, guint8 mac[FOB_HMAC_SIZE_MAX])
{
  FobHmac *hmac = get_hmac (self);
  guint64 message = GUINT64_TO_BE (counter);
  gconstpointer key = NULL;
  gsize key_size = 0;

  if (hmac != NULL)
    return fob_hmac_compute (hmac, &message, sizeof message, mac);

  key = fob_secret_get_data (self->secret, &key_size);
  return fob_hmac_compute_once (self->algorithm, key, key_size, &message, sizeof message, mac);
}

/* RFC 4226 section 5.3, dynamic truncation: 31 bits. */
static guint32
truncate_mac (const guint8 *mac, gsize mac_size)
{
  const guint8 *start = mac + (mac[mac_size - 1] & 0xf);

  return (guint32) (start[0] & 0x7f) << 24 | (guint32) start[1] << 16 | (guint32) start[2] << 8 |
         (guint32) start[3];
}

static void
write_decimal (guint64 value, guint digits, char *code)
{
  code[digits] = '\0';
  for (guint i = digits; i > 0; i--)
    {
      code[i - 1] = (char) ('0' + value % 10);
      value /= 10;
    }
}

FobOtp *
fob_otp_new (const FobOtpParams *params, GError **error)
{
  FobOtp *self = NULL;

  g_return_val_if_fail (params != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_params (params, error))
    return NULL;

  self = g_new0 (FobOtp, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->kind = params->kind;
  self->algorithm = params->algorithm;
  self->digits = params->digits;
  self->period = params->kind == FOB_OTP_KIND_TOTP ? params->period : 0;
  self->counter = params->kind == FOB_OTP_KIND_HOTP ? params->counter : 0;
  self->secret = fob_secret_ref (params->secret);

  return self;
}

FobOtp *
fob_otp_ref (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fob_otp_unref (FobOtp *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->hmac, fob_hmac_unref);
  fob_secret_unref (self->secret);
  g_free (self);
}

FobOtpKind
fob_otp_get_kind (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, FOB_OTP_KIND_TOTP);

  return self->kind;
}

FobOtpAlgorithm
fob_otp_get_algorithm (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, FOB_OTP_ALGORITHM_SHA1);

  return self->algorithm;
}

guint
fob_otp_get_digits (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->digits;
}

guint64
fob_otp_get_period (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->period;
}

guint64
fob_otp_get_counter (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->counter;
}

FobSecret *
fob_otp_get_secret (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret;
}

gboolean
fob_otp_is_time_based (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->period > 0;
}

gboolean
fob_otp_equal (FobOtp *a, FobOtp *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return a->kind == b->kind && a->algorithm == b->algorithm && a->digits == b->digits &&
         a->period == b->period && a->counter == b->counter &&
         fob_secret_equal (a->secret, b->secret);
}

FobOtp *
fob_otp_with_counter (FobOtp *self, guint64 counter, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  FobOtp *other = NULL;
  FobHmac *hmac = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->kind != FOB_OTP_KIND_HOTP)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token has no counter."));
      return NULL;
    }

  params.kind = self->kind;
  params.algorithm = self->algorithm;
  params.digits = self->digits;
  params.counter = counter;
  params.secret = self->secret;
  other = fob_otp_new (&params, error);

  /* The key is the same, and so is the key made ready. */
  hmac = g_atomic_pointer_get (&self->hmac);
  if (other != NULL && hmac != NULL)
    other->hmac = fob_hmac_ref (hmac);

  return other;
}

gboolean
fob_otp_code (FobOtp *self, gint64 unix_time, char code[FOB_OTP_CODE_SIZE], GError **error)
{
  guint8 mac[FOB_HMAC_SIZE_MAX];
  guint64 counter = 0;
  gsize mac_size = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  code[0] = '\0';

  if (fob_otp_is_time_based (self) && unix_time < 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_TIME,
                           _ ("There are no codes for times before 1970."));
      return FALSE;
    }

  counter = fob_otp_is_time_based (self) ? (guint64) unix_time / self->period : self->counter;
  mac_size = compute_hmac (self, counter, mac);
  if (mac_size == 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CRYPTO,
                           _ ("The code could not be computed."));
      return FALSE;
    }

  write_decimal (truncate_mac (mac, mac_size), self->digits, code);
  fob_wipe (mac, sizeof mac);

  return TRUE;
}

guint64
fob_otp_seconds_left (FobOtp *self, gint64 unix_time)
{
  guint64 elapsed = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (!fob_otp_is_time_based (self))
    return 0;

  /* The last code before 1970 ends when the first code begins. */
  if (unix_time < 0)
    return (guint64) (-(unix_time + 1)) % self->period + 1;

  elapsed = (guint64) unix_time % self->period;
  return self->period - elapsed;
}
