/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-backup-name.h"

G_BEGIN_DECLS

/* What is kept: the last copies, and beyond them one a day, then one a month. */
#define FOB_BACKUP_RETENTION_LAST   10
#define FOB_BACKUP_RETENTION_DAYS   7
#define FOB_BACKUP_RETENTION_MONTHS 12

/**
 * fob_backup_retention:
 * @names: @n_names copies of one vault, in any order, of which each is known to be whole: what
 *   cannot be opened must not crowd out what can
 * @keep: (out caller-allocates): @n_names answers, whether to keep the copy
 *
 * Which copies to keep. Days and months are counted in UTC and from those in the names, not from
 * today: nothing is lost because the computer was off for a year, or its clock was wrong. The last
 * ones are those by generation and also those by time, so that neither a clock that was set back
 * nor a vault that began to count anew makes what is new look old.
 */
void fob_backup_retention (const FobBackupName *names, gsize n_names, gboolean *keep);

G_END_DECLS
