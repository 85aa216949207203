/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-backup-folder.h"
#include "fob-backup-key.h"
#include "fob-backup.h"
#include "fob-cli-vault.h"
#include "fob-merge-text.h"
#include "fob-passphrase.h"

/* What was asked for. */
typedef struct
{
  FobCliVault vault;
  char *passphrase_file;
  gboolean merge;
  gboolean replace;
  gboolean dry_run;
} Restore;

static void
restore_clear (Restore *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->passphrase_file, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, restore_clear)

/* With the keys at hand if one fits, and else with a passphrase. */
static FobPayload *
open_backup (Restore *self, const char *place, GError **error)
{
  const char *vault_id = fob_payload_get_vault_id (fob_cli_vault_get_payload (&self->vault));
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (place);
  g_autoptr (GBytes) bytes = fob_backup_file_read (file, NULL, error);
  g_autoptr (FobEnvelope) envelope =
    fob_store_ref_envelope (fob_vault_session_get_store (self->vault.session));
  g_autoptr (FobSecret) passphrase = NULL;
  FobPayload *payload = NULL;

  if (bytes == NULL)
    return NULL;
  if (fob_envelope_peek_generation (bytes) == 0)
    {
      g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
                           _ ("This is no backup, or it is damaged. It was left as it is."));
      return NULL;
    }
  if (envelope == NULL && !fob_backup_key_load (vault_id, FALSE, &envelope, NULL, NULL))
    envelope = NULL;
  if (envelope != NULL)
    payload = fob_backup_unseal (bytes, envelope, NULL);
  if (payload != NULL)
    return payload;

  passphrase = self->passphrase_file != NULL
                 ? fob_passphrase_read (self->passphrase_file, error)
                 : fob_passphrase_ask (_ ("Passphrase of the backup: "), error);

  return passphrase != NULL ? fob_backup_open_file (bytes, passphrase, error) : NULL;
}

static gboolean
print_json (FobMerge *merge)
{
  static const char *const names[FOB_MERGE_N_STATUSES] = { "new", "changed", "removed", "kept",
                                                           "identical" };
  json_t *accounts = json_array ();

  for (guint i = 0; i < fob_merge_get_n_items (merge); i++)
    {
      const FobMergeItem *item = fob_merge_get_item (merge, i);
      FobAccount *account = item->ours != NULL ? item->ours : item->theirs;

      json_array_append_new (
        accounts, json_pack ("{s:s, s:s, s:s, s:s}", "id", fob_account_get_id (account), "issuer",
                             fob_account_get_issuer (account), "account",
                             fob_account_get_name (account), "status", names[item->status]));
    }

  return fob_account_json_print (json_pack ("{s:o, s:i}", "accounts", accounts, "unreadable",
                                            (int) fob_merge_get_n_unreadable (merge)));
}

static gboolean
print_plan (Restore *self, FobMerge *merge)
{
  g_autofree char *summary = fob_merge_text_summarise (merge, FOB_MERGE_TENSE_PLAN);

  if (self->vault.json)
    return print_json (merge);
  for (guint i = 0; i < fob_merge_get_n_items (merge); i++)
    {
      const FobMergeItem *item = fob_merge_get_item (merge, i);
      g_autofree char *title =
        fob_merge_text_dup_title (item->theirs != NULL ? item->theirs : item->ours);

      if (item->status != FOB_MERGE_IDENTICAL)
        printf ("%s: %s\n", title, fob_merge_text_describe (item, FOB_MERGE_TENSE_PLAN));
    }

  return printf ("%s\n", summary) > 0 && fflush (stdout) == 0;
}

/* What was said is what happens: nothing is changed that could not be said. */
static gboolean
restore (Restore *self, const char *place, GError **error)
{
  g_autoptr (FobPayload) payload = open_backup (self, place, error);
  g_autoptr (FobMerge) merge = NULL;
  g_autoptr (FobEdit) edit = NULL;

  if (payload == NULL)
    return FALSE;
  merge = fob_merge_new (fob_cli_vault_get_payload (&self->vault), payload,
                         self->replace ? FOB_MERGE_REPLACE : FOB_MERGE_RESTORE);
  if (!print_plan (self, merge))
    return FALSE;
  edit = fob_merge_dup_edit (merge);

  return self->dry_run || edit == NULL || fob_vault_session_edit (self->vault.session, edit, error);
}

int
fob_command_restore_run (int argc, char **argv)
{
  g_auto (Restore) self = { .passphrase_file = NULL };
  const GOptionEntry entries[] = {
    { "merge", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &self.merge,
      N_ ("Bring back what is missing; the default"), NULL },
    { "replace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &self.replace,
      N_ ("Make the accounts those of the backup; others go to the trash"), NULL },
    { "dry-run", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &self.dry_run,
      N_ ("Say what would happen, and change nothing"), NULL },
    { "passphrase-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &self.passphrase_file,
      N_ ("Take the backup's passphrase from the first line of a file, or of the standard input"),
      N_ ("FILE|-") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("FILE"), N_ ("Brings accounts back from a backup, or from an encrypted Aegis vault, as one "
                     "change. Says what happens to which account."));
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_beside (&self.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc != 2 || (self.replace && self.merge))
    return fob_cli_fail_usage (_ ("Name one file, and one way to restore it."));
  if (!fob_cli_vault_open (&self.vault, FALSE, &error) || !restore (&self, argv[1], &error))
    return error != NULL ? fob_cli_fail (error) : FOB_EXIT_FAILED;

  return FOB_EXIT_OK;
}
