/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-otp-uri-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-wipe.h"

/* Steam's own links (`steam://run`) are not to be taken for a secret, which has 20 bytes. */
#define BARE_SECRET_SIZE_MIN 10

/* A number in the query: what to say if it is none, and what it is if it is not there. */
typedef struct
{
  const char *key;
  FobOtpError code;
  const char *message;
  guint64 fallback;
} NumberField;

static const NumberField digits_field = {
  .key = "digits",
  .code = FOB_OTP_ERROR_DIGITS,
  .message = N_ ("The number of digits is not a whole number."),
  .fallback = FOB_OTP_DIGITS_DEFAULT,
};

static const NumberField period_field = {
  .key = "period",
  .code = FOB_OTP_ERROR_PERIOD,
  .message = N_ ("The period is not a whole number of seconds."),
  .fallback = FOB_OTP_PERIOD_DEFAULT,
};

static const NumberField counter_field = {
  .key = "counter",
  .code = FOB_OTP_ERROR_COUNTER,
  .message = N_ ("The counter is not a whole number, or is too large."),
  .fallback = 0,
};

FobSecret *
fob_otp_uri_parse_secret (const FobOtpUriParts *parts, FobOtpKind kind, GError **error)
{
  FobSecret *secret = NULL;
  FobUriSpan value = parts->bare_secret;
  char *text = NULL;
  gsize length = 0;

  if (value.length == 0 && !fob_uri_span_get_value (parts->query, "secret", &value))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                           _ ("The link holds no secret."));
      return NULL;
    }

  text = fob_uri_span_decode (value, TRUE, &length);
  if (kind == FOB_OTP_KIND_MOTP)
    secret = fob_secret_new_from_hex (text, (gssize) length, error);
  else
    secret = fob_secret_new_from_base32 (text, (gssize) length, error);
  fob_wipe (text, length);
  g_free (text);

  if (secret != NULL && parts->bare_secret.length > 0 &&
      fob_secret_get_size (secret) < BARE_SECRET_SIZE_MIN)
    {
      g_clear_pointer (&secret, fob_secret_unref);
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                           _ ("The secret is empty or too short."));
    }

  return secret;
}

static gboolean
is_all_digits (const char *text, gsize length)
{
  gsize n_digits = 0;

  while (n_digits < length && g_ascii_isdigit (text[n_digits]))
    n_digits++;

  return n_digits == length;
}

/* Yandex: in base32 as Aegis writes it; digits are no base32 of digits, so that they are the PIN
 * itself. */
gboolean
fob_otp_uri_parse_pin (const FobOtpUriParts *parts,
                       FobOtpKind kind,
                       FobSecret **pin,
                       GError **error)
{
  FobUriSpan value;
  char *text = NULL;
  gsize length = 0;

  if (!fob_otp_kind_get_info (kind)->has_pin ||
      !fob_uri_span_get_value (parts->query, "pin", &value))
    return TRUE;

  text = fob_uri_span_decode (value, TRUE, &length);
  if (kind == FOB_OTP_KIND_YANDEX && !is_all_digits (text, length))
    *pin = fob_secret_new_from_base32 (text, (gssize) length, NULL);
  else
    *pin = fob_secret_new (text, length);
  fob_wipe (text, length);
  g_free (text);

  if (*pin != NULL)
    return TRUE;

  g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN, _ ("The PIN is not valid."));
  return FALSE;
}

gboolean
fob_otp_uri_parse_suite (const FobOtpUriParts *parts, char **suite, GError **error)
{
  FobUriSpan value;
  gsize length = 0;

  if (!fob_uri_span_get_value (parts->query, "ocrasuite", &value) &&
      !fob_uri_span_get_value (parts->query, "suite", &value))
    return TRUE;

  *suite = fob_uri_span_decode (value, TRUE, &length);
  if (strlen (*suite) == length)
    return TRUE;

  g_clear_pointer (suite, g_free);
  g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SUITE,
                       _ ("The OCRA suite is not valid text."));
  return FALSE;
}

gboolean
fob_otp_uri_parse_algorithm (const FobOtpUriParts *parts,
                             FobOtpAlgorithm *algorithm,
                             GError **error)
{
  g_autofree char *name = NULL;
  FobUriSpan value;
  gsize length = 0;

  if (!fob_uri_span_get_value (parts->query, "algorithm", &value) &&
      !fob_uri_span_get_value (parts->query, "algo", &value))
    return TRUE;

  name = fob_uri_span_decode (value, TRUE, &length);
  if (strlen (name) == length &&
      (g_ascii_strcasecmp (g_strstrip (name), "null") == 0 || name[0] == '\0' ||
       fob_otp_algorithm_from_string (name, algorithm)))
    return TRUE;

  g_set_error_literal (
    error, FOB_OTP_ERROR, FOB_OTP_ERROR_ALGORITHM,
    _ ("The link names a hash algorithm that is not known. SHA1, SHA256 and SHA512 "
       "are."));
  return FALSE;
}

static gboolean
get_number_text (const FobOtpUriParts *parts, const char *key, FobUriSpan *value)
{
  if (fob_uri_span_get_value (parts->query, key, value))
    return TRUE;

  if (strcmp (key, period_field.key) != 0 ||
      !fob_uri_span_get_value (parts->query, "issuer", value))
    return FALSE;

  *value = fob_uri_span_after (*value, fob_otp_uri_find_glued_period (*value) + strlen ("period="));
  return value->length > 0;
}

/* Too large a number is G_MAXUINT64 if @saturate, so that the range check words the error. */
static gboolean
parse_number (const FobOtpUriParts *parts,
              const NumberField *field,
              gboolean saturate,
              guint64 *number,
              GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;
  FobUriSpan value;
  gboolean whole = FALSE;
  gsize length = 0;

  *number = field->fallback;
  if (!get_number_text (parts, field->key, &value))
    return TRUE;

  text = fob_uri_span_decode (value, TRUE, &length);
  whole = strlen (text) == length;
  if (whole && g_strstrip (text)[0] == '\0')
    return TRUE;

  if (whole && g_ascii_isdigit (text[0]) &&
      g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, number, &local_error))
    return TRUE;

  if (saturate &&
      g_error_matches (local_error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    {
      *number = G_MAXUINT64;
      return TRUE;
    }

  g_set_error_literal (error, FOB_OTP_ERROR, field->code, _ (field->message));
  return FALSE;
}

/* What the kind leaves no choice about is not even looked at: people write anything there. */
gboolean
fob_otp_uri_parse_numbers (const FobOtpUriParts *parts, FobOtpParams *params, GError **error)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (params->kind);
  guint64 digits = 0;

  if (info->digits_min < info->digits_max)
    {
      if (!parse_number (parts, &digits_field, TRUE, &digits, error))
        return FALSE;
      params->digits = (guint) MIN (digits, G_MAXUINT);
    }

  return (info->period_min == info->period_max ||
          parse_number (parts, &period_field, TRUE, &params->period, error)) &&
         (!info->has_counter ||
          parse_number (parts, &counter_field, FALSE, &params->counter, error));
}
