/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-cli-vault.h"

int
fob_command_unlock_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    NULL, N_ ("Lets the keyring ask for its password, or tries the passphrase of a file."));
  g_autoptr (GError) error = NULL;

  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc > 1)
    return fob_cli_fail_usage (_ ("There is nothing more to say to this command."));
  if (!fob_cli_vault_open (&vault, FALSE, &error))
    return fob_cli_fail (error);
  if (fob_store_needs_passphrase (fob_vault_session_get_store (vault.session)))
    fprintf (stderr, "%s\n",
             _ ("The passphrase is right. A file stays closed all the same: every command asks "
                "for it, or takes it from --passphrase-file."));

  return FOB_EXIT_OK;
}
