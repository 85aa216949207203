/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backups.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>

#include "fob-backup-folder.h"
#include "fob-backup-key.h"
#include "fob-backup.h"

struct _FobBackups
{
  GObject parent_instance;

  FobVault *vault;
  GFile *folder;
  FobBackupStatus status;
  gboolean running;
};

/* What a worker is given, and what it gives back. It touches nothing else. */
typedef struct _Job Job;

struct _Job
{
  gboolean (*run) (Job *job, GCancellable *cancellable, GError **error);
  char *vault_id;
  FobPayload *payload;
  guint64 generation;
  FobEnvelope *envelope; /* of the vault; NULL to ask the keyring */
  GFile *folder;         /* or the file */
  FobSecret *passphrase;
  FobBackupName name;
  gint64 now;

  GArray *names;
  FobPayload *opened;
  gboolean is_set;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobBackups, fob_backups, G_TYPE_OBJECT)

static void
job_free (Job *job)
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
ensure_envelope (Job *job, GCancellable *cancellable, GError **error)
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

static gboolean
run_backup (Job *job, GCancellable *cancellable, GError **error)
{
  return ensure_envelope (job, cancellable, error) &&
         fob_backup_run (job->folder, job->payload, job->generation, job->envelope, job->now,
                         &job->name, cancellable, error);
}

static gboolean
run_drill (Job *job, GCancellable *cancellable, GError **error)
{
  return ensure_envelope (job, cancellable, error) &&
         fob_backup_drill (job->folder, job->payload, job->generation, job->envelope, &job->name,
                           cancellable, error);
}

static gboolean
run_set_passphrase (Job *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (FobEnvelope) envelope = fob_envelope_new (job->passphrase, error);

  return envelope != NULL && fob_backup_key_store (job->vault_id, envelope, cancellable, error);
}

static gboolean
run_check_passphrase (Job *job, GCancellable *cancellable, GError **error)
{
  if (job->envelope == NULL &&
      !fob_backup_key_load (job->vault_id, FALSE, &job->envelope, cancellable, error))
    return FALSE;
  job->is_set = job->envelope != NULL;

  return TRUE;
}

static gboolean
run_list (Job *job, GCancellable *cancellable, GError **error)
{
  job->names = fob_backup_folder_list (job->folder, job->vault_id, cancellable, error);

  return job->names != NULL;
}

static gboolean
run_open (Job *job, GCancellable *cancellable, GError **error)
{
  if (!ensure_envelope (job, cancellable, error))
    return FALSE;
  job->opened = fob_backup_open (job->folder, &job->name, job->envelope, cancellable, error);

  return job->opened != NULL;
}

/* Tries the keys at hand, then the passphrase. */
static gboolean
run_open_file (Job *job, GCancellable *cancellable, GError **error)
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
  Job *job = task_data;
  GError *error = NULL;
  const gboolean done = job->run (job, cancellable, &error);

  /* What OpenSSL keeps for this thread goes now. */
  OPENSSL_thread_stop ();
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Jobs */

/* Returns: (nullable): what every job is given; NULL when the vault is not open. */
static Job *
create_job (FobVault *vault,
            GFile *folder,
            gboolean (*run) (Job *job, GCancellable *cancellable, GError **error))
{
  FobPayload *payload = fob_vault_get_payload (vault);
  FobEnvelope *envelope = fob_vault_get_envelope (vault);
  Job *job;

  if (payload == NULL)
    return NULL;
  job = g_new0 (Job, 1);
  job->run = run;
  job->vault_id = g_strdup (fob_payload_get_vault_id (payload));
  job->payload = fob_payload_ref (payload);
  job->generation = fob_vault_get_generation (vault);
  job->envelope = envelope != NULL ? fob_envelope_ref (envelope) : NULL;
  job->folder = folder != NULL ? g_object_ref (folder) : NULL;
  job->now = g_get_real_time () / G_USEC_PER_SEC;

  return job;
}

/* @job: (transfer full) (nullable) */
static void
start_job (GTask *task, Job *job, gboolean needs_folder)
{
  if (job == NULL)
    {
      g_task_return_new_error (task, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED, "%s",
                               _ ("The accounts are locked. Unlock them and try again."));
      return;
    }

  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  if (needs_folder && job->folder == NULL)
    g_task_return_new_error (
      task, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND, "%s",
      _ ("No folder for backups is chosen yet. Choose one in the preferences."));
  else
    {
      /* What was written must not be called cancelled. */
      g_task_set_check_cancellable (task, FALSE);
      g_task_run_in_thread (task, job_thread);
    }
}

/* Status */

