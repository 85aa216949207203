/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <glib/gi18n-lib.h>

#include "fob-cli-vault.h"
#include "fob-query.h"

int
fob_command_restore_account_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  g_autoptr (GOptionContext) context =
    fob_cli_context_new (N_ ("QUERY…"), N_ ("Takes an account out of the trash."));
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (FobEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *query = NULL;
  FobAccount *account;
  int status;

  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc < 2)
    return fob_cli_fail_usage (_ ("Which account? “fob list --trash” shows those that are there."));
  if (!fob_cli_vault_open (&vault, FALSE, &error))
    return fob_cli_fail (error);

  query = g_strjoinv (" ", argv + 1);
  matches = fob_query_list_trash (fob_cli_vault_get_payload (&vault), query);
  account = fob_query_pick (matches, &status);
  if (account == NULL)
    return status;
  edit = fob_edit_new_restore (fob_account_get_id (account), G_MAXUINT);
  if (!fob_vault_session_edit (vault.session, edit, &error))
    return fob_cli_fail (error);

  return FOB_EXIT_OK;
}
