/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-backups.h"

G_BEGIN_DECLS

#define FOB_TYPE_BACKUP_SCHEDULER (fob_backup_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (FobBackupScheduler, fob_backup_scheduler, FOB, BACKUP_SCHEDULER, GObject)

/* A copy that was not opened for this long is drilled. */
#define FOB_BACKUP_DRILL_SECONDS (30 * 24 * 60 * 60)

/**
 * FobBackupScheduler:
 *
 * Makes backups without being asked: a moment after changes, when the vault is opened and the last
 * copy is not of its generation, and at quit. What fails is tried again after a while, longer each
 * time, and as soon as a disk or the network appears. Once a month the newest copy is opened and
 * compared.
 */

/* @debounce_seconds: from the first change to the copy */
FobBackupScheduler *fob_backup_scheduler_new (FobBackups *backups, guint debounce_seconds);

/* Whether there are changes that no copy has. */
gboolean fob_backup_scheduler_is_due (FobBackupScheduler *self);

/* Begins a backup that is due at once: before the program ends. fob_backups_is_running () says when
 * it is done. */
void fob_backup_scheduler_flush (FobBackupScheduler *self);

/* Returns: seconds to wait after the n-th failure in a row. */
guint fob_backup_scheduler_get_delay (guint n_failures);

G_END_DECLS
