/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-aside.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many of one name beside each other say that something else is wrong. */
#define MOST_NUMBERED 100

/* Renames without ever taking a name that is in use. */
static gboolean
rename_to_free (const char *path, const char *target)
{
  if (link (path, target) == 0)
    return unlink (path) == 0;
  /* Where there are no links: nobody but us takes names like this. */
  if (errno != EEXIST && !g_file_test (target, G_FILE_TEST_EXISTS))
    return g_rename (path, target) == 0;
  errno = EEXIST;

  return FALSE;
}

gboolean
fob_aside_rename (const char *path, const char *suffix)
{
  struct stat st;

  if (lstat (path, &st) != 0)
    return FALSE;
  if (!S_ISREG (st.st_mode))
    {
      errno = EINVAL;
      return FALSE;
    }

  for (guint i = 0; i < MOST_NUMBERED; i++)
    {
      g_autofree char *target =
        i == 0 ? g_strconcat (path, suffix, NULL) : g_strdup_printf ("%s%s.%u", path, suffix, i);

      if (rename_to_free (path, target))
        return TRUE;
      if (errno != EEXIST)
        return FALSE;
    }

  return FALSE;
}
