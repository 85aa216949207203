/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-backup-folder.h"
#include "fob-cli-vault.h"
#include "fob-export.h"
#include "fob-passphrase.h"
#include "fob-query.h"

#define DEFAULT_FORMAT "keyfob"

typedef struct
{
  FobCliVault vault;
  char *format_id;
  char *passphrase_file;
  char **queries;
  gboolean yes;
  gboolean force;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->format_id, g_free);
  g_clear_pointer (&self->passphrase_file, g_free);
  g_clear_pointer (&self->queries, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Returns: (transfer full) (nullable): all of them, or those that were named. */
static GPtrArray *
list_accounts (Options *self)
{
  FobPayload *payload = fob_cli_vault_get_payload (&self->vault);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->queries == NULL)
    return fob_query_list (payload, NULL);
  for (gsize i = 0; self->queries[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) matches = fob_query_list (payload, self->queries[i]);

      if (matches->len == 0)
        {
          int status;

          fob_query_pick (matches, &status);
          return NULL;
        }
      for (guint j = 0; j < matches->len; j++)
        {
          if (!g_ptr_array_find (accounts, matches->pdata[j], NULL))
            g_ptr_array_add (accounts, g_object_ref (matches->pdata[j]));
        }
    }

  return g_steal_pointer (&accounts);
}

static void
print_losses (FobExport *plan)
{
  for (guint i = 0; i < fob_export_get_n_losses (plan); i++)
    {
      const FobExportLoss *loss = fob_export_get_loss (plan, i);

      fprintf (stderr,
               ngettext ("fob: %s (%u account)\n", "fob: %s (%u accounts)\n", loss->n_accounts),
               loss->reason, loss->n_accounts);
    }
}

/* A file that anybody can read is asked about, where there is somebody to ask. */
static gboolean
confirm_readable (Options *self, guint n_accounts)
{
  char answer[16] = "";

  fprintf (stderr,
           ngettext ("fob: The file will hold the secret of %u account, readable by anybody who "
                     "gets hold of it.\n",
                     "fob: The file will hold the secrets of %u accounts, readable by anybody who "
                     "gets hold of it.\n",
                     n_accounts),
           n_accounts);
  if (self->yes || !isatty (STDIN_FILENO))
    return TRUE;
  /* Translators: the letter for yes is y, as the answer that is looked for */
  fprintf (stderr, "%s ", _ ("Write it all the same? [y/N]"));

  return fgets (answer, sizeof answer, stdin) != NULL && g_ascii_strncasecmp (answer, "y", 1) == 0;
}

static gboolean
write_output (const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (name, "-"))
    {
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);

      if (fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0)
        return TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("The standard output took not all of it."));
      return FALSE;
    }
  file = g_file_new_for_commandline_arg (name);

  return fob_backup_file_write (file, bytes, NULL, error);
}

/* @plan: of what can be written */
static int
write_export (Options *self, const FobFormat *format, FobExport *plan, const char *name)
{
  const gboolean encrypts = format->encrypts && (!format->text || self->passphrase_file != NULL);
  g_autoptr (FobSecret) passphrase = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  print_losses (plan);
  if (!encrypts && !confirm_readable (self, fob_export_get_n_accounts (plan)))
    {
      fprintf (stderr, "fob: %s\n", _ ("Nothing was written."));
      return FOB_EXIT_FAILED;
    }
  if (encrypts)
    {
      passphrase = self->passphrase_file != NULL
                     ? fob_passphrase_read (self->passphrase_file, &error)
                     : fob_passphrase_ask_new (&error);
      if (passphrase == NULL)
        return fob_cli_fail (error);
    }
  bytes = fob_export_serialise (plan, passphrase, &error);
  if (bytes == NULL || !write_output (name, bytes, &error))
    return fob_cli_fail (error);

  return fob_export_get_n_left_out (plan) > 0 ? FOB_EXIT_PARTLY : FOB_EXIT_OK;
}

static int
run (Options *self, const FobFormat *format, const char *name)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (FobExport) plan = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!fob_cli_vault_open (&self->vault, FALSE, &error))
    return fob_cli_fail (error);
  accounts = list_accounts (self);
  if (accounts == NULL)
    return FOB_EXIT_FAILED;
  if (accounts->len == 0)
    {
      fprintf (stderr, "fob: %s\n", _ ("There are no accounts to export."));
      return FOB_EXIT_FAILED;
    }
  plan = fob_export_new (format, accounts);
  status = write_export (self, format, plan, name);
  if (self->vault.json && (status == FOB_EXIT_OK || status == FOB_EXIT_PARTLY) &&
      !fob_account_json_print (json_pack ("{s:s, s:i, s:i}", "format", format->id, "accounts",
                                          (int) fob_export_get_n_accounts (plan), "left_out",
                                          (int) fob_export_get_n_left_out (plan))))
    return FOB_EXIT_FAILED;

  return status;
}

int
fob_command_export_run (int argc, char **argv)
{
  g_auto (Options) options = { .format_id = NULL };
  const GOptionEntry entries[] = {
    { "format", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.format_id,
      N_ ("What to write; keyfob, an encrypted backup, if nothing is said"), N_ ("FORMAT") },
    { "passphrase-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.passphrase_file,
      N_ ("Take the file's passphrase from the first line of another, or of the standard input"),
      N_ ("FILE|-") },
    { "account", 'a', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &options.queries,
      N_ ("Only accounts that fit; may be given again"), N_ ("QUERY") },
    { "yes", 'y', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.yes,
      N_ ("Do not ask about a file that anybody can read"), NULL },
    { "force", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.force,
      N_ ("Replace a file that is there"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("FILE"), N_ ("Writes accounts to a file, encrypted or for other apps."));
  const FobFormat *format;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_beside (&options.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc != 2)
    return fob_cli_fail_usage (_ ("Which file? Name one, or “-” for the standard output."));
  format = fob_format_find (options.format_id != NULL ? options.format_id : DEFAULT_FORMAT);
  if (format == NULL || format->serialise == NULL)
    return fob_cli_fail_usage (_ ("There is no such format to write. fob(1) lists them."));
  if (options.vault.json && g_str_equal (argv[1], "-"))
    return fob_cli_fail_usage (_ ("The standard output is for the file: leave --json out."));
  if (!options.force && !g_str_equal (argv[1], "-") && g_file_test (argv[1], G_FILE_TEST_EXISTS))
    return fob_cli_fail_usage (
      _ ("There is a file of this name. Choose another one, or say --force."));

  return run (&options, format, argv[1]);
}
