/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-otp-uri.h"
#include "fob-query.h"
#include "fob-wipe.h"

int
fob_command_uri_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  gboolean with_secret = FALSE;
  const GOptionEntry entries[] = {
    { "show-secret", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_secret,
      N_ ("Confirm that the link may be shown: the secret is in it"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("QUERY…"), N_ ("Prints the otpauth:// link of an account, which holds its secret."));
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *query = NULL;
  g_auto (FobWipedString) uri = NULL;
  FobAccount *account;
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc < 2)
    return fob_cli_fail_usage (_ ("Which account? Give a part of its name."));
  if (!with_secret)
    return fob_cli_fail_usage (
      _ ("The link holds the secret of the account. Say --show-secret if it may be seen."));
  if (!fob_cli_vault_open (&vault, FALSE, &error))
    return fob_cli_fail (error);

  query = g_strjoinv (" ", argv + 1);
  matches = fob_query_list (fob_cli_vault_get_payload (&vault), query);
  account = fob_query_pick (matches, &status);
  if (account == NULL)
    return status;
  uri = fob_otp_uri_format (fob_account_get_otp (account), fob_account_get_issuer (account),
                            fob_account_get_name (account));
  if (vault.json)
    return fob_account_json_print (
             json_pack ("{s:s, s:s}", "id", fob_account_get_id (account), "uri", uri))
             ? FOB_EXIT_OK
             : FOB_EXIT_FAILED;

  return printf ("%s\n", uri) > 0 && fflush (stdout) == 0 ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}
