/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-otp-uri.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-otp-uri-private.h"

/* The schemes, and the type that some of them imply. */
typedef struct
{
  const char *name;
  const char *type;
} Scheme;

static const Scheme schemes[] = {
  { "otpauth", NULL },
  { "motp", "motp" },
  { "steam", "steam" },
};

/* The keys by which a question mark is known to start the query, rather than to be part of a name.
 */
static const char *const known_keys[] = { "secret=", "issuer=",  "algorithm=", "algo=",
                                          "digits=", "period=",  "counter=",   "pin=",
                                          "suite=",  "encoder=", "ocrasuite=" };

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
  gsize first = fob_uri_span_find (rest, '?');

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

static const Scheme *
find_scheme (FobUriSpan name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (fob_uri_span_equals (name, schemes[i].name))
        return &schemes[i];
    }

  return NULL;
}

/* What follows the scheme. */
static void
split_rest (FobUriSpan rest, const Scheme *scheme, FobOtpUriParts *parts)
{
  gsize query = find_query (rest);

  parts->query = fob_uri_span_after (rest, query + 1);
  rest = fob_uri_span_first (rest, query);

  if (scheme->type == NULL)
    {
      parts->type = fob_uri_span_first (rest, fob_uri_span_find (rest, '/'));
      parts->label = fob_uri_span_after (rest, parts->type.length + 1);
      return;
    }

  parts->type.start = scheme->type;
  parts->type.length = strlen (scheme->type);
  parts->label = rest;

  /* `steam://` has nothing but the secret, and perhaps a slash. */
  if (fob_uri_span_equals (parts->type, "steam"))
    {
      parts->bare_secret = fob_uri_span_first (rest, fob_uri_span_find (rest, '/'));
      parts->label = fob_uri_span_first (rest, 0);
    }
}

static gboolean
split_uri (FobUriSpan text, FobOtpUriParts *parts, GError **error)
{
  const Scheme *scheme = NULL;

  if (!check_text (text, error))
    return FALSE;

  parts->scheme = fob_uri_span_first (text, fob_uri_span_find_text (text, "://"));
  if (parts->scheme.length == text.length || !is_scheme (parts->scheme))
    {
      g_set_error_literal (
        error, FOB_OTP_ERROR, FOB_OTP_ERROR_URI,
        _ ("This is not a link to an account: it does not start with otpauth://."));
      return FALSE;
    }

  scheme = find_scheme (parts->scheme);
  if (scheme == NULL)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SCHEME,
                           _ ("This link is of another kind: a link to an account starts with "
                              "otpauth://."));
      return FALSE;
    }

  split_rest (fob_uri_span_after (text, parts->scheme.length + strlen ("://")), scheme, parts);
  return TRUE;
}

static gboolean
parse_kind (const FobOtpUriParts *parts, FobOtpKind *kind, GError **error)
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

static gboolean
is_absent_or (const FobOtpUriParts *parts, const char *key, const char *usual)
{
  FobUriSpan value;

  return !fob_uri_span_get_value (parts->query, key, &value) ||
         fob_uri_span_equals (fob_uri_span_trim (value), usual);
}

/* Steam Guard behind `otpauth://totp/`: an encoder (KeePassXC), a bare flag (Stratum), a device id
 * (WinAuth). The issuer alone means it only where nothing speaks against it. */
static gboolean
is_steam (const FobOtpUriParts *parts, const char *issuer)
{
  FobUriSpan value;

  if (fob_uri_span_get_value (parts->query, "encoder", &value))
    return fob_uri_span_equals (value, "steam");

  if (fob_uri_span_has_key (parts->query, "steam") ||
      fob_uri_span_get_value (parts->query, "deviceid", &value))
    return TRUE;

  return g_ascii_strcasecmp (issuer, "Steam") == 0 && is_absent_or (parts, "digits", "5") &&
         is_absent_or (parts, "period", "30") && is_absent_or (parts, "algorithm", "SHA1");
}

static FobOtp *
parse_token (const FobOtpUriParts *parts, FobOtpKind kind, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobSecret) pin = NULL;
  g_autofree char *suite = NULL;

  fob_otp_params_set_kind (&params, kind);

  secret = fob_otp_uri_parse_secret (parts, kind, error);
  if (secret == NULL || !fob_otp_uri_parse_algorithm (parts, &params.algorithm, error) ||
      !fob_otp_uri_parse_numbers (parts, &params, error) ||
      !fob_otp_uri_parse_pin (parts, kind, &pin, error) ||
      !fob_otp_uri_parse_suite (parts, &suite, error))
    return NULL;

  params.secret = secret;
  params.pin = pin;
  params.suite = suite;

  return fob_otp_new (&params, error);
}

FobOtp *
fob_otp_uri_parse (const char *text, gssize length, char **issuer, char **account, GError **error)
{
  g_autofree char *found_issuer = NULL;
  g_autofree char *found_account = NULL;
  g_autoptr (FobOtp) otp = NULL;
  FobOtpUriParts parts = { 0 };
  FobOtpKind kind = FOB_OTP_KIND_TOTP;
  FobUriSpan span;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (issuer != NULL, NULL);
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  *issuer = NULL;
  *account = NULL;

  span.start = text;
  span.length = length >= 0 ? (gsize) length : strlen (text);
  if (!split_uri (fob_uri_span_trim (span), &parts, error) || !parse_kind (&parts, &kind, error) ||
      !fob_otp_uri_parse_names (&parts, &found_issuer, &found_account, error))
    return NULL;

  if (kind == FOB_OTP_KIND_TOTP && is_steam (&parts, found_issuer))
    kind = FOB_OTP_KIND_STEAM;

  otp = parse_token (&parts, kind, error);
  if (otp == NULL)
    return NULL;

  *issuer = g_steal_pointer (&found_issuer);
  *account = g_steal_pointer (&found_account);
  return g_steal_pointer (&otp);
}

gboolean
fob_otp_uri_probe (const char *text, gssize length)
{
  FobUriSpan span;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  span.start = text;
  span.length = length >= 0 ? (gsize) length : strlen (text);
  span = fob_uri_span_trim (span);

  return find_scheme (fob_uri_span_first (span, fob_uri_span_find_text (span, "://"))) != NULL &&
         fob_uri_span_find_text (span, "://") < span.length;
}
