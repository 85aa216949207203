/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-backup-status.h"

G_BEGIN_DECLS

/* How backups stand, in words. Times are Unix seconds. */

/* Returns: (transfer full): a date and time as people here write it. */
char *fob_backup_text_dup_date (gint64 time);

/* Returns: (transfer full): when the last backup was made and verified, as a sentence or two. */
char *fob_backup_text_summarise (const FobBackupStatus *status, gint64 now);

/* Returns: (transfer full): a folder as people know it. */
char *fob_backup_text_dup_folder (GFile *folder);

G_END_DECLS
