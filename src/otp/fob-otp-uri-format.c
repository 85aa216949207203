/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-otp-uri.h"

#include <string.h>

#include "fob-otp-private.h"
#include "fob-uri-text.h"
#include "fob-wipe.h"

/* Room for everything but the secret, the PIN, the suite and the names. */
#define FIXED_SIZE 512

/* Room for everything, so that the text never moves and leaves a copy of the secret behind. */
static gsize
bound_size (FobOtp *otp, const char *issuer, const char *account)
{
  gsize secret_size = fob_secret_get_size (fob_otp_get_secret (otp));

  return FIXED_SIZE + secret_size * 2 + 3 * (FOB_OTP_PIN_SIZE_MAX + FOB_OCRA_SUITE_SIZE_MAX) +
         6 * (strlen (issuer) + strlen (account));
}

static void
append_text (GString *uri, const char *text)
{
  fob_uri_append_escaped (uri, text, strlen (text));
}

static void
append_label (GString *uri, const char *issuer, const char *account)
{
  /* Without an issuer, a colon of the account name would make one. */
  if (issuer[0] != '\0' || strchr (account, ':') != NULL)
    {
      append_text (uri, issuer);
      g_string_append_c (uri, ':');
    }

  append_text (uri, account);
}

static void
append_names (GString *uri, const char *issuer, const char *account)
{
  if (issuer[0] != '\0')
    {
      g_string_append (uri, "&issuer=");
      append_text (uri, issuer);
    }

  /* Readers strip white space from the label, so that it needs saying once more. */
  if (account[0] != '\0' &&
      (g_ascii_isspace (account[0]) || g_ascii_isspace (account[strlen (account) - 1])))
    {
      g_string_append (uri, "&account=");
      append_text (uri, account);
    }
}

static void
append_secret (GString *uri, FobOtp *otp)
{
  FobSecret *secret = fob_otp_get_secret (otp);
  g_auto (FobWipedString) text = fob_otp_get_kind (otp) == FOB_OTP_KIND_MOTP
                                   ? fob_secret_dup_hex (secret)
                                   : fob_secret_dup_base32 (secret);

  g_string_append (uri, "?secret=");
  g_string_append (uri, text);
}

/* Yandex in base32, as Aegis has it. */
static void
append_pin (GString *uri, FobOtp *otp)
{
  FobSecret *pin = fob_otp_get_pin (otp);
  g_auto (FobWipedString) base32 = NULL;
  gconstpointer data = NULL;
  gsize size = 0;

  if (pin == NULL)
    return;

  g_string_append (uri, "&pin=");
  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_YANDEX)
    {
      base32 = fob_secret_dup_base32 (pin);
      g_string_append (uri, base32);
      return;
    }

  data = fob_secret_get_data (pin, &size);
  fob_uri_append_escaped (uri, data, size);
}

static void
append_suite (GString *uri, FobOtp *otp)
{
  const FobOcraSuite *suite = fob_otp_get_suite (otp);

  g_string_append (uri, "&ocrasuite=");
  append_text (uri, suite->text);
  if (suite->has_counter)
    g_string_append_printf (uri, "&counter=%" G_GUINT64_FORMAT, fob_otp_get_counter (otp));
}

static void
append_numbers (GString *uri, FobOtp *otp, const char *issuer)
{
  g_string_append_printf (uri, "&algorithm=%s&digits=%u",
                          fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp)),
                          fob_otp_get_digits (otp));
  if (fob_otp_is_time_based (otp))
    g_string_append_printf (uri, "&period=%" G_GUINT64_FORMAT, fob_otp_get_period (otp));
  else
    g_string_append_printf (uri, "&counter=%" G_GUINT64_FORMAT, fob_otp_get_counter (otp));

  /* Many readers, our own among them, take the issuer for a sign of Steam Guard. */
  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_TOTP && g_ascii_strcasecmp (issuer, "Steam") == 0)
    g_string_append (uri, "&encoder=totp");
}

char *
fob_otp_uri_format (FobOtp *otp, const char *issuer, const char *account)
{
  GString *uri = NULL;

  g_return_val_if_fail (otp != NULL, NULL);

  issuer = issuer != NULL ? issuer : "";
  account = account != NULL ? account : "";

  uri = g_string_sized_new (bound_size (otp, issuer, account));
  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_MOTP)
    g_string_append (uri, "motp://");
  else
    g_string_append_printf (uri, "otpauth://%s/",
                            fob_otp_kind_to_uri_type (fob_otp_get_kind (otp)));

  append_label (uri, issuer, account);
  append_secret (uri, otp);
  append_names (uri, issuer, account);
  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_OCRA)
    append_suite (uri, otp);
  else if (fob_otp_get_kind (otp) != FOB_OTP_KIND_MOTP)
    append_numbers (uri, otp, issuer);
  append_pin (uri, otp);

  return g_string_free (uri, FALSE);
}
