/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backups.h"

#include <glib/gi18n-lib.h>

#include "fob-backup-job.h"

struct _FobBackups
{
  GObject parent_instance;

  FobVault *vault;
  GFile *folder;
  FobBackupStatus status;
  gboolean running;
  GCancellable *locked; /* cancelled when the vault is no longer open */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobBackups, fob_backups, G_TYPE_OBJECT)

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
note_failed (FobBackupJob *job, const GError *error)
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
  g_clear_object (&self->locked);
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
  self->locked = g_cancellable_new ();
}

/* A worker that waits for a slow folder must not hold accounts and keys for long after a lock. */
static void
fob_backups_state_changed_cb (FobBackups *self)
{
  if (fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    {
      g_cancellable_cancel (self->locked);
      g_object_unref (self->locked);
      self->locked = g_cancellable_new ();
    }
  refresh_status (self);
}

FobBackups *
fob_backups_new (FobVault *vault)
{
  FobBackups *self = g_object_new (FOB_TYPE_BACKUPS, NULL);

  self->vault = g_object_ref (vault);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (fob_backups_state_changed_cb), self,
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
  FobBackupJob *job = g_task_get_task_data (G_TASK (result));
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
  worker = g_task_new (self, cancellable != NULL ? cancellable : self->locked, fob_backups_ran_cb,
                       g_steal_pointer (&task));
  fob_backup_job_start (
    worker, fob_backup_job_new (self->vault, self->folder, fob_backup_job_run_backup), TRUE);
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
  FobBackupJob *job = g_task_get_task_data (G_TASK (result));
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
  worker = g_task_new (self, cancellable != NULL ? cancellable : self->locked,
                       fob_backups_drilled_cb, g_steal_pointer (&task));
  fob_backup_job_start (
    worker, fob_backup_job_new (self->vault, self->folder, fob_backup_job_run_drill), TRUE);
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
  FobBackupJob *job;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_set_passphrase_async);
  job = fob_backup_job_new (self->vault, self->folder, fob_backup_job_run_set_passphrase);
  if (job != NULL)
    job->passphrase = fob_secret_ref (passphrase);
  fob_backup_job_start (task, job, FALSE);
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
  fob_backup_job_start (
    task, fob_backup_job_new (self->vault, self->folder, fob_backup_job_run_check_passphrase),
    FALSE);
}

gboolean
fob_backups_check_passphrase_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  return ((FobBackupJob *) g_task_get_task_data (G_TASK (result)))->is_set;
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
  fob_backup_job_start (
    task, fob_backup_job_new (self->vault, self->folder, fob_backup_job_run_list), TRUE);
}

GArray *
fob_backups_list_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&((FobBackupJob *) g_task_get_task_data (G_TASK (result)))->names);
}

void
fob_backups_open_async (FobBackups *self,
                        const FobBackupName *name,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FobBackupJob *job;

  g_return_if_fail (FOB_IS_BACKUPS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_backups_open_async);
  job = fob_backup_job_new (self->vault, self->folder, fob_backup_job_run_open);
  if (job != NULL)
    job->name = *name;
  fob_backup_job_start (task, job, TRUE);
}

FobPayload *
fob_backups_open_finish (FobBackups *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&((FobBackupJob *) g_task_get_task_data (G_TASK (result)))->opened);
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
  FobBackupJob *job = fob_backup_job_new (vault, file, fob_backup_job_run_open_file);

  g_task_set_source_tag (task, fob_backups_open_file_async);
  if (job != NULL)
    job->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;
  fob_backup_job_start (task, job, FALSE);
}

FobPayload *
fob_backups_open_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&((FobBackupJob *) g_task_get_task_data (G_TASK (result)))->opened);
}
