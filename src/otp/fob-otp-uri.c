/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-otp-uri.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-uri-text.h"
#include "fob-wipe.h"

typedef struct
{
  FobUriSpan scheme;
  FobUriSpan type;
  FobUriSpan label;
  FobUriSpan query;
} UriParts;

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

/* The keys by which a question mark is known to start the query, rather than to be part of a name.
 */
static const char *const known_keys[] = { "secret=", "issuer=", "algorithm=", "algo=",
                                          "digits=", "period=", "counter=" };

static gboolean
starts_query (FobUriSpan text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_keys); i++)
    {
      if (fob_uri_span_has_prefix (text, known_keys[i]))
        return TRUE;
    }

  return FALSE;
}

/* Where the query's question mark is: some apps leave one in a name as it is. */
static gsize
find_query (FobUriSpan rest)
{
  gsize first = fob_uri_span_find (rest, "?");

  for (gsize i = first; i < rest.length; i++)
    {
      if (rest.start[i] == '?' && starts_query (fob_uri_span_after (rest, i + 1)))
        return i;
    }

  return first;
}

static gboolean
is_scheme (FobUriSpan scheme)
{
  if (scheme.length == 0 || !g_ascii_isalpha (scheme.start[0]))
    return FALSE;

  for (gsize i = 0; i < scheme.length; i++)
    {
      if (!g_ascii_isalnum (scheme.start[i]) && strchr ("+-.", scheme.start[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_text (FobUriSpan text, GError **error)
{
  if (text.length == 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_URI, _ ("The link is empty."));
      return FALSE;
    }
  if (text.length > FOB_OTP_URI_SIZE_MAX)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_URI,
                           _ ("The text is too long to be a link to an account."));
      return FALSE;
    }
  if (!g_utf8_validate_len (text.start, text.length, NULL))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_URI,
                           _ ("The link holds bytes that are not text."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
split_uri (FobUriSpan text, UriParts *parts, GError **error)
{
  FobUriSpan rest;

  if (!check_text (text, error))
    return FALSE;

  parts->scheme = fob_uri_span_first (text, fob_uri_span_find (text, "://"));
  if (parts->scheme.length == text.length || !is_scheme (parts->scheme))
    {
      g_set_error_literal (
        error, FOB_OTP_ERROR, FOB_OTP_ERROR_URI,
        _ ("This is not a link to an account: it does not start with otpauth://."));
      return FALSE;
    }
  if (!fob_uri_span_equals (parts->scheme, "otpauth"))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SCHEME,
                           _ ("This link is of another kind: a link to an account starts with "
                              "otpauth://."));
      return FALSE;
    }

  rest = fob_uri_span_after (text, parts->scheme.length + strlen ("://"));
  parts->query = fob_uri_span_after (rest, find_query (rest) + 1);
  rest = fob_uri_span_first (rest, find_query (rest));
  parts->type = fob_uri_span_first (rest, fob_uri_span_find (rest, "/"));
  parts->label = fob_uri_span_after (rest, parts->type.length + 1);

  return TRUE;
}

static gboolean
parse_kind (const UriParts *parts, FobOtpKind *kind, GError **error)
{
  g_autofree char *name = g_strndup (parts->type.start, parts->type.length);

  if (fob_otp_kind_from_string (name, kind))
    return TRUE;

  g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                       parts->type.length == 0
                         ? _ ("The link does not say what kind of token it is.")
                         : _ ("The link is for a kind of token that is not known."));
  return FALSE;
}

static FobSecret *
parse_secret (const UriParts *parts, GError **error)
{
  FobSecret *secret = NULL;
  FobUriSpan value;
  char *text = NULL;
  gsize length = 0;

  if (!fob_uri_span_get_value (parts->query, "secret", &value))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                           _ ("The link holds no secret."));
      return NULL;
    }

  text = fob_uri_span_decode (value, TRUE, &length);
  secret = fob_secret_new_from_base32 (text, (gssize) length, error);
  fob_wipe (text, length);
  g_free (text);

  return secret;
}

static gboolean
parse_algorithm (const UriParts *parts, FobOtpAlgorithm *algorithm, GError **error)
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

/* Some versions of Ente wrote `issuer=Fooperiod=30`. */
static gsize
find_glued_period (FobUriSpan issuer)
{
  return fob_uri_span_find (issuer, "period=");
}

static gboolean
get_number_text (const UriParts *parts, const char *key, FobUriSpan *value)
{
  if (fob_uri_span_get_value (parts->query, key, value))
    return TRUE;

  if (strcmp (key, period_field.key) != 0 ||
      !fob_uri_span_get_value (parts->query, "issuer", value))
    return FALSE;

  *value = fob_uri_span_after (*value, find_glued_period (*value) + strlen ("period="));
  return value->length > 0;
}

