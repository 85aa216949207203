/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-name.h"

#include <string.h>

#define PREFIX    "keyfob-"
#define SUFFIX    ".json"
#define TIME_SIZE 16 /* 20261123T092032Z */

#define TIME_MAX 253402300799 /* the end of the year 9999 */

void
fob_backup_name_init (FobBackupName *self, const char *vault_id, gint64 time, guint64 generation)
{
  self->time = CLAMP (time, 0, TIME_MAX);
  self->generation = generation;
  g_strlcpy (self->vault, vault_id, sizeof self->vault);
}

static gboolean
read_digits (const char *text, guint size, int *value)
{
  *value = 0;
  for (guint i = 0; i < size; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = 10 * *value + (text[i] - '0');
    }

  return TRUE;
}

static gboolean
read_time (const char *text, gint64 *time)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day, hour, minute, second;

  if (!read_digits (text, 4, &year) || !read_digits (text + 4, 2, &month) ||
      !read_digits (text + 6, 2, &day) || text[8] != 'T' || !read_digits (text + 9, 2, &hour) ||
      !read_digits (text + 11, 2, &minute) || !read_digits (text + 13, 2, &second) ||
      text[15] != 'Z')
    return FALSE;
  date = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date);

  return *time >= 0;
}

gboolean
fob_backup_name_parse (FobBackupName *self, const char *text)
{
  const gsize vault_at = strlen (PREFIX);
  const gsize time_at = vault_at + FOB_BACKUP_NAME_VAULT_SIZE + 1;
  const gsize generation_at = time_at + TIME_SIZE + 1;
  g_autofree char *number = NULL;
  g_autofree char *again = NULL;

  if (strlen (text) <= generation_at + strlen (SUFFIX) || !read_time (text + time_at, &self->time))
    return FALSE;
  number = g_strndup (text + generation_at, strlen (text) - generation_at - strlen (SUFFIX));
  if (!g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT64, &self->generation, NULL))
    return FALSE;
  for (gsize i = 0; i < FOB_BACKUP_NAME_VAULT_SIZE; i++)
    {
      if (!g_ascii_isxdigit (text[vault_at + i]))
        return FALSE;
    }
  g_strlcpy (self->vault, text + vault_at, sizeof self->vault);

  /* A name that is only nearly ours is somebody else's. */
  again = fob_backup_name_format (self);

  return g_str_equal (again, text);
}

char *
fob_backup_name_format (const FobBackupName *self)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (self->time);
  g_autofree char *time = g_date_time_format (date, "%Y%m%dT%H%M%SZ");

  return g_strdup_printf (PREFIX "%s-%s-%" G_GUINT64_FORMAT SUFFIX, self->vault, time,
                          self->generation);
}

gboolean
fob_backup_name_is_of (const FobBackupName *self, const char *vault_id)
{
  return strncmp (self->vault, vault_id, FOB_BACKUP_NAME_VAULT_SIZE) == 0;
}

int
fob_backup_name_compare (const FobBackupName *a, const FobBackupName *b)
{
  if (a->generation != b->generation)
    return a->generation < b->generation ? -1 : 1;
  if (a->time != b->time)
    return a->time < b->time ? -1 : 1;

  return 0;
}
