/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-backup-name.h"
#include "fob-vault.h"

G_BEGIN_DECLS

/**
 * FobBackupJob:
 *
 * One thing that FobBackups has done in a worker thread: what it starts from, and what comes of it.
 * The worker touches nothing else.
 */
typedef struct _FobBackupJob FobBackupJob;

/* Blocks. Errors are FOB_VAULT_ERROR or cancellation. */
typedef gboolean (*FobBackupJobFunc) (FobBackupJob *job, GCancellable *cancellable, GError **error);

struct _FobBackupJob
{
  FobBackupJobFunc run;
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

/* Returns: (transfer full) (nullable): what every job is given; NULL when the vault is not open.
 * @folder: (nullable) */
FobBackupJob *fob_backup_job_new (FobVault *vault, GFile *folder, FobBackupJobFunc run);
void fob_backup_job_free (FobBackupJob *job);

/* Runs @job in a worker thread; a boolean is what the task returns. @job: (transfer full)
 * (nullable): NULL for an error that says that the accounts are locked */
void fob_backup_job_start (GTask *task, FobBackupJob *job, gboolean needs_folder);

gboolean fob_backup_job_run_backup (FobBackupJob *job, GCancellable *cancellable, GError **error);
gboolean fob_backup_job_run_drill (FobBackupJob *job, GCancellable *cancellable, GError **error);
gboolean fob_backup_job_run_set_passphrase (FobBackupJob *job,
                                            GCancellable *cancellable,
                                            GError **error);
gboolean fob_backup_job_run_check_passphrase (FobBackupJob *job,
                                              GCancellable *cancellable,
                                              GError **error);
gboolean fob_backup_job_run_list (FobBackupJob *job, GCancellable *cancellable, GError **error);
gboolean fob_backup_job_run_open (FobBackupJob *job, GCancellable *cancellable, GError **error);
gboolean fob_backup_job_run_open_file (FobBackupJob *job,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
