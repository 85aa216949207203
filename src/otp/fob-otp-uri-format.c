/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-otp-uri.h"

#include <string.h>

#include "fob-uri-text.h"
#include "fob-wipe.h"

/* Room for everything but the secret and the names. */
#define FIXED_SIZE 256

/* Room for everything, so that the text never moves and leaves a copy of the secret behind. */
static gsize
bound_size (FobOtp *otp, const char *issuer, const char *account)
{
  gsize secret_size = fob_secret_get_size (fob_otp_get_secret (otp));

  return FIXED_SIZE + secret_size * 2 + 6 * (strlen (issuer) + strlen (account));
}

static void
append_label (GString *uri, const char *issuer, const char *account)
{
  /* Without an issuer, a colon of the account name would make one. */
  if (issuer[0] != '\0' || strchr (account, ':') != NULL)
    {
      fob_uri_append_escaped (uri, issuer);
      g_string_append_c (uri, ':');
    }

  fob_uri_append_escaped (uri, account);
}

static void
append_names (GString *uri, const char *issuer, const char *account)
{
  if (issuer[0] != '\0')
    {
      g_string_append (uri, "&issuer=");
      fob_uri_append_escaped (uri, issuer);
    }

  /* Readers strip white space from the label, so that it needs saying once more. */
  if (account[0] != '\0' &&
      (g_ascii_isspace (account[0]) || g_ascii_isspace (account[strlen (account) - 1])))
    {
      g_string_append (uri, "&account=");
      fob_uri_append_escaped (uri, account);
    }
}

char *
fob_otp_uri_format (FobOtp *otp, const char *issuer, const char *account)
{
  g_auto (FobWipedString) secret = NULL;
  GString *uri = NULL;

  g_return_val_if_fail (otp != NULL, NULL);

  issuer = issuer != NULL ? issuer : "";
  account = account != NULL ? account : "";

  uri = g_string_sized_new (bound_size (otp, issuer, account));
  g_string_append_printf (uri, "otpauth://%s/", fob_otp_kind_to_string (fob_otp_get_kind (otp)));
  append_label (uri, issuer, account);

  secret = fob_secret_dup_base32 (fob_otp_get_secret (otp));
  g_string_append (uri, "?secret=");
  g_string_append (uri, secret);
  append_names (uri, issuer, account);

  g_string_append_printf (uri, "&algorithm=%s&digits=%u",
                          fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp)),
                          fob_otp_get_digits (otp));
  if (fob_otp_is_time_based (otp))
    g_string_append_printf (uri, "&period=%" G_GUINT64_FORMAT, fob_otp_get_period (otp));
  else
    g_string_append_printf (uri, "&counter=%" G_GUINT64_FORMAT, fob_otp_get_counter (otp));

  return g_string_free (uri, FALSE);
}
