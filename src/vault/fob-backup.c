/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup.h"

#include <glib/gi18n-lib.h>

#include "fob-backup-folder.h"
#include "fob-backup-retention.h"
#include "fob-payload-draft.h"
#include "fob-vault-error.h"

/* @cause: (transfer full): of FOB_ACCOUNT_ERROR */
static gboolean
fail_from_account (GError *cause, GError **error)
{
  FobVaultError code = FOB_VAULT_ERROR_DAMAGED;

  if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE))
    code = FOB_VAULT_ERROR_PASSPHRASE;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION))
    code = FOB_VAULT_ERROR_VERSION;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_CRYPTO))
    code = FOB_VAULT_ERROR_STORAGE;
  g_set_error_literal (error, FOB_VAULT_ERROR, (gint) code, cause->message);
  g_error_free (cause);

  return FALSE;
}

static gboolean
fail_unequal (GError **error)
{
  g_set_error_literal (
    error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
    _ ("The newest backup is not the same as your accounts. Older copies were left as they "
       "are; back up again, or choose another folder."));

  return FALSE;
}

/* What was deleted is not for a copy that lives on; that it was deleted is. */
static FobPayload *
without_trash (FobPayload *payload)
{
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (payload);

  for (guint i = 0; i < fob_payload_get_n_trashed (payload); i++)
    {
      gint64 deleted;
      const char *id = fob_account_get_id (fob_payload_get_trashed (payload, i, &deleted));
      g_autoptr (FobAccount) account = fob_payload_draft_take_trashed (draft, id);

      fob_payload_draft_remember_deletion (draft, id, deleted);
    }

  return fob_payload_draft_finish (draft);
}

GBytes *
fob_backup_seal (FobPayload *payload, guint64 generation, FobEnvelope *envelope, GError **error)
{
  g_autoptr (FobPayload) content = without_trash (payload);
  g_autoptr (GBytes) text = fob_payload_format (content);
  GError *cause = NULL;
  GBytes *file = fob_envelope_seal (envelope, text, generation, &cause);

  if (file == NULL)
    fail_from_account (cause, error);

  return file;
}

gboolean
fob_backup_same (FobPayload *a, FobPayload *b)
{
  const guint n = fob_payload_get_n_accounts (a);

  if (fob_payload_get_n_accounts (b) != n ||
      fob_payload_get_n_unreadable (a) != fob_payload_get_n_unreadable (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!fob_account_equal (fob_payload_get_account (a, i), fob_payload_get_account (b, i)))
        return FALSE;
    }

  return TRUE;
}

/* Opening */

static FobPayload *
parse (GBytes *content, GError **error)
{
  GError *cause = NULL;
  FobPayload *payload = fob_payload_parse (content, &cause);

  if (payload == NULL)
    fail_from_account (cause, error);

  return payload;
}

FobPayload *
fob_backup_unseal (GBytes *file, FobEnvelope *envelope, GError **error)
{
  g_autoptr (GBytes) content = NULL;
  GError *cause = NULL;

  content = fob_envelope_reopen (envelope, file, &cause);
  if (content == NULL)
    {
      fail_from_account (cause, error);
      return NULL;
    }

  return parse (content, error);
}

FobPayload *
fob_backup_open (GFile *folder,
                 const FobBackupName *name,
                 FobEnvelope *envelope,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GBytes) file = fob_backup_folder_read (folder, name, cancellable, error);

  return file != NULL ? fob_backup_unseal (file, envelope, error) : NULL;
}

FobPayload *
fob_backup_open_file (GBytes *file, FobSecret *passphrase, GError **error)
{
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autoptr (GBytes) content = NULL;
  GError *cause = NULL;

  envelope = fob_envelope_open (file, passphrase, &content, &cause);
  if (envelope == NULL)
    {
      fail_from_account (cause, error);
      return NULL;
    }

  return parse (content, error);
}

/* Writing */

