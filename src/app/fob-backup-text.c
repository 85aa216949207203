/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-backup-text.h"

#include <glib/gi18n-lib.h>

#define DAY_SECONDS (24 * 60 * 60)

char *
fob_backup_text_dup_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time);

  return g_date_time_format (date, "%x %X");
}

/* Days as people count them, by midnights. A clock that was set back makes no negative ones. */
static guint
count_days (gint64 then, gint64 now)
{
  g_autoptr (GDateTime) date_then = g_date_time_new_from_unix_local (then);
  g_autoptr (GDateTime) date_now = g_date_time_new_from_unix_local (now);
  const gint64 offset_then = g_date_time_get_utc_offset (date_then) / G_USEC_PER_SEC;
  const gint64 offset_now = g_date_time_get_utc_offset (date_now) / G_USEC_PER_SEC;
  const gint64 days = (now + offset_now) / DAY_SECONDS - (then + offset_then) / DAY_SECONDS;

  return (guint) CLAMP (days, 0, G_MAXINT);
}

static char *
describe_made (guint n_days)
{
  if (n_days == 0)
    return g_strdup (_ ("The last backup was made today."));
  if (n_days == 1)
    return g_strdup (_ ("The last backup was made yesterday."));

  return g_strdup_printf (ngettext ("The last backup was made %u day ago.",
                                    "The last backup was made %u days ago.", n_days),
                          n_days);
}

static char *
describe_verified (guint n_days)
{
  if (n_days == 0)
    return g_strdup (_ ("It was opened and compared today."));
  if (n_days == 1)
    return g_strdup (_ ("It was opened and compared yesterday."));

  return g_strdup_printf (ngettext ("It was opened and compared %u day ago.",
                                    "It was opened and compared %u days ago.", n_days),
                          n_days);
}

char *
fob_backup_text_summarise (const FobBackupStatus *status, gint64 now)
{
  g_autofree char *made = NULL;
  g_autofree char *verified = NULL;

  if (status->made == 0)
    return g_strdup (_ ("There is no backup yet."));
  made = describe_made (count_days (status->made, now));
  if (status->verified == 0)
    return g_steal_pointer (&made);
  verified = describe_verified (count_days (status->verified, now));

  return g_strdup_printf ("%s\n%s", made, verified);
}

char *
fob_backup_text_dup_folder (GFile *folder)
{
  /* Home as a tilde, remote places as their addresses. */
  return g_file_get_parse_name (folder);
}
