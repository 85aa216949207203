/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-vault-error.h"

#include <glib/gi18n-lib.h>

#include "fob-account-error.h"

G_DEFINE_QUARK (fob - vault - error - quark, fob_vault_error)

gboolean
fob_vault_error_from_envelope (GError *cause, gboolean reopened, GError **error)
{
  FobVaultError code = FOB_VAULT_ERROR_DAMAGED;

  if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE))
    code = reopened ? FOB_VAULT_ERROR_LOCKED : FOB_VAULT_ERROR_PASSPHRASE;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION))
    code = FOB_VAULT_ERROR_VERSION;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_CRYPTO))
    code = FOB_VAULT_ERROR_STORAGE;
  g_set_error_literal (error, FOB_VAULT_ERROR, (gint) code, cause->message);
  g_error_free (cause);

  return FALSE;
}

gboolean
fob_vault_error_fail_conflict (GError **error)
{
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT,
                       _ ("The accounts were changed elsewhere at the same moment."));

  return FALSE;
}
