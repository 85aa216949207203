/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-backup-folder.h"
#include "fob-backup-key.h"
#include "fob-backup-status.h"
#include "fob-backup.h"
#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-display-text.h"
#include "fob-passphrase.h"

/* What was asked for. */
typedef struct
{
  FobCliVault vault;
  char *passphrase_file;
} Backup;

static void
backup_clear (Backup *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->passphrase_file, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Backup, backup_clear)

static const char *
get_vault_id (Backup *self)
{
  return fob_payload_get_vault_id (fob_cli_vault_get_payload (&self->vault));
}

static FobSecret *
get_new_passphrase (Backup *self, GError **error)
{
  if (self->passphrase_file != NULL)
    return fob_passphrase_read (self->passphrase_file, error);

  fprintf (stderr, "%s\n",
           _ ("No backup passphrase is set yet. Choose one, write it down and keep it safe: when "
              "this computer is lost, it is the only way to open the backups."));

  return fob_passphrase_ask_new (error);
}

/* The vault's own envelope, the key from the keyring, or a new one for a new passphrase. */
static FobEnvelope *
find_envelope (Backup *self, GError **error)
{
  FobEnvelope *own = fob_store_ref_envelope (fob_vault_session_get_store (self->vault.session));
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autoptr (FobSecret) passphrase = NULL;

  if (own != NULL)
    return own;
  if (!fob_backup_key_load (get_vault_id (self), FALSE, &envelope, NULL, error))
    return NULL;
  if (envelope != NULL)
    return g_steal_pointer (&envelope);

  passphrase = get_new_passphrase (self, error);
  if (passphrase == NULL)
    return NULL;
  envelope = fob_envelope_new (passphrase, error);
  if (envelope == NULL || !fob_backup_key_store (get_vault_id (self), envelope, NULL, error))
    return NULL;

  return g_steal_pointer (&envelope);
}

/* @place: (nullable). Returns: (nullable): the folder or the file. */
static GFile *
find_target (Backup *self, const char *place, GError **error)
{
  g_auto (FobBackupStatus) status = { 0 };

  if (place != NULL)
    return g_file_new_for_commandline_arg (place);
  fob_backup_status_read (&status, get_vault_id (self));
  if (status.folder != NULL)
    return g_file_new_for_uri (status.folder);

  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND,
                       _ ("No folder for backups is known yet. Name one."));

  return NULL;
}

static gboolean
print_file (Backup *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *shown = fob_display_text (name);

  if (self->vault.json)
    return fob_account_json_print (json_pack ("{s:s}", "file", uri));

  return printf ("%s\n", shown) > 0 && fflush (stdout) == 0;
}

static gboolean
back_up_into_folder (Backup *self, FobEnvelope *envelope, GFile *folder, GError **error)
{
  const guint64 generation = fob_vault_session_get_generation (self->vault.session);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *uri = g_file_get_uri (folder);
  g_autoptr (GError) cause = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;
  FobBackupName written;

  if (!fob_backup_run (folder, fob_cli_vault_get_payload (&self->vault), generation, envelope, now,
                       &written, NULL, &cause))
    {
      fob_backup_status_note_failed (get_vault_id (self), uri, cause, now);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  fob_backup_status_note_made (get_vault_id (self), uri, generation, now);
  name = fob_backup_name_format (&written);
  file = g_file_get_child (folder, name);

  return print_file (self, file);
}

static gboolean
back_up_into_file (Backup *self, FobEnvelope *envelope, GFile *file, GError **error)
{
  FobPayload *payload = fob_cli_vault_get_payload (&self->vault);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FobPayload) back = NULL;

  if (g_file_query_exists (file, NULL))
    {
      g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
                           _ ("There is a file of this name already. It was left as it is."));
      return FALSE;
    }
  bytes = fob_backup_seal (payload, fob_vault_session_get_generation (self->vault.session),
                           envelope, error);
  if (bytes == NULL || !fob_backup_file_write (file, bytes, NULL, error))
    return FALSE;
  back = fob_backup_unseal (bytes, envelope, error);
  if (back == NULL)
    return FALSE;
  if (!fob_backup_same (payload, back))
    {
      g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
                           _ ("The file is not the same as your accounts. Please report this."));
      return FALSE;
    }

  return print_file (self, file);
}

static gboolean
back_up (Backup *self, const char *place, GError **error)
{
  g_autoptr (GFile) target = find_target (self, place, error);
  g_autoptr (FobEnvelope) envelope = target != NULL ? find_envelope (self, error) : NULL;

  if (envelope == NULL)
    return FALSE;

  return place == NULL ||
             g_file_query_file_type (target, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY
           ? back_up_into_folder (self, envelope, target, error)
           : back_up_into_file (self, envelope, target, error);
}

int
fob_command_backup_run (int argc, char **argv)
{
  g_auto (Backup) backup = { .passphrase_file = NULL };
  const GOptionEntry entries[] = {
    { "passphrase-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &backup.passphrase_file,
      N_ ("Take a new backup passphrase from the first line of a file, or of the standard input"),
      N_ ("FILE|-") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("[FOLDER|FILE]"),
    N_ ("Makes an encrypted copy of all accounts, reads it back and compares it. In a folder "
        "older copies are thinned out; without one it goes where the last one went."));
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_beside (&backup.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc > 2)
    return fob_cli_fail_usage (_ ("Name one folder or one file."));
  if (!fob_cli_vault_open (&backup.vault, FALSE, &error) ||
      !back_up (&backup, argc == 2 ? argv[1] : NULL, &error))
    return error != NULL ? fob_cli_fail (error) : FOB_EXIT_FAILED;

  return FOB_EXIT_OK;
}
