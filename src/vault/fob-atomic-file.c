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
sync_folder (int fd, GError **error)
{
  /* Some network file systems cannot sync a folder. */
  return fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP
           ? TRUE
           : fail ("fsync folder", errno, error);
}

static gboolean
is_link (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISLNK (status.st_mode);
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
      const int error_number = errno;

      fail ("open", error_number == ENOENT && is_link (path) ? ELOOP : error_number, error);
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

/* The old file stays where it is until the new one takes its name; its second name is a link, or a
 * copy on the file systems of memory sticks. */
static void
link_previous (const char *path)
{
  g_autofree char *previous_path = g_strconcat (path, "~", NULL);
  g_autofree char *link_path = g_strconcat (previous_path, ".new", NULL);
  g_autoptr (GError) error = NULL;

  g_unlink (link_path);
  if (link (path, link_path) != 0)
    {
      g_autoptr (GBytes) previous = fob_atomic_file_read (path, G_MAXSSIZE, &error);

      if (previous == NULL || !write_new (link_path, previous, &error))
        g_debug ("The previous generation is not kept: %s", error->message);
    }
  if (error == NULL && g_rename (link_path, previous_path) != 0)
    g_debug ("The previous generation is not kept: %s", g_strerror (errno));
  /* Where both names were of one file, the rename did nothing. */
  g_unlink (link_path);
}

static gboolean
replace_in_folder (const char *target,
                   gboolean keep_previous,
                   GBytes *content,
                   int folder_fd,
                   GError **error)
{
  g_autofree char *new_path = g_strconcat (target, ".new", NULL);

  if (!write_new (new_path, content, error))
    {
      g_unlink (new_path);
      return FALSE;
    }
  if (keep_previous && g_file_test (target, G_FILE_TEST_EXISTS))
    link_previous (target);
  if (g_rename (new_path, target) != 0)
    {
      const int error_number = errno;

      g_unlink (new_path);
      return fail ("rename", error_number, error);
    }

  return sync_folder (folder_fd, error);
}

char *
fob_atomic_file_resolve (const char *path)
{
  g_autofree char *existing = g_canonicalize_filename (path, NULL);
  g_autofree char *rest = NULL;
  char *resolved = realpath (existing, NULL);
  char *result;

  /* It ends at the latest at the root folder. */
  while (resolved == NULL && !g_str_equal (existing, G_DIR_SEPARATOR_S))
    {
      g_autofree char *parent = g_path_get_dirname (existing);
      g_autofree char *name = g_path_get_basename (existing);
      char *longer = rest != NULL ? g_build_filename (name, rest, NULL) : g_steal_pointer (&name);

      g_free (rest);
      rest = longer;
      g_free (existing);
      existing = g_steal_pointer (&parent);
      resolved = realpath (existing, NULL);
    }
  result = g_build_filename (resolved != NULL ? resolved : existing, rest, NULL);
  free (resolved);

  return result;
}

gboolean
fob_atomic_file_replace (const char *path, gboolean keep_previous, GBytes *content, GError **error)
{
  g_autofree char *target = fob_atomic_file_resolve (path);
  g_autofree char *folder = g_path_get_dirname (target);
  gboolean done;
  int folder_fd;

  if (is_link (target))
    return fail ("link", ELOOP, error);
  /* Opened first: what cannot be synced later is better not begun. */
  folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_fd < 0)
    return fail ("open folder", errno, error);
  done = replace_in_folder (target, keep_previous, content, folder_fd, error);
  close (folder_fd);

  return done;
}
