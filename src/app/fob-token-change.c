/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-token-change.h"

#include <glib/gi18n-lib.h>

/* A counter that is set to another number is the same token, and easily put right. */
static gboolean
is_same_token (FobOtp *before, FobOtp *after)
{
  g_autoptr (FobOtp) other = fob_otp_with_counter (after, fob_otp_get_counter (before), NULL);

  return fob_otp_equal (before, other != NULL ? other : after);
}

GtkWindow *
fob_token_change_dialog_new (GtkWindow *parent, FobAccount *before, FobAccount *after)
{
  FobOtp *otp_before = fob_account_get_otp (before);
  FobOtp *otp_after = fob_account_get_otp (after);
  const gboolean secret =
    !fob_secret_equal (fob_otp_get_secret (otp_before), fob_otp_get_secret (otp_after));
  AdwMessageDialog *dialog;

  if (is_same_token (otp_before, otp_after))
    return NULL;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
    parent, secret ? _ ("Change the Secret?") : _ ("Change How Codes Are Made?"),
    secret ? _ ("Codes from the old secret can no longer be made here. Change it only if the "
                "service gave you a new one.")
           : _ ("This account will show other codes than before. Change this only if the service "
                "asks for it.")));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "change", _ ("C_hange"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "change", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");

  return GTK_WINDOW (dialog);
}
