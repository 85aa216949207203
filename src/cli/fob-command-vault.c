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
#include "fob-store-move.h"
#include "fob-store-place.h"

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
  const gboolean passphrase = fob_store_needs_passphrase (store);
  const guint64 generation = fob_vault_session_get_generation (vault->session);
  const guint n_accounts = fob_payload_get_n_accounts (payload);
  const guint n_trashed = fob_payload_get_n_trashed (payload);
  const guint n_unreadable = fob_payload_get_n_unreadable (payload);

  if (vault->json)
    return fob_account_json_print (json_pack (
             "{s:s, s:b, s:s, s:I, s:i, s:i, s:i}", "place", place, "passphrase", passphrase, "id",
             fob_payload_get_vault_id (payload), "generation", (json_int_t) generation, "accounts",
             (int) n_accounts, "trash", (int) n_trashed, "unreadable", (int) n_unreadable))
             ? FOB_EXIT_OK
             : FOB_EXIT_FAILED;

  printf ("%s: %s\n", _ ("Place"), place);
  printf ("%s: %s\n", _ ("Passphrase of its own"), passphrase ? _ ("yes") : _ ("no"));
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
  gboolean none;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->new_file, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static FobSecret *
get_new_passphrase (Options *self, GError **error)
{
  return self->new_file != NULL ? fob_passphrase_read (self->new_file, error)
                                : fob_passphrase_ask_new (error);
}

static int
change_passphrase (Options *self)
{
  FobStore *store = fob_vault_session_get_store (self->vault.session);
  g_autoptr (FobSecret) passphrase = NULL;
  g_autofree char *notice = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->none)
    {
      passphrase = get_new_passphrase (self, &error);
      if (passphrase == NULL)
        return fob_cli_fail (error);
    }
  if (!fob_vault_session_change_passphrase (self->vault.session, NULL, passphrase, NULL, &error))
    return fob_cli_fail (error);
  if (passphrase == NULL)
    printf ("%s\n", _ ("The accounts open with the keyring now."));
  else if (!FOB_IS_FILE_STORE (store))
    printf ("%s\n", _ ("The accounts open with this passphrase now, on top of the keyring."));
  notice = fob_store_dup_notice (store);
  if (notice != NULL)
    g_printerr ("fob: %s\n", notice);

  return fflush (stdout) == 0 ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

/* Where it will not be found by itself, people should know how. */
static void
print_moved (const char *path)
{
  g_autofree char *default_path = fob_file_store_dup_default_path ();
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  if (g_str_equal (path, "keyring"))
    printf ("%s\n", _ ("The accounts are in the keyring now."));
  else if (g_str_equal (full, default_path))
    printf (_ ("The accounts are in “%s” now.\n"), full);
  else
    printf (_ ("The accounts are in “%s” now. Say --vault with this path, or set KEYFOB_VAULT to "
               "it.\n"),
            full);
}

static int
move (Options *self, const char *place)
{
  FobStore *from = fob_vault_session_get_store (self->vault.session);
  g_autoptr (FobStore) to = fob_store_new_for_place (place);
  g_autoptr (FobSecret) passphrase = NULL;
  g_autoptr (GError) error = NULL;

  if (self->new_file != NULL || FOB_IS_FILE_STORE (to))
    {
      passphrase = get_new_passphrase (self, &error);
      if (passphrase == NULL)
        return fob_cli_fail (error);
    }
  if (!fob_store_move (from, to, passphrase, NULL, &error))
    return fob_cli_fail (error);
  print_moved (place);

  return fflush (stdout) == 0 ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

static const char *
check_usage (Options *self, int argc, char **argv)
{
  const gboolean changes = argc == 2 && g_str_equal (argv[1], "passphrase");
  const gboolean moves = argc == 3 && g_str_equal (argv[1], "move");

  if (argc > 1 && !changes && !moves)
    return _ ("Say “passphrase” to change it, “move” and a place, or nothing.");
  if (self->new_file != NULL && !changes && !moves)
    return _ ("--new-passphrase-file goes with “passphrase” or “move”.");
  if (self->none && (!changes || self->new_file != NULL))
    return _ ("--none goes with “passphrase”, and with no new one.");

  return NULL;
}

int
fob_command_vault_run (int argc, char **argv)
{
  g_auto (Options) options = { .new_file = NULL };
  const GOptionEntry entries[] = {
    { "new-passphrase-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.new_file,
      N_ ("Take the new passphrase from the first line of a file"), N_ ("FILE") },
    { "none", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.none,
      N_ ("With “passphrase”: let the keyring alone protect the accounts again"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("[passphrase | move keyring|PATH]"),
    N_ ("Tells where the accounts are kept, and how many there are; changes the passphrase of a "
        "file, or sets one for the keyring too; or moves the accounts."));
  g_autoptr (GError) error = NULL;
  const char *wrong;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&options.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  wrong = check_usage (&options, argc, argv);
  if (wrong != NULL)
    return fob_cli_fail_usage (wrong);
  if (!fob_cli_vault_open (&options.vault, FALSE, &error))
    return fob_cli_fail (error);
  if (argc == 1)
    return print_vault (&options.vault);

  return argc == 2 ? change_passphrase (&options) : move (&options, argv[2]);
}
