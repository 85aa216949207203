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

/* Network file systems let signals through. */
static int
open_again (const char *path, int flags, mode_t mode)
{
  int fd;

  do
    fd = open (path, flags | O_CLOEXEC | O_NOCTTY, mode);
  while (fd < 0 && errno == EINTR);

  return fd;
}

static gboolean
sync_fd (int fd)
{
  int result;

  do
    result = fsync (fd);
  while (result != 0 && errno == EINTR);

  return result == 0;
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

  return sync_fd (fd) ? TRUE : fail ("fsync", errno, error);
}

static gboolean
is_link (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISLNK (status.st_mode);
}

static gboolean
check_readable (const struct stat *status, gsize size_max, GError **error)
{
  if (S_ISDIR (status->st_mode))
    return fail ("folder", EISDIR, error);
  if (!S_ISREG (status->st_mode))
    return fail ("not an ordinary file", ENXIO, error);
  if ((guint64) status->st_size > size_max)
    return fail ("too large", ENOMEM, error);

  return TRUE;
}

static GBytes *
read_fd (int fd, gsize size_max, GError **error)
{
  g_autofree char *data = NULL;
  struct stat status;
  gsize used = 0;

  if (fstat (fd, &status) != 0)
    {
      fail ("stat", errno, error);
      return NULL;
    }
  if (!check_readable (&status, size_max, error))
    return NULL;

  data = g_malloc ((gsize) status.st_size + 1);
  while (used < (gsize) status.st_size)
    {
      const gssize n = read (fd, data + used, (gsize) status.st_size - used);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail ("read", errno, error);
          return NULL;
        }
      if (n == 0)
        break;
      used += (gsize) n;
    }

  return g_bytes_new_take (g_steal_pointer (&data), used);
}

GBytes *
fob_atomic_file_read (const char *path, gsize size_max, GError **error)
{
  /* Not to hang on a FIFO that somebody put there. */
  const int fd = open_again (path, O_RDONLY | O_NONBLOCK, 0);
  GBytes *content;

  if (fd < 0)
    {
      const int error_number = errno;

      fail ("open", error_number == ENOENT && is_link (path) ? ELOOP : error_number, error);
      return NULL;
    }
  content = read_fd (fd, size_max, error);
  close (fd);

  return content;
}

/* @status: (out): of the new file, to know it again */
static gboolean
write_new (const char *new_path, GBytes *content, struct stat *status, GError **error)
{
  g_autoptr (GBytes) back = NULL;
  gboolean done;
  int fd;

  g_unlink (new_path);
  fd = open_again (new_path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail ("create", errno, error);
  done = write_all (fd, content, error);
  if (done && fstat (fd, status) != 0)
    done = fail ("stat", errno, error);
  /* What was synced cannot be lost by a signal that interrupts this. */
  if (close (fd) != 0 && errno != EINTR && done)
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
      struct stat status;

      if (previous == NULL || !write_new (link_path, previous, &status, &error))
        g_debug ("The previous generation is not kept: %s", error->message);
    }
  if (error == NULL && g_rename (link_path, previous_path) != 0)
    g_debug ("The previous generation is not kept: %s", g_strerror (errno));
  /* Where both names were of one file, the rename did nothing. */
  g_unlink (link_path);
}

static gboolean
is_same_file (const char *path, const struct stat *expected)
{
  struct stat status;

  return lstat (path, &status) == 0 && status.st_dev == expected->st_dev &&
         status.st_ino == expected->st_ino;
}

static gboolean
replace_target (const char *target, gboolean keep_previous, GBytes *content, GError **error)
{
  g_autofree char *new_path = g_strconcat (target, ".new", NULL);
  struct stat status;

  if (!write_new (new_path, content, &status, error))
    {
      g_unlink (new_path);
      return FALSE;
    }
  if (keep_previous && g_file_test (target, G_FILE_TEST_EXISTS))
    link_previous (target);
  /* Where there are no locks somebody else may have begun a file of that name meanwhile. */
  if (!is_same_file (new_path, &status))
    return fail ("new file replaced", EBUSY, error);
  /* A server may have done it although its answer was lost. */
  if (g_rename (new_path, target) != 0 && !is_same_file (target, &status))
    {
      const int error_number = errno;

      g_unlink (new_path);
      return fail ("rename", error_number, error);
    }

  return TRUE;
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
fob_atomic_file_replace (const char *path,
                         gboolean keep_previous,
                         GBytes *content,
                         gboolean *durable,
                         GError **error)
{
  g_autofree char *target = fob_atomic_file_resolve (path);
  g_autofree char *folder = g_path_get_dirname (target);
  gboolean done;
  int folder_fd;

  if (is_link (target))
    return fail ("link", ELOOP, error);
  /* Opened first: what cannot be synced later is better not begun. */
  folder_fd = open_again (folder, O_RDONLY | O_DIRECTORY, 0);
  if (folder_fd < 0)
    return fail ("open folder", errno, error);
  done = replace_target (target, keep_previous, content, error);
  /* The name survives a power cut only when the folder has it on disk too. Some network file
   * systems cannot sync a folder. */
  *durable = done && (sync_fd (folder_fd) || errno == EINVAL || errno == ENOTSUP);
  close (folder_fd);

  return done;
}
