/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-twin.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"

char *
fob_account_twin_dup_message (FobVault *vault, FobSecret *secret)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (vault));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FobAccount) other = g_list_model_get_item (G_LIST_MODEL (vault), i);
      g_autofree char *issuer = NULL;
      g_autofree char *name = NULL;

      if (!fob_secret_equal (secret, fob_otp_get_secret (fob_account_get_otp (other))))
        continue;

      issuer = fob_display_text (fob_account_get_issuer (other));
      name = fob_display_text (fob_account_get_name (other));
      /* Translators: service, account name */
      return g_strdup_printf (
        _ ("You already have an account with this secret: %s (%s). Both can stay."), issuer, name);
    }

  return NULL;
}
