/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-display-text.h"
#include "fob-format.h"
#include "fob-import-input.h"
#include "fob-import-plan.h"
#include "fob-json.h"
#include "fob-passphrase.h"
#include "fob-query.h"
#include "fob-wipe.h"

#define MOST_TRIES 3

typedef struct
{
  FobCliVault vault;
  char *format_id;
  char *passphrase_file;
  gboolean dry_run;
  gboolean show_secrets;
  gboolean again;

  GPtrArray *accounts; /* of FobAccount: read */
  json_t *skipped;
  const FobFormat *format; /* of all files; NULL if they differ */
  guint n_files;
  guint n_skipped;
  guint n_there;
} Import;

static void
import_clear (Import *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->format_id, g_free);
  g_clear_pointer (&self->passphrase_file, g_free);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->skipped, json_decref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

/* Reading */

static FobSecret *
ask (Import *self, const char *name, GError **error)
{
  g_autofree char *shown = fob_display_text (name);
  g_autofree char *prompt = NULL;

  if (self->passphrase_file != NULL)
    return fob_passphrase_read (self->passphrase_file, error);
  /* Translators: the name of a file; keep the space at the end */
  prompt = g_strdup_printf (_ ("Passphrase of %s: "), shown);

  return fob_passphrase_ask (prompt, error);
}

/* Asks where a passphrase is needed, again where it was wrong and somebody typed it. */
static FobImport *
read_document (Import *self,
               const char *name,
               GBytes *bytes,
               const FobFormat *format,
               GError **error)
{
  g_autoptr (GError) cause = NULL;
  FobImport *import = fob_format_import (bytes, format, NULL, NULL, &cause);
  guint n_tries = self->passphrase_file != NULL ? 1 : MOST_TRIES;

  while (import == NULL && n_tries > 0 &&
         (g_error_matches (cause, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE) ||
          g_error_matches (cause, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_PASSPHRASE)))
    {
      g_autoptr (FobSecret) passphrase = NULL;

      if (g_error_matches (cause, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_PASSPHRASE))
        fprintf (stderr, "fob: %s\n", cause->message);
      g_clear_error (&cause);
      passphrase = ask (self, name, error);
      if (passphrase == NULL)
        return NULL;
      import = fob_format_import (bytes, format, passphrase, NULL, &cause);
      n_tries--;
    }
  if (import == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));

  return import;
}

static void
take_import (Import *self, FobImport *import)
{
  for (guint i = 0; i < fob_import_get_n_accounts (import); i++)
    g_ptr_array_add (self->accounts, g_object_ref (fob_import_get_account (import, i)));
  for (guint i = 0; i < fob_import_get_n_skipped (import); i++)
    {
      const FobImportSkip *skip = fob_import_get_skipped (import, i);
      g_autofree char *name = fob_display_text (skip->name);

      json_array_append_new (self->skipped,
                             json_pack ("{s:i, s:s, s:s}", "index", (int) skip->index, "name", name,
                                        "reason", skip->reason));
      if (!self->vault.json)
        fprintf (stderr, _ ("fob: entry %u (%s): %s\n"), skip->index + 1, name, skip->reason);
      self->n_skipped++;
    }
}

static gboolean
read_input (Import *self, FobImportInput *input, GError **error)
{
  g_autoptr (FobImport) import =
    read_document (self, input->name, input->bytes, input->format, error);

  if (import == NULL)
    return FALSE;

  self->format = self->n_files == 0 || self->format == input->format ? input->format : NULL;
  self->n_files++;
  take_import (self, import);

  return TRUE;
}

/* What comes in several parts is one file, wherever its parts are among the others. */
static gboolean
add_input (GPtrArray *inputs, const char *name, const FobFormat *format, GError **error)
{
  FobImportInput *input = fob_import_input_read (name, format, error);

  if (input == NULL)
    return FALSE;
  for (guint i = 0; i < inputs->len; i++)
    {
      if (fob_import_input_append (inputs->pdata[i], input))
        {
          fob_import_input_free (input);
          return TRUE;
        }
    }
  g_ptr_array_add (inputs, input);

  return TRUE;
}

static int
fail_input (const char *name, GError **error)
{
  g_autofree char *shown = fob_display_text (name);

  g_prefix_error (error, "%s: ", shown);
  fob_cli_fail (*error);

  return FOB_EXIT_FAILED;
}

/* Storing */

static GPtrArray *
list_existing (Import *self)
{
  return fob_query_list (fob_cli_vault_get_payload (&self->vault), NULL);
}

