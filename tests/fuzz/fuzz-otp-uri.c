/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fuzz.h"

#include <string.h>

#include "fob-otp-uri.h"
#include "fob-wipe.h"

/* Whatever is accepted must make a code or say why not, and survive its own formatting. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *issuer = NULL;
  g_autofree char *account = NULL;
  g_autofree char *issuer_again = NULL;
  g_autofree char *account_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) code_error = NULL;
  g_autoptr (FobOtp) otp =
    fob_otp_uri_parse ((const char *) data, (gssize) size, &issuer, &account, &error);
  g_autoptr (FobOtp) again = NULL;
  g_auto (FobWipedString) uri = NULL;
  char code[FOB_OTP_CODE_SIZE];

  g_assert_true ((otp == NULL) == (error != NULL));
  if (otp == NULL)
    return 0;

  g_assert_true (fob_otp_uri_probe ((const char *) data, (gssize) size));
  g_assert_true (g_utf8_validate (issuer, -1, NULL));
  g_assert_true (g_utf8_validate (account, -1, NULL));

  if (fob_otp_code (otp, 1700000000, code, &code_error))
    g_assert_cmpuint (strlen (code), ==, fob_otp_get_digits (otp));
  else
    g_assert_nonnull (code_error);

  uri = fob_otp_uri_format (otp, issuer, account);
  again = fob_otp_uri_parse (uri, -1, &issuer_again, &account_again, NULL);
  g_assert_nonnull (again);
  g_assert_true (fob_otp_equal (otp, again));
  g_assert_cmpstr (issuer, ==, issuer_again);
  g_assert_cmpstr (account, ==, account_again);
  return 0;
}