/* Too large a number is G_MAXUINT64 if @saturate, so that the range check words the error. */
static gboolean
parse_number (const UriParts *parts,
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

static gboolean
parse_numbers (const UriParts *parts, FobOtpParams *params, GError **error)
{
  guint64 digits = 0;

  if (!parse_number (parts, &digits_field, TRUE, &digits, error))
    return FALSE;
  params->digits = (guint) MIN (digits, G_MAXUINT);

  if (params->kind == FOB_OTP_KIND_HOTP)
    return parse_number (parts, &counter_field, FALSE, &params->counter, error);

  return parse_number (parts, &period_field, TRUE, &params->period, error);
}

static gboolean
check_name (const char *name, gsize length, GError **error)
{
  if (length > FOB_OTP_LABEL_SIZE_MAX)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL,
                   _ ("A name in the link is too long: at most %d bytes are allowed."),
                   FOB_OTP_LABEL_SIZE_MAX);
      return FALSE;
    }
  /* Embedded NULs are refused here, too. */
  if (!g_utf8_validate_len (name, length, NULL))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL,
                           _ ("A name in the link is not valid text."));
      return FALSE;
    }

  return TRUE;
}

static char *
parse_name_value (const UriParts *parts, const char *key, GError **error)
{
  g_autofree char *name = NULL;
  FobUriSpan value;
  gsize length = 0;

  if (!fob_uri_span_get_value (parts->query, key, &value))
    return g_strdup ("");

  if (strcmp (key, "issuer") == 0)
    value = fob_uri_span_first (value, find_glued_period (value));

  name = fob_uri_span_decode (value, TRUE, &length);
  return check_name (name, length, error) ? g_steal_pointer (&name) : NULL;
}

static char *
parse_label (const UriParts *parts, GError **error)
{
  g_autofree char *label = NULL;
  FobUriSpan value = parts->label;
  gsize length = 0;

  while (fob_uri_span_has_prefix (value, "/"))
    value = fob_uri_span_after (value, 1);

  /* A plus stays one: mail addresses have them. */
  label = fob_uri_span_decode (value, FALSE, &length);
  if (strlen (label) != length || !g_utf8_validate_len (label, length, NULL))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL,
                           _ ("A name in the link is not valid text."));
      return NULL;
    }

  return g_steal_pointer (&label);
}

static gboolean
equal_ignoring_case (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return strcmp (folded_a, folded_b) == 0;
}

/* Takes the account name out of `Issuer:account`. The parameter wins over the prefix, which is only
 * cut off where it says the same; a colon may be part of either name. */
static char *
split_label (const char *label, char **issuer)
{
  g_autofree char *prefix = NULL;
  const char *colon = strchr (label, ':');

  if (*issuer[0] != '\0' && g_str_has_prefix (label, *issuer) && label[strlen (*issuer)] == ':')
    return g_strstrip (g_strdup (label + strlen (*issuer) + 1));

  if (colon == NULL)
    return g_strstrip (g_strdup (label));

  prefix = g_strstrip (g_strndup (label, (gsize) (colon - label)));
  if (*issuer[0] != '\0' && prefix[0] != '\0' && !equal_ignoring_case (prefix, *issuer))
    return g_strstrip (g_strdup (label));

  if (*issuer[0] == '\0')
    {
      g_free (*issuer);
      *issuer = g_steal_pointer (&prefix);
    }

  return g_strstrip (g_strdup (colon + 1));
}

static gboolean
parse_names (const UriParts *parts, char **issuer, char **account, GError **error)
{
  g_autofree char *label = parse_label (parts, error);
  g_autofree char *found_issuer = label != NULL ? parse_name_value (parts, "issuer", error) : NULL;
  g_autofree char *exact = found_issuer != NULL ? parse_name_value (parts, "account", error) : NULL;
  g_autofree char *found_account = NULL;
  g_autofree char *stripped = NULL;

  if (exact == NULL)
    return FALSE;

  found_account = split_label (label, &found_issuer);

  /* Our own parameter, for names that start or end with white space. */
  stripped = g_strstrip (g_strdup (exact));
  if (exact[0] != '\0' && strcmp (stripped, found_account) == 0)
    {
      g_free (found_account);
      found_account = g_steal_pointer (&exact);
    }

  if (!check_name (found_issuer, strlen (found_issuer), error) ||
      !check_name (found_account, strlen (found_account), error))
    return FALSE;

  *issuer = g_steal_pointer (&found_issuer);
  *account = g_steal_pointer (&found_account);
  return TRUE;
}

FobOtp *
fob_otp_uri_parse (const char *text, gssize length, char **issuer, char **account, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobOtp) otp = NULL;
  UriParts parts;
  FobUriSpan span;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (issuer != NULL, NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  *issuer = NULL;
  *account = NULL;

  span.start = text;
  span.length = length >= 0 ? (gsize) length : strlen (text);
  if (!split_uri (fob_uri_span_trim (span), &parts, error) ||
      !parse_kind (&parts, &params.kind, error))
    return NULL;

  secret = parse_secret (&parts, error);
  if (secret == NULL || !parse_algorithm (&parts, &params.algorithm, error) ||
      !parse_numbers (&parts, &params, error))
    return NULL;

  params.secret = secret;
  otp = fob_otp_new (&params, error);
  if (otp == NULL || !parse_names (&parts, issuer, account, error))
    return NULL;

  return g_steal_pointer (&otp);
}

gboolean
fob_otp_uri_probe (const char *text, gssize length)
{
  FobUriSpan span;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  span.start = text;
  span.length = length >= 0 ? (gsize) length : strlen (text);

  return fob_uri_span_has_prefix (fob_uri_span_trim (span), "otpauth://");
}