/* What is there already stays out, unless it is wanted once more. */
static FobEdit *
create_edit (Import *self)
{
  g_autoptr (GPtrArray) existing = list_existing (self);
  g_autoptr (FobImportPlan) plan = fob_import_plan_new (self->accounts, existing);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      if (self->again || fob_import_plan_get_status (plan, i, NULL) != FOB_IMPORT_DUPLICATE)
        g_ptr_array_add (edits, fob_edit_new_add (self->accounts->pdata[i], G_MAXUINT));
    }
  self->n_there = self->accounts->len - edits->len;

  return edits->len > 0 ? fob_edit_new_batch (edits) : NULL;
}

static gboolean
store (Import *self, GError **error)
{
  g_autoptr (FobEdit) edit = NULL;

  if (!fob_cli_vault_open (&self->vault, TRUE, error))
    return FALSE;
  edit = create_edit (self);

  return edit == NULL || fob_vault_session_edit (self->vault.session, edit, error);
}

/* Reporting */

static gboolean
print_json (Import *self)
{
  json_t *accounts = json_array ();

  for (guint i = 0; i < self->accounts->len; i++)
    json_array_append_new (accounts,
                           fob_account_json_new (self->accounts->pdata[i], self->show_secrets));

  return fob_account_json_print (json_pack ("{s:s, s:o, s:O}", "format",
                                            self->format != NULL ? self->format->id : "mixed",
                                            "accounts", accounts, "skipped", self->skipped));
}

static void
print_account (Import *self, FobAccount *account)
{
  g_autofree char *title = fob_query_dup_title (account);
  g_autofree char *shown = fob_display_text (title);

  printf ("%s\t%s\n", fob_otp_kind_to_string (fob_otp_get_kind (fob_account_get_otp (account))),
          shown);
}

static gboolean
print_report (Import *self)
{
  const guint n_new = self->accounts->len - self->n_there;

  if (self->vault.json)
    return print_json (self);
  if (self->dry_run)
    {
      for (guint i = 0; i < self->accounts->len; i++)
        print_account (self, self->accounts->pdata[i]);
      return fflush (stdout) == 0;
    }

  fprintf (stderr, ngettext ("%u account was imported.\n", "%u accounts were imported.\n", n_new),
           n_new);
  if (self->n_there > 0)
    fprintf (stderr,
             ngettext ("%u account was there already.\n", "%u accounts were there already.\n",
                       self->n_there),
             self->n_there);

  return TRUE;
}

static int
run (Import *self, int argc, char **argv)
{
  const FobFormat *format = self->format_id != NULL ? fob_format_find (self->format_id) : NULL;
  g_autoptr (GPtrArray) inputs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_import_input_free);
  g_autoptr (GError) error = NULL;

  fob_json_init ();
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->skipped = json_array ();
  /* All of the files, or nothing. */
  for (int i = 1; i < argc; i++)
    {
      if (!add_input (inputs, argv[i], format, &error))
        return fail_input (argv[i], &error);
    }
  for (guint i = 0; i < inputs->len; i++)
    {
      FobImportInput *input = inputs->pdata[i];

      if (!read_input (self, input, &error))
        return fail_input (input->name, &error);
    }
  if (!self->dry_run && self->accounts->len > 0 && !store (self, &error))
    return fob_cli_fail (error);
  if (!print_report (self) || self->accounts->len == 0)
    return FOB_EXIT_FAILED;

  return self->n_skipped > 0 ? FOB_EXIT_PARTLY : FOB_EXIT_OK;
}

int
fob_command_import_run (int argc, char **argv)
{
  g_auto (Import) import = { .format = NULL };
  const GOptionEntry entries[] = {
    { "format", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &import.format_id,
      N_ ("What the files are, if they are not recognised"), N_ ("FORMAT") },
    { "passphrase-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &import.passphrase_file,
      N_ ("Take the files' passphrase from the first line of a file, or of the standard input"),
      N_ ("FILE|-") },
    { "dry-run", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &import.dry_run,
      N_ ("Only tell what would come in"), NULL },
    { "again", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &import.again,
      N_ ("Bring in what is there already, too"), NULL },
    { "show-secrets", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &import.show_secrets,
      N_ ("With --json: print the secrets too"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("FILE…"), N_ ("Brings in accounts from backups and exports of other apps."));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_beside (&import.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc < 2)
    return fob_cli_fail_usage (_ ("Which file? Name at least one, or “-”."));
  if (import.show_secrets && !import.vault.json)
    return fob_cli_fail_usage (_ ("--show-secrets goes with --json."));
  if (import.format_id != NULL && fob_format_find (import.format_id) == NULL)
    return fob_cli_fail_usage (_ ("There is no such format. fob(1) lists them."));

  return run (&import, argc, argv);
}
