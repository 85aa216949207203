/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* A real disk that is full or read-only, and files of somebody else. Needs root; skipped without.
 */

#define _GNU_SOURCE /* unshare () */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fob-test-file.h"
#include "fob-vault-error.h"

#define NOBODY 65534

/* Returns: whether @folder is a small disk of this process's own now. */
static gboolean
mount_small_disk (const char *folder)
{
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
      mount ("tmpfs", folder, "tmpfs", 0, "size=64k,mode=0700") != 0)
    {
      g_test_skip ("No right to mount a disk");
      return FALSE;
    }

  return TRUE;
}

static gboolean
commit_large (FobStore *store, guint64 expected, gsize size, GError **error)
{
  g_autofree char *data = g_malloc (size);
  g_autoptr (GBytes) payload = NULL;

  memset (data, 'x', size);
  payload = g_bytes_new (data, size);

  return fob_store_commit (store, payload, expected, NULL, error);
}

/* LESSONS 12: a full disk. What was there stays; with room again, writing goes on. */
static void
test_full (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = NULL;
  g_autofree char *filler = g_build_filename (fixture->folder, "filler", NULL);
  g_autofree char *litter = g_strconcat (fixture->path, ".new", NULL);
  g_autofree char *block = g_malloc0 (4096);
  g_autoptr (GError) error = NULL;
  int fd;

  if (!mount_small_disk (fixture->folder))
    return;
  store = fob_test_file_open_store (fixture);
  g_assert_true (fob_test_commit_number (store, 0, &error));
  fd = g_open (filler, O_WRONLY | O_CREAT, 0600);
  while (write (fd, block, 4096) > 0)
    continue;
  g_close (fd, NULL);

  g_assert_false (commit_large (store, 1, 20000, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "full"));
  g_assert_false (g_file_test (litter, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (fob_test_load_number (store), ==, 1);
  g_clear_error (&error);
  g_unlink (filler);
  g_assert_true (fob_test_commit_number (store, 1, &error));
  g_assert_cmpint (umount2 (fixture->folder, MNT_DETACH), ==, 0);
}

static void
test_read_only (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (!mount_small_disk (fixture->folder))
    return;
  store = fob_test_file_open_store (fixture);
  g_assert_true (fob_test_commit_number (store, 0, &error));
  g_assert_cmpint (mount (NULL, fixture->folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  g_assert_false (fob_test_commit_number (store, 1, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "read-only"));
  g_assert_cmpuint (fob_test_load_number (store), ==, 1);
  g_assert_cmpint (umount2 (fixture->folder, MNT_DETACH), ==, 0);
}

/* In a child that is nobody: neither reading nor writing succeeds, and the messages say why.
 * Returns: its exit status. */
static int
try_as_nobody (FobStore *store)
{
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GError) commit_error = NULL;

  if (setgid (NOBODY) != 0 || setuid (NOBODY) != 0)
    return 2;
  if (fob_store_load (store, NULL, FALSE, &content, NULL, &load_error) ||
      fob_test_commit_number (store, 1, &commit_error))
    return 3;
  if (!g_error_matches (load_error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE) ||
      strstr (load_error->message, "permissions") == NULL ||
      !g_error_matches (commit_error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE) ||
      strstr (commit_error->message, "permissions") == NULL)
    return 4;

  return 0;
}

static void
test_not_allowed (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (FobStore) store = NULL;
  g_autoptr (GError) error = NULL;
  pid_t child;
  int status;

  if (geteuid () != 0)
    {
      g_test_skip ("Not root");
      return;
    }
  store = fob_test_file_open_store (fixture);
  g_assert_true (fob_test_commit_number (store, 0, &error));
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  child = fork ();
  if (child == 0)
    _exit (try_as_nobody (store));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);

  /* May be read, and the folder is not for writing. */
  g_assert_cmpint (chown (fixture->path, NOBODY, NOBODY), ==, 0);
  child = fork ();
  if (child == 0)
    _exit (setuid (NOBODY) == 0 && !fob_test_commit_number (store, 1, NULL) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_cmpuint (fob_test_load_number (store), ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (FobTestFile *fixture, gconstpointer data);
  } tests[] = {
    { "/vault/file-disks/not-allowed", test_not_allowed },
    { "/vault/file-disks/lesson-12-full", test_full },
    { "/vault/file-disks/read-only", test_read_only },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FobTestFile, NULL, fob_test_file_set_up, tests[i].test,
                fob_test_file_tear_down);

  return g_test_run ();
}
