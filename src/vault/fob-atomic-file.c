/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-atomic-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (const char *what, int error_number, GError **error)
{
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (error_number), "%s: %s", what,
               g_strerror (error_number));

  return FALSE;
}

static gboolean
write_all (int fd, GBytes *content, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (content, &size);

  while (size > 0)
    {
      const gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return fail ("write", written < 0 ? errno : EIO, error);
      data += written;
      size -= (gsize) written;
    }

  return fsync (fd) == 0 ? TRUE : fail ("fsync", errno, error);
}

/* The name survives a power cut only when the folder has it on disk too. */
static gboolean
sync_folder (const char *folder, GError **error)
{
  const int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int result;
  int error_number;

  if (fd < 0)
    return fail ("open folder", errno, error);
  result = fsync (fd);
  error_number = errno;
  close (fd);

  /* Some network file systems cannot sync a folder. */
  return result == 0 || error_number == EINVAL || error_number == ENOTSUP
           ? TRUE
           : fail ("fsync folder", error_number, error);
}

GBytes *
fob_atomic_file_read (const char *path, gsize size_max, GError **error)
{
  /* Not to hang on a FIFO that somebody put there. */
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autofree char *data = NULL;
  struct stat status;
  gsize used = 0;

  if (fd < 0)
    {
      fail ("open", errno, error);
      return NULL;
    }
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || (guint64) status.st_size > size_max)
    {
      close (fd);
      fail ("not an ordinary file", EINVAL, error);
      return NULL;
    }

  data = g_malloc ((gsize) status.st_size + 1);
  while (used < (gsize) status.st_size)
    {
      const gssize n = read (fd, data + used, (gsize) status.st_size - used);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      used += (gsize) n;
    }
  close (fd);

  return g_bytes_new_take (g_steal_pointer (&data), used);
}

/* The old file stays where it is until the new one takes its name; its second name is made beside
 * it. */
static void
keep_previous (const char *path, const char *previous_path)
{
  g_autofree char *link_path = g_strconcat (previous_path, ".new", NULL);

  g_unlink (link_path);
  if (link (path, link_path) != 0 || g_rename (link_path, previous_path) != 0)
    g_debug ("The previous generation is not kept: %s", g_strerror (errno));
  /* Two names of one file: the rename did nothing. */
  g_unlink (link_path);
}

static gboolean
write_new (const char *new_path, GBytes *content, GError **error)
{
  g_autoptr (GBytes) back = NULL;
  gboolean done;
  int fd;

  g_unlink (new_path);
  fd = open (new_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail ("create", errno, error);
  done = write_all (fd, content, error);
  if (close (fd) != 0 && done)
    done = fail ("close", errno, error);
  if (!done)
    return FALSE;

  back = fob_atomic_file_read (new_path, g_bytes_get_size (content), error);
  if (back == NULL)
    return FALSE;

  return g_bytes_equal (back, content) ? TRUE : fail ("read back", EIO, error);
}

gboolean
fob_atomic_file_replace (const char *path,
                         const char *previous_path,
                         GBytes *content,
                         GError **error)
{
  char *resolved = realpath (path, NULL);
  g_autofree char *target = g_strdup (resolved != NULL ? resolved : path);
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *new_path = g_strconcat (target, ".new", NULL);
  const gboolean exists = resolved != NULL;

  free (resolved);
  if (!write_new (new_path, content, error))
    {
      g_unlink (new_path);
      return FALSE;
    }
  if (exists && previous_path != NULL)
    keep_previous (target, previous_path);
  if (g_rename (new_path, target) != 0)
    {
      const int error_number = errno;

      g_unlink (new_path);
      return fail ("rename", error_number, error);
    }

  return sync_folder (folder, error);
}
