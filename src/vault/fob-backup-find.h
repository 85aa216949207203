/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-backup-name.h"

G_BEGIN_DECLS

/**
 * fob_backup_find_async:
 *
 * Looks in all folders that copies were ever made in for the newest one, of whatever vault: for
 * when the accounts are gone. Needs no open vault.
 */
void fob_backup_find_async (GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* Returns: (transfer full) (nullable): the file; NULL without an error when there is none.
 * @name: (out caller-allocates): what it is called */
GFile *fob_backup_find_finish (GAsyncResult *result, FobBackupName *name, GError **error);

G_END_DECLS
