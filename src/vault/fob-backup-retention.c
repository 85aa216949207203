/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-retention.h"

/* A copy, and its place in what the caller knows. */
typedef struct
{
  const FobBackupName *name;
  gsize index;
} Copy;

static int
compare_newest_generation_first (gconstpointer a, gconstpointer b)
{
  return fob_backup_name_compare (((const Copy *) b)->name, ((const Copy *) a)->name);
}

static int
compare_newest_time_first (gconstpointer a, gconstpointer b)
{
  const gint64 time_a = ((const Copy *) a)->name->time;
  const gint64 time_b = ((const Copy *) b)->name->time;

  if (time_a != time_b)
    return time_a > time_b ? -1 : 1;

  return compare_newest_generation_first (a, b);
}

static gint64
get_day (gint64 time)
{
  return time / (24 * 60 * 60);
}

static gint64
get_month (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);

  return 12 * (gint64) g_date_time_get_year (date) + g_date_time_get_month (date);
}

static void
keep_last (GArray *copies, gboolean *keep)
{
  for (guint i = 0; i < MIN (copies->len, FOB_BACKUP_RETENTION_LAST); i++)
    keep[g_array_index (copies, Copy, i).index] = TRUE;
}

/* @copies: newest time first. Keeps the last copy of each of the last @n periods. */
static void
keep_periods (GArray *copies, guint n, gint64 (*get_period) (gint64 time), gboolean *keep)
{
  gint64 last = -1;
  guint n_kept = 0;

  for (guint i = 0; i < copies->len && n_kept < n; i++)
    {
      const Copy *copy = &g_array_index (copies, Copy, i);
      const gint64 period = get_period (copy->name->time);

      if (period == last)
        continue;
      keep[copy->index] = TRUE;
      last = period;
      n_kept++;
    }
}

void
fob_backup_retention (const FobBackupName *names, gsize n_names, gboolean *keep)
{
  g_autoptr (GArray) copies = g_array_new (FALSE, FALSE, sizeof (Copy));

  for (gsize i = 0; i < n_names; i++)
    {
      const Copy copy = { &names[i], i };

      keep[i] = FALSE;
      g_array_append_val (copies, copy);
    }

  g_array_sort (copies, compare_newest_generation_first);
  keep_last (copies, keep);
  g_array_sort (copies, compare_newest_time_first);
  keep_last (copies, keep);
  keep_periods (copies, FOB_BACKUP_RETENTION_DAYS, get_day, keep);
  keep_periods (copies, FOB_BACKUP_RETENTION_MONTHS, get_month, keep);
}
