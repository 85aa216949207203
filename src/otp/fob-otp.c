/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-otp-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* The checksum of a long Yandex secret: 12 bits, the remainder of all bits before it divided by
 * this polynomial. */
#define YANDEX_CHECKSUM_BITS       12
#define YANDEX_CHECKSUM_POLYNOMIAL 0x18f3

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
yandex_checksum_is_right (FobSecret *secret)
{
  const guint8 *data = fob_secret_get_data (secret, NULL);
  guint expected = (guint) (data[FOB_OTP_YANDEX_SECRET_SIZE_LONG - 2] & 0xf) << 8 |
                   data[FOB_OTP_YANDEX_SECRET_SIZE_LONG - 1];
  guint remainder = 0;

  for (gsize i = 0; i < FOB_OTP_YANDEX_SECRET_SIZE_LONG * 8 - YANDEX_CHECKSUM_BITS; i++)
    {
      remainder = remainder << 1 | (data[i / 8] >> (7 - i % 8) & 1);
      if (remainder >> YANDEX_CHECKSUM_BITS)
        remainder ^= YANDEX_CHECKSUM_POLYNOMIAL;
    }

  return remainder == expected;
}

static gboolean
check_yandex (const FobOtpParams *params, GError **error)
{
  gsize size = fob_secret_get_size (params->secret);
  gsize pin_size = 0;
  const char *pin = NULL;

  if (size != FOB_OTP_YANDEX_SECRET_SIZE && size != FOB_OTP_YANDEX_SECRET_SIZE_LONG)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                   _ ("A Yandex secret has %d or %d bytes."), FOB_OTP_YANDEX_SECRET_SIZE,
                   FOB_OTP_YANDEX_SECRET_SIZE_LONG);
      return FALSE;
    }
  if (size == FOB_OTP_YANDEX_SECRET_SIZE_LONG && !yandex_checksum_is_right (params->secret))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                           _ ("The secret holds a typing error: its checksum is wrong."));
      return FALSE;
    }

  if (params->pin != NULL)
    pin = fob_secret_get_data (params->pin, &pin_size);
  for (gsize i = 0; i < pin_size; i++)
    {
      if (!g_ascii_isdigit (pin[i]) || pin_size > FOB_OTP_YANDEX_PIN_SIZE_MAX)
        {
          g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN,
                       _ ("A Yandex PIN has digits only, at most %d."),
                       FOB_OTP_YANDEX_PIN_SIZE_MAX);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_algorithm (const FobOtpParams *params, const FobOtpKindInfo *info, GError **error)
{
  if (info->algorithm_fixed ? params->algorithm == info->algorithm
                            : params->algorithm <= FOB_OTP_ALGORITHM_SHA512)
    return TRUE;

  g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_ALGORITHM,
                       _ ("This hash algorithm is not possible for this kind of token."));
  return FALSE;
}

static gboolean
check_digits (const FobOtpParams *params, const FobOtpKindInfo *info, GError **error)
{
  if (params->digits >= info->digits_min && params->digits <= info->digits_max)
    return TRUE;

  if (info->digits_min == info->digits_max)
    g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_DIGITS,
                 _ ("The codes of this kind of token always have %u characters."), info->digits);
  else
    g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_DIGITS,
                 _ ("The number of digits must be between %u and %u."), info->digits_min,
                 info->digits_max);
  return FALSE;
}

static gboolean
check_period (const FobOtpParams *params, const FobOtpKindInfo *info, GError **error)
{
  if (info->period == 0 ||
      (params->period >= info->period_min && params->period <= info->period_max))
    return TRUE;

  if (info->period_min == info->period_max)
    g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PERIOD,
                 _ ("The period of this kind of token is always %u seconds."),
                 (guint) info->period);
  else
    g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PERIOD,
                 _ ("The period must be between %u and %u seconds."), (guint) info->period_min,
                 (guint) info->period_max);
  return FALSE;
}