static void
refresh_status (FobBackups *self)
{
  FobPayload *payload = fob_vault_get_payload (self->vault);

  if (payload != NULL)
    fob_backup_status_read (&self->status, fob_payload_get_vault_id (payload));
  else
    fob_backup_status_clear (&self->status);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
note_failed (Job *job, const GError *error)
{
  g_autofree char *uri = job->folder != NULL ? g_file_get_uri (job->folder) : NULL;

  /* That it was interrupted says nothing about the folder. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    fob_backup_status_note_failed (job->vault_id, uri, error, job->now);
}

/* @error: (transfer full) (nullable) */
static void
return_result (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Object */

static void
fob_backups_finalize (GObject *object)
{
  FobBackups *self = FOB_BACKUPS (object);

  fob_backup_status_clear (&self->status);
  g_clear_object (&self->folder);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (fob_backups_parent_class)->finalize (object);
}

static void
fob_backups_class_init (FobBackupsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_backups_finalize;

  signals[CHANGED] = g_signal_new ("changed", FOB_TYPE_BACKUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
fob_backups_init (FobBackups *self)
{
}

FobBackups *
fob_backups_new (FobVault *vault)
{
  FobBackups *self = g_object_new (FOB_TYPE_BACKUPS, NULL);

  self->vault = g_object_ref (vault);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (refresh_status), self,
                           G_CONNECT_SWAPPED);
  refresh_status (self);

  return self;
}

FobVault *
fob_backups_get_vault (FobBackups *self)
{
  g_return_val_if_fail (FOB_IS_BACKUPS (self), NULL);

  return self->vault;
}

void
fob_backups_set_folder (FobBackups *self, GFile *folder)
{
  g_return_if_fail (FOB_IS_BACKUPS (self));

  if (g_set_object (&self->folder, folder))
    g_signal_emit (self, signals[CHANGED], 0);
}

GFile *
fob_backups_get_folder (FobBackups *self)
{
  g_return_val_if_fail (FOB_IS_BACKUPS (self), NULL);

  return self->folder;
}

const FobBackupStatus *
fob_backups_get_status (FobBackups *self)
{
  g_return_val_if_fail (FOB_IS_BACKUPS (self), NULL);

  return &self->status;
}

gboolean
fob_backups_is_running (FobBackups *self)
{
  g_return_val_if_fail (FOB_IS_BACKUPS (self), FALSE);

  return self->running;
}

gboolean
fob_backups_uses_vault_passphrase (FobBackups *self)
{
  g_return_val_if_fail (FOB_IS_BACKUPS (self), FALSE);

  return fob_vault_get_envelope (self->vault) != NULL;
}

/* Notes what came of it before the caller is told. */
static void
fob_backups_ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobBackups *self = FOB_BACKUPS (source);
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  self->running = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *uri = g_file_get_uri (job->folder);

      fob_backup_status_note_made (job->vault_id, uri, job->generation, job->now);
    }
  else if (job != NULL)
    note_failed (job, error);
  refresh_status (self);
  return_result (task, error);
}

void
fob_backups_run_async (FobBackups *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) worker = NULL;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_run_async);
  if (self->running)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "%s",
                               _ ("A backup is being made already."));
      return;
    }

  self->running = TRUE;
  worker = g_task_new (self, cancellable, fob_backups_ran_cb, g_steal_pointer (&task));
  start_job (worker, create_job (self->vault, self->folder, run_backup), TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
fob_backups_run_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fob_backups_drilled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    fob_backup_status_note_verified (job->vault_id, job->now);
  else if (job != NULL)
    note_failed (job, error);
  refresh_status (FOB_BACKUPS (source));
  return_result (task, error);
}

void
fob_backups_drill_async (FobBackups *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) worker = NULL;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_drill_async);
  worker = g_task_new (self, cancellable, fob_backups_drilled_cb, g_steal_pointer (&task));
  start_job (worker, create_job (self->vault, self->folder, run_drill), TRUE);
}

gboolean
fob_backups_drill_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
fob_backups_set_passphrase_async (FobBackups *self,
                                  FobSecret *passphrase,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_set_passphrase_async);
  job = create_job (self->vault, self->folder, run_set_passphrase);
  if (job != NULL)
    job->passphrase = fob_secret_ref (passphrase);
  start_job (task, job, FALSE);
}

gboolean
fob_backups_set_passphrase_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
fob_backups_check_passphrase_async (FobBackups *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_check_passphrase_async);
  start_job (task, create_job (self->vault, self->folder, run_check_passphrase), FALSE);
}

gboolean
fob_backups_check_passphrase_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  return ((Job *) g_task_get_task_data (G_TASK (result)))->is_set;
}

void
fob_backups_list_async (FobBackups *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_list_async);
  start_job (task, create_job (self->vault, self->folder, run_list), TRUE);
}

GArray *
fob_backups_list_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&((Job *) g_task_get_task_data (G_TASK (result)))->names);
}

void
fob_backups_open_async (FobBackups *self,
                        const FobBackupName *name,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_open_async);
  job = create_job (self->vault, self->folder, run_open);
  if (job != NULL)
    job->name = *name;
  start_job (task, job, TRUE);
}

FobPayload *
fob_backups_open_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&((Job *) g_task_get_task_data (G_TASK (result)))->opened);
}

void
fob_backups_open_file_async (FobVault *vault,
                             GFile *file,
                             FobSecret *passphrase,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = create_job (vault, file, run_open_file);

  g_task_set_source_tag (task, fob_backups_open_file_async);
  if (job != NULL)
    job->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;
  start_job (task, job, FALSE);
}

FobPayload *
fob_backups_open_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&((Job *) g_task_get_task_data (G_TASK (result)))->opened);
}
