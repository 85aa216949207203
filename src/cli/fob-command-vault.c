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
#include "fob-passphrase.h"

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

typedef struct
{
  FobCliVault vault;
  char *new_file;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->new_file, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
change_passphrase (Options *self)
{
  FobStore *store = fob_vault_session_get_store (self->vault.session);
  g_autoptr (FobSecret) passphrase = NULL;
  g_autoptr (GError) error = NULL;

  if (!FOB_IS_FILE_STORE (store))
    {
      fprintf (stderr, "fob: %s\n",
               _ ("A keyring has a password of its own. Change it where you manage your keyring."));
      return FOB_EXIT_FAILED;
    }
  passphrase = self->new_file != NULL ? fob_passphrase_read (self->new_file, &error)
                                      : fob_passphrase_ask_new (&error);
  if (passphrase == NULL ||
      !fob_file_store_change_passphrase (FOB_FILE_STORE (store), passphrase, NULL, &error))
    return fob_cli_fail (error);

  return FOB_EXIT_OK;
}

int
fob_command_vault_run (int argc, char **argv)
{
  g_auto (Options) options = { .new_file = NULL };
  const GOptionEntry entries[] = {
    { "new-passphrase-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.new_file,
      N_ ("With “passphrase”: take the new one from the first line of a file"), N_ ("FILE") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("[passphrase]"),
    N_ ("Tells where the accounts are kept, and how many there are; or changes "
        "the passphrase of a vault that is a file."));
  g_autoptr (GError) error = NULL;
  gboolean changes;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&options.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  changes = argc == 2 && g_str_equal (argv[1], "passphrase");
  if ((argc > 1 && !changes) || (options.new_file != NULL && !changes))
    return fob_cli_fail_usage (_ ("Say “passphrase” to change it, or nothing."));
  if (!fob_cli_vault_open (&options.vault, FALSE, &error))
    return fob_cli_fail (error);

  return changes ? change_passphrase (&options) : print_vault (&options.vault);
}
