/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-totp-verify.h"

#include <glib/gi18n-lib.h>

#include "fob-code-match.h"

static gboolean
check_arguments (FobOtp *otp, gint64 unix_time, guint window, GError **error)
{
  if (!fob_otp_is_time_based (otp))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("The codes of this kind of token do not follow the clock."));
      return FALSE;
    }
  if (unix_time < 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_TIME,
                           _ ("There are no codes for times before 1970."));
      return FALSE;
    }

  return fob_code_match_check_window (window, error);
}

gboolean
fob_totp_verify (FobOtp *otp,
                 const char *code,
                 gint64 unix_time,
                 guint window,
                 FobTotpState *state,
                 GError **error)
{
  FobCodeMatch match;
  gint64 now = 0;
  gint64 drift = 0;
  guint64 found = 0;
  guint64 found_step = 0;

  g_return_val_if_fail (otp != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (state != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_arguments (otp, unix_time, window, error))
    return FALSE;
  if (!fob_code_match_init (&match, otp, code))
    return fob_code_match_fail (error);

  now = unix_time / (gint64) fob_otp_get_period (otp);
  drift = CLAMP (state->drift, -FOB_VERIFY_DRIFT_MAX, FOB_VERIFY_DRIFT_MAX);
  for (gint64 offset = drift - (gint64) window; offset <= drift + (gint64) window; offset++)
    {
      guint64 mask = 0;

      /* What is skipped here depends on nothing secret. */
      if (offset < -FOB_VERIFY_DRIFT_MAX || offset > FOB_VERIFY_DRIFT_MAX ||
          offset > G_MAXINT64 - now || now + offset < 0 || now + offset <= state->last_step)
        continue;

      if (!fob_code_match_test (&match, otp, (guint64) (now + offset), &mask, error))
        return FALSE;

      /* The last that matches counts: should two steps have the same code, it is used up for both.
       */
      found_step = fob_code_match_select (mask, (guint64) (now + offset), found_step);
      found |= mask;
    }

  if (!found)
    return fob_code_match_fail (error);

  state->drift = (gint64) found_step - now;
  state->last_step = (gint64) found_step;
  return TRUE;
}
