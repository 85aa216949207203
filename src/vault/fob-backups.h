/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-backup-name.h"
#include "fob-backup-status.h"
#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_BACKUPS (fob_backups_get_type ())
G_DECLARE_FINAL_TYPE (FobBackups, fob_backups, FOB, BACKUPS, GObject)

/**
 * FobBackups:
 *
 * The backups of one vault in one folder. Lives on the thread that made it; all slow work happens
 * in others. A vault with a passphrase of its own is backed up under that; for another one the
 * backup passphrase is set once. Errors are FOB_VAULT_ERROR; _PASSPHRASE says that none is set.
 *
 * Signal "changed": the status, the folder, or whether a backup is being made, is another.
 */
FobBackups *fob_backups_new (FobVault *vault);

FobVault *fob_backups_get_vault (FobBackups *self); /* borrowed */

/* @folder: (nullable): NULL for no backups */
void fob_backups_set_folder (FobBackups *self, GFile *folder);
GFile *fob_backups_get_folder (FobBackups *self); /* borrowed, (nullable) */

/* Borrowed; all 0 while the vault is not open. */
const FobBackupStatus *fob_backups_get_status (FobBackups *self);

gboolean fob_backups_is_running (FobBackups *self);

/* Returns: whether the vault's own passphrase opens the backups, so that there is none to set. */
gboolean fob_backups_uses_vault_passphrase (FobBackups *self);

/**
 * fob_backups_run_async:
 *
 * Makes one more copy of what is in the vault now, and notes in the status how that went.
 * G_IO_ERROR_PENDING while one is being made.
 */
void fob_backups_run_async (FobBackups *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean fob_backups_run_finish (FobBackups *self, GAsyncResult *result, GError **error);

/* The restore drill, see fob_backup_drill (); noted in the status. */
void fob_backups_drill_async (FobBackups *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean fob_backups_drill_finish (FobBackups *self, GAsyncResult *result, GError **error);

/* @passphrase: for copies from now on; borrowed. Makes a new key and puts it into the keyring. */
void fob_backups_set_passphrase_async (FobBackups *self,
                                       FobSecret *passphrase,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean fob_backups_set_passphrase_finish (FobBackups *self, GAsyncResult *result, GError **error);

/* Whether backups can be made without asking: TRUE, or FALSE without @error when no passphrase is
 * set yet. */
void fob_backups_check_passphrase_async (FobBackups *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean fob_backups_check_passphrase_finish (FobBackups *self,
                                              GAsyncResult *result,
                                              GError **error);

/* Returns: (transfer full) (nullable) (element-type FobBackupName): the copies of this vault in the
 * folder, newest first. */
void fob_backups_list_async (FobBackups *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GArray *fob_backups_list_finish (FobBackups *self, GAsyncResult *result, GError **error);

/* Returns: (transfer full) (nullable): what is in one copy; FOB_VAULT_ERROR_PASSPHRASE when it was
 * made with an earlier passphrase. */
void fob_backups_open_async (FobBackups *self,
                             const FobBackupName *name,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
FobPayload *fob_backups_open_finish (FobBackups *self, GAsyncResult *result, GError **error);

/**
 * fob_backups_open_file_async:
 * @vault: whose keys are tried first
 * @passphrase: (nullable): tried when they do not fit
 *
 * Reads an encrypted file from anywhere, ours or another program's of the same format.
 * FOB_VAULT_ERROR_PASSPHRASE when it takes a passphrase, or another one.
 */
void fob_backups_open_file_async (FobVault *vault,
                                  GFile *file,
                                  FobSecret *passphrase,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
FobPayload *fob_backups_open_file_finish (GAsyncResult *result, GError **error);

G_END_DECLS
