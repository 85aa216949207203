/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-code-match.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>

#include "fob-otp-private.h"
#include "fob-wipe.h"

gboolean
fob_code_match_init (FobCodeMatch *self, FobOtp *otp, const char *typed)
{
  gboolean upper = fob_otp_get_kind (otp) == FOB_OTP_KIND_STEAM;
  gsize length = 0;

  memset (self, 0, sizeof *self);

  for (; *typed != '\0'; typed++)
    {
      if (g_ascii_isspace (*typed) || *typed == '-')
        continue;
      if (length == fob_otp_get_digits (otp))
        return FALSE;

      self->text[length++] = upper ? g_ascii_toupper (*typed) : g_ascii_tolower (*typed);
    }

  return length == fob_otp_get_digits (otp);
}

gboolean
fob_code_match_test (const FobCodeMatch *self,
                     FobOtp *otp,
                     guint64 step,
                     guint64 *mask,
                     GError **error)
{
  char code[FOB_OTP_CODE_SIZE] = { 0 };
  guint64 difference = 0;

  if (!fob_otp_code_at (otp, step, code, error))
    return FALSE;

  difference = (guint64) (guint) CRYPTO_memcmp (code, self->text, sizeof code);
  *mask = ((difference | (0 - difference)) >> 63) - 1;
  fob_wipe (code, sizeof code);

  return TRUE;
}

guint64
fob_code_match_select (guint64 mask, guint64 a, guint64 b)
{
  return (mask & a) | (~mask & b);
}

gboolean
fob_code_match_fail (GError **error)
{
  g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CODE, _ ("The code is not right."));
  return FALSE;
}

gboolean
fob_code_match_check_window (guint window, GError **error)
{
  if (window <= FOB_VERIFY_WINDOW_MAX)
    return TRUE;

  g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_WINDOW,
               _ ("The window is too large: at most %d is allowed."), FOB_VERIFY_WINDOW_MAX);
  return FALSE;
}
