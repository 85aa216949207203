/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-backup-name.h"

G_BEGIN_DECLS

/* A copy, and what its name says of it. */
typedef struct
{
  GFile *file;
  FobBackupName name;
} FobBackupFound;

void fob_backup_found_free (FobBackupFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobBackupFound, fob_backup_found_free)

/**
 * fob_backup_find_async:
 *
 * Looks for copies, of whatever vault, in all folders that any were ever made in: for when the
 * accounts are gone. Needs no open vault.
 */
void fob_backup_find_async (GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* Returns: (transfer full) (nullable) (element-type FobBackupFound): newest first; empty when there
 * is none. */
GPtrArray *fob_backup_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
