/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-file-store.h"

static void
print_line (const char *name, guint64 number)
{
  printf ("%s: %" G_GUINT64_FORMAT "\n", name, number);
}

static int
print_vault (FobCliVault *vault)
{
  FobStore *store = fob_vault_session_get_store (vault->session);
  FobPayload *payload = fob_cli_vault_get_payload (vault);
  const char *place =
    FOB_IS_FILE_STORE (store) ? fob_file_store_get_path (FOB_FILE_STORE (store)) : "keyring";
  const guint64 generation = fob_vault_session_get_generation (vault->session);
  const guint n_accounts = fob_payload_get_n_accounts (payload);
  const guint n_trashed = fob_payload_get_n_trashed (payload);
  const guint n_unreadable = fob_payload_get_n_unreadable (payload);

  if (vault->json)
    return fob_account_json_print (json_pack (
             "{s:s, s:s, s:I, s:i, s:i, s:i}", "place", place, "id",
             fob_payload_get_vault_id (payload), "generation", (json_int_t) generation, "accounts",
             (int) n_accounts, "trash", (int) n_trashed, "unreadable", (int) n_unreadable))
             ? FOB_EXIT_OK
             : FOB_EXIT_FAILED;

  printf ("%s: %s\n", _ ("Place"), place);
  printf ("%s: %s\n", _ ("ID"), fob_payload_get_vault_id (payload));
  print_line (_ ("Generation"), generation);
  print_line (_ ("Accounts"), n_accounts);
  print_line (_ ("In the trash"), n_trashed);
  print_line (_ ("Not readable"), n_unreadable);

  return fflush (stdout) == 0 ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

int
fob_command_vault_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  g_autoptr (GOptionContext) context =
    fob_cli_context_new (NULL, N_ ("Tells where the accounts are kept, and how many there are."));
  g_autoptr (GError) error = NULL;

  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc > 1)
    return fob_cli_fail_usage (_ ("There is nothing more to say to this command."));
  if (!fob_cli_vault_open (&vault, FALSE, &error))
    return fob_cli_fail (error);

  return print_vault (&vault);
}
