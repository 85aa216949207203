/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-job.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>

#include "fob-backup-folder.h"
#include "fob-backup-key.h"
#include "fob-backup.h"

void
fob_backup_job_free (FobBackupJob *job)
{
  g_clear_pointer (&job->vault_id, g_free);
  g_clear_pointer (&job->payload, fob_payload_unref);
  g_clear_pointer (&job->envelope, fob_envelope_unref);
  g_clear_object (&job->folder);
  g_clear_pointer (&job->passphrase, fob_secret_unref);
  g_clear_pointer (&job->names, g_array_unref);
  g_clear_pointer (&job->opened, fob_payload_unref);
  g_free (job);
}

/* In the worker */

/* Never asks the person: nobody may be there. */
static gboolean
ensure_envelope (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  if (job->envelope != NULL)
    return TRUE;
  if (!fob_backup_key_load (job->vault_id, FALSE, &job->envelope, cancellable, error))
    return FALSE;
  if (job->envelope != NULL)
    return TRUE;

  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE,
                       _ ("No backup passphrase is set yet. Set one in the preferences."));

  return FALSE;
}

gboolean
fob_backup_job_run_backup (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  return ensure_envelope (job, cancellable, error) &&
         fob_backup_run (job->folder, job->payload, job->generation, job->envelope, job->now,
                         &job->name, cancellable, error);
}

gboolean
fob_backup_job_run_drill (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  return ensure_envelope (job, cancellable, error) &&
         fob_backup_drill (job->folder, job->payload, job->generation, job->envelope, &job->name,
                           cancellable, error);
}

gboolean
fob_backup_job_run_set_passphrase (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (FobEnvelope) envelope = fob_envelope_new (job->passphrase, error);

  return envelope != NULL && fob_backup_key_store (job->vault_id, envelope, cancellable, error);
}

gboolean
fob_backup_job_run_check_passphrase (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  if (job->envelope == NULL &&
      !fob_backup_key_load (job->vault_id, FALSE, &job->envelope, cancellable, error))
    return FALSE;
  job->is_set = job->envelope != NULL;

  return TRUE;
}

gboolean
fob_backup_job_run_list (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  job->names = fob_backup_folder_list (job->folder, job->vault_id, cancellable, error);

  return job->names != NULL;
}

gboolean
fob_backup_job_run_open (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  if (!ensure_envelope (job, cancellable, error))
    return FALSE;
  job->opened = fob_backup_open (job->folder, &job->name, job->envelope, cancellable, error);

  return job->opened != NULL;
}

/* Tries the keys at hand, then the passphrase. */
gboolean
fob_backup_job_run_open_file (FobBackupJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) file = fob_backup_file_read (job->folder, cancellable, error);
  g_autoptr (GError) cause = NULL;

  if (file == NULL)
    return FALSE;
  if (ensure_envelope (job, cancellable, NULL))
    job->opened = fob_backup_unseal (file, job->envelope, &cause);
  if (job->opened == NULL && job->passphrase != NULL)
    job->opened = fob_backup_open_file (file, job->passphrase, error);
  else if (job->opened == NULL && fob_envelope_peek_generation (file) > 0)
    g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE,
                         _ ("The backup is encrypted. Type the passphrase that it was made with."));
  else if (job->opened == NULL)
    g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
                         _ ("This is no backup, or it is damaged. It was left as it is."));

  return job->opened != NULL;
}

static void
job_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FobBackupJob *job = task_data;
  GError *error = NULL;
  const gboolean done = job->run (job, cancellable, &error);

  /* What OpenSSL keeps for this thread goes now. */
  OPENSSL_thread_stop ();
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

FobBackupJob *
fob_backup_job_new (FobVault *vault, GFile *folder, FobBackupJobFunc run)
{
  FobPayload *payload = fob_vault_get_payload (vault);
  FobEnvelope *envelope = fob_vault_get_envelope (vault);
  FobBackupJob *job;

  if (payload == NULL)
    return NULL;
  job = g_new0 (FobBackupJob, 1);
  job->run = run;
  job->vault_id = g_strdup (fob_payload_get_vault_id (payload));
  job->payload = fob_payload_ref (payload);
  job->generation = fob_vault_get_generation (vault);
  job->envelope = envelope != NULL ? fob_envelope_ref (envelope) : NULL;
  job->folder = folder != NULL ? g_object_ref (folder) : NULL;
  job->now = g_get_real_time () / G_USEC_PER_SEC;

  return job;
}

/* A remote place that nobody has mounted since the login, where that takes no question to the
 * person. That it failed shows in what comes next, and mostly it is mounted already. */
static void
mounted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_mount_enclosing_volume_finish (G_FILE (source), result, &error))
    g_debug ("The backup folder was not mounted: %s", error->message);
  g_task_run_in_thread (task, job_thread);
}

void
fob_backup_job_start (GTask *task, FobBackupJob *job, gboolean needs_folder)
{
  if (job == NULL)
    {
      g_task_return_new_error (task, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED, "%s",
                               _ ("The accounts are locked. Unlock them and try again."));
      return;
    }

  g_task_set_task_data (task, job, (GDestroyNotify) fob_backup_job_free);
  if (needs_folder && job->folder == NULL)
    g_task_return_new_error (
      task, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND, "%s",
      _ ("No folder for backups is chosen yet. Choose one in the preferences."));
  else
    {
      /* What was written must not be called cancelled. */
      g_task_set_check_cancellable (task, FALSE);
      if (needs_folder && !g_file_is_native (job->folder))
        g_file_mount_enclosing_volume (job->folder, G_MOUNT_MOUNT_NONE, NULL,
                                       g_task_get_cancellable (task), mounted_cb,
                                       g_object_ref (task));
      else
        g_task_run_in_thread (task, job_thread);
    }
}