/* Opens the copies, so that those that do not open neither count nor go. Returns: how many of the
 * first ones in @names do. */
static gsize
sort_out_unreadable (GFile *folder,
                     GArray *names,
                     const char *vault_id,
                     FobEnvelope *envelope,
                     GCancellable *cancellable)
{
  gsize n_whole = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const FobBackupName name = g_array_index (names, FobBackupName, i);
      g_autoptr (FobPayload) payload = fob_backup_open (folder, &name, envelope, cancellable, NULL);

      if (payload != NULL && g_str_equal (fob_payload_get_vault_id (payload), vault_id))
        g_array_index (names, FobBackupName, n_whole++) = name;
    }

  return n_whole;
}

/* That an old copy could not be deleted is no reason to call the new one failed. */
static void
prune (GFile *folder,
       const char *vault_id,
       FobEnvelope *envelope,
       const FobBackupName *written,
       GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) names = fob_backup_folder_list (folder, vault_id, cancellable, &error);
  g_autofree gboolean *keep = NULL;
  gsize n_whole;

  if (names == NULL || names->len <= FOB_BACKUP_RETENTION_LAST)
    return;

  n_whole = sort_out_unreadable (folder, names, vault_id, envelope, cancellable);
  keep = g_new0 (gboolean, n_whole + 1);
  fob_backup_retention ((const FobBackupName *) (void *) names->data, n_whole, keep);
  for (gsize i = 0; i < n_whole; i++)
    {
      const FobBackupName *name = &g_array_index (names, FobBackupName, i);

      if (!keep[i] && fob_backup_name_compare (name, written) != 0)
        fob_backup_folder_delete (folder, name, cancellable, NULL);
    }
}

gboolean
fob_backup_run (GFile *folder,
                FobPayload *payload,
                guint64 generation,
                FobEnvelope *envelope,
                gint64 now,
                FobBackupName *written,
                GCancellable *cancellable,
                GError **error)
{
  const char *vault_id = fob_payload_get_vault_id (payload);
  g_autoptr (GBytes) file = fob_backup_seal (payload, generation, envelope, error);
  g_autoptr (FobPayload) back = NULL;

  if (file == NULL)
    return FALSE;
  fob_backup_name_init (written, vault_id, now, generation);
  if (!fob_backup_folder_write (folder, written, file, cancellable, error))
    return FALSE;
  back = fob_backup_open (folder, written, envelope, cancellable, error);
  if (back == NULL)
    return FALSE;
  if (!fob_backup_same (payload, back))
    return fail_unequal (error);

  prune (folder, vault_id, envelope, written, cancellable);

  return TRUE;
}

/* The copy of this generation, or the newest one: where a vault counts anew, the copy with the
 * highest number is not the last that was made. */
static FobBackupName
find_generation (GArray *names, guint64 generation)
{
  for (guint i = 0; i < names->len; i++)
    {
      if (g_array_index (names, FobBackupName, i).generation == generation)
        return g_array_index (names, FobBackupName, i);
    }

  return g_array_index (names, FobBackupName, 0);
}

gboolean
fob_backup_drill (GFile *folder,
                  FobPayload *payload,
                  guint64 generation,
                  FobEnvelope *envelope,
                  FobBackupName *name,
                  GCancellable *cancellable,
                  GError **error)
{
  const char *vault_id = fob_payload_get_vault_id (payload);
  g_autoptr (GArray) names = fob_backup_folder_list (folder, vault_id, cancellable, error);
  g_autoptr (FobPayload) back = NULL;

  if (names == NULL)
    return FALSE;
  if (names->len == 0)
    {
      g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND,
                           _ ("There is no backup of these accounts in the folder."));
      return FALSE;
    }
  *name = find_generation (names, generation);
  back = fob_backup_open (folder, name, envelope, cancellable, error);
  if (back == NULL)
    return FALSE;
  if (name->generation == generation && !fob_backup_same (payload, back))
    return fail_unequal (error);

  return TRUE;
}
