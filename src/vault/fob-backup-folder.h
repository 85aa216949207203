/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-backup-name.h"

G_BEGIN_DECLS

/* The folder of the backups, anywhere GIO reaches. It is chosen by the person, and never made or
 * removed here: a folder that is not there may be a disk that is not connected. All of these block.
 * Errors are FOB_VAULT_ERROR_ABSENT when there is no such folder or file right now, or _STORAGE. */

/**
 * fob_backup_folder_list:
 * @vault_id: (nullable): of the vault whose copies are meant; NULL for those of every vault
 *
 * Returns: (transfer full) (nullable) (element-type FobBackupName): what is there by its names, the
 * newest generation first. Nothing else in the folder is looked at.
 */
GArray *fob_backup_folder_list (GFile *folder,
                                const char *vault_id,
                                GCancellable *cancellable,
                                GError **error);

/* Returns: (transfer full) (nullable): the whole file. */
GBytes *fob_backup_folder_read (GFile *folder,
                                const FobBackupName *name,
                                GCancellable *cancellable,
                                GError **error);

/**
 * fob_backup_folder_write:
 *
 * Writes under a name of its own, which the file gives up for @name when all of it is there; where
 * there is a disk, file and folder are synced. Then the file is read back and compared.
 */
gboolean fob_backup_folder_write (GFile *folder,
                                  const FobBackupName *name,
                                  GBytes *content,
                                  GCancellable *cancellable,
                                  GError **error);

gboolean fob_backup_folder_delete (GFile *folder,
                                   const FobBackupName *name,
                                   GCancellable *cancellable,
                                   GError **error);

/* The same for one file under any name: what a person saved. */
GBytes *fob_backup_file_read (GFile *file, GCancellable *cancellable, GError **error);
gboolean fob_backup_file_write (GFile *file,
                                GBytes *content,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