/* A PIN is text: files have no other place for it. */
static gboolean
check_pin (const FobOtpParams *params, GError **error)
{
  const char *pin = NULL;
  gsize size = 0;

  if (params->pin != NULL)
    pin = fob_secret_get_data (params->pin, &size);

  if (size > FOB_OTP_PIN_SIZE_MAX)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN,
                   _ ("The PIN is too long: at most %d bytes are allowed."), FOB_OTP_PIN_SIZE_MAX);
      return FALSE;
    }
  if (size > 0 && !g_utf8_validate_len (pin, size, NULL))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN,
                           _ ("The PIN is not valid text."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_params (const FobOtpParams *params, GError **error)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (params->kind);

  if (info == NULL)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token is not known."));
      return FALSE;
    }

  /* What a suite says needs no check here. */
  if (params->kind != FOB_OTP_KIND_OCRA &&
      (!check_algorithm (params, info, error) || !check_digits (params, info, error) ||
       !check_period (params, info, error)))
    return FALSE;

  return check_secret (params, error) && (!info->has_pin || check_pin (params, error)) &&
         (params->kind != FOB_OTP_KIND_YANDEX || check_yandex (params, error));
}

/* Takes over the fields that the kind has, and none that it has not. */
static void
set_fields (FobOtp *self, const FobOtpParams *params)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (params->kind);
  gboolean has_counter = info->has_counter;
  gboolean has_pin = info->has_pin;

  self->kind = params->kind;
  self->algorithm = params->algorithm;
  self->digits = params->digits;

  if (self->suite != NULL)
    {
      self->algorithm = self->suite->algorithm;
      self->digits = self->suite->digits;
      has_counter = self->suite->has_counter;
      has_pin = self->suite->has_pin;
    }

  if (info->period > 0)
    self->period = params->period;
  if (has_counter)
    self->counter = params->counter;
  if (has_pin && params->pin != NULL && fob_secret_get_size (params->pin) > 0)
    self->pin = fob_secret_ref (params->pin);
  self->secret = fob_secret_ref (params->secret);
}

/* The key is the same, and so is the key made ready. */
static void
share_key (FobOtp *self, FobOtp *other)
{
  FobHmac *hmac = g_atomic_pointer_get (&self->hmac);

  if (hmac != NULL)
    other->hmac = fob_hmac_ref (hmac);
  other->used = g_atomic_int_get (&self->used);
}

FobOtp *
fob_otp_new (const FobOtpParams *params, GError **error)
{
  FobOtp *self = NULL;
  FobOcraSuite suite;

  g_return_val_if_fail (params != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_params (params, error))
    return NULL;

  if (params->kind == FOB_OTP_KIND_OCRA &&
      !fob_ocra_suite_parse (params->suite != NULL ? params->suite : "", &suite, error))
    return NULL;

  self = g_new0 (FobOtp, 1);
  g_atomic_ref_count_init (&self->ref_count);
  if (params->kind == FOB_OTP_KIND_OCRA)
    self->suite = g_memdup2 (&suite, sizeof suite);
  set_fields (self, params);

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
  g_clear_pointer (&self->pin, fob_secret_unref);
  g_free (self->suite);
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

FobSecret *
fob_otp_get_pin (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pin;
}

const FobOcraSuite *
fob_otp_get_suite (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->suite;
}

void
fob_otp_get_params (FobOtp *self, FobOtpParams *params)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (params != NULL);

  params->kind = self->kind;
  params->algorithm = self->algorithm;
  params->digits = self->digits;
  params->period = self->period;
  params->counter = self->counter;
  params->secret = self->secret;
  params->pin = self->pin;
  params->suite = self->suite != NULL ? self->suite->text : NULL;
}

gboolean
fob_otp_is_weak (FobOtp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return fob_secret_get_size (self->secret) < FOB_OTP_SECRET_SIZE_RECOMMENDED;
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
         (a->suite == NULL) == (b->suite == NULL) &&
         (a->suite == NULL || strcmp (a->suite->text, b->suite->text) == 0) &&
         fob_secret_equal (a->secret, b->secret) && fob_secret_equal (a->pin, b->pin);
}

FobOtp *
fob_otp_with_counter (FobOtp *self, guint64 counter, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  FobOtp *other = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->suite != NULL ? !self->suite->has_counter : self->kind != FOB_OTP_KIND_HOTP)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token has no counter."));
      return NULL;
    }

  fob_otp_get_params (self, &params);
  params.counter = counter;
  other = fob_otp_new (&params, error);

  if (other != NULL)
    share_key (self, other);

  return other;
}

FobOtp *
fob_otp_with_pin (FobOtp *self, FobSecret *pin, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->suite != NULL ? !self->suite->has_pin : !fob_otp_kind_get_info (self->kind)->has_pin)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token has no PIN."));
      return NULL;
    }

  fob_otp_get_params (self, &params);
  params.pin = pin;

  return fob_otp_new (&params, error);
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
