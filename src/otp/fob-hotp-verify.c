/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-hotp-verify.h"

#include <glib/gi18n-lib.h>

#include "fob-code-match.h"

static gboolean
check_arguments (FobOtp *otp, guint window, GError **error)
{
  if (fob_otp_get_kind (otp) != FOB_OTP_KIND_HOTP)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token has no counter."));
      return FALSE;
    }

  return fob_code_match_check_window (window, error);
}

/* The last counter of the window, as far as there are numbers. */
static guint64
get_end (FobOtp *otp, guint window)
{
  guint64 start = fob_otp_get_counter (otp);

  return start + MIN (window, G_MAXUINT64 - start);
}

gboolean
fob_hotp_verify (FobOtp *otp, const char *code, guint window, guint64 *counter, GError **error)
{
  FobCodeMatch match;
  guint64 start = 0;
  guint64 end = 0;
  guint64 found = 0;
  guint64 found_counter = 0;

  g_return_val_if_fail (otp != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (counter != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_arguments (otp, window, error))
    return FALSE;
  if (!fob_code_match_init (&match, otp, code))
    return fob_code_match_fail (error);

  start = fob_otp_get_counter (otp);
  end = get_end (otp, window);
  for (guint64 i = 0; i <= end - start; i++)
    {
      guint64 mask = 0;

      if (!fob_code_match_test (&match, otp, start + i, &mask, error))
        return FALSE;

      /* The first that matches counts. */
      found_counter = fob_code_match_select (mask & ~found, start + i, found_counter);
      found |= mask;
    }

  if (!found)
    return fob_code_match_fail (error);

  *counter = found_counter;
  return TRUE;
}

gboolean
fob_hotp_resync (FobOtp *otp,
                 const char *first,
                 const char *second,
                 guint window,
                 guint64 *counter,
                 GError **error)
{
  FobCodeMatch first_match;
  FobCodeMatch second_match;
  guint64 start = 0;
  guint64 end = 0;
  guint64 first_mask = 0;
  guint64 found = 0;
  guint64 found_counter = 0;

  g_return_val_if_fail (otp != NULL, FALSE);
  g_return_val_if_fail (first != NULL && second != NULL, FALSE);
  g_return_val_if_fail (counter != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_arguments (otp, window, error))
    return FALSE;
  if (!fob_code_match_init (&first_match, otp, first) ||
      !fob_code_match_init (&second_match, otp, second))
    return fob_code_match_fail (error);

  start = fob_otp_get_counter (otp);
  end = get_end (otp, window + 1);
  for (guint64 i = 0; i <= end - start; i++)
    {
      guint64 second_mask = 0;
      guint64 both = 0;

      /* first_mask is still that of the counter before. */
      if (!fob_code_match_test (&second_match, otp, start + i, &second_mask, error))
        return FALSE;
      both = first_mask & second_mask;
      found_counter = fob_code_match_select (both & ~found, start + i, found_counter);
      found |= both;

      if (!fob_code_match_test (&first_match, otp, start + i, &first_mask, error))
        return FALSE;
    }

  if (!found)
    return fob_code_match_fail (error);

  *counter = found_counter;
  return TRUE;
}
