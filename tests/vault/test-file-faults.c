/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* A vault file whose disk, or whose writer, fails in the middle. */

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fob-envelope.h"
#include "fob-file-store.h"
#include "fob-test-file.h"

/* At whatever moment the program is killed, the file is the old one or the new one. */
static void
test_killed (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = fob_test_file_open_store (fixture);
  g_autoptr (GError) error = NULL;
  guint64 generation = 0;

  g_assert_true (fob_test_commit_number (store, 0, &error));
  for (guint i = 0; i < 100; i++)
    {
      const pid_t child = fork ();
      guint64 now;

      if (child == 0)
        for (guint64 next = fob_test_load_number (store);; next++)
          if (!fob_test_commit_number (store, next, NULL))
            _exit (1);
      g_usleep (500 + 97 * i);
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
      now = fob_test_load_number (store);
      g_assert_cmpuint (now, >=, generation);
      generation = now;
    }
  g_assert_cmpuint (generation, >, 1);
  g_assert_true (fob_test_commit_number (store, generation, &error));
}

/* What cannot be written to its end leaves the old file, and no litter. */
static void
test_no_room (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = fob_test_file_open_store (fixture);
  g_autofree char *litter = g_strconcat (fixture->path, ".new", NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit small;

  g_assert_true (fob_test_commit_number (store, 0, &error));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 100;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (fob_test_commit_number (store, 1, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
  g_assert_false (g_file_test (litter, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (fob_test_load_number (store), ==, 1);
  g_clear_error (&error);
  g_assert_true (fob_test_commit_number (store, 1, &error));
}

/* Another program's file with the same generation: neither overwritten unseen nor taken for ours.
 */
static void
test_same_generation (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = fob_test_file_open_store (fixture);
  g_autoptr (FobSecret) passphrase =
    fob_secret_new (FOB_TEST_PASSPHRASE, strlen (FOB_TEST_PASSPHRASE));
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) changed = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) foreign = NULL;
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (fob_test_commit_number (store, 0, &error));
  g_assert_true (g_file_get_contents (fixture->path, &text, &size, &error));
  file = g_bytes_new (text, size);
  envelope = fob_envelope_open (file, passphrase, &content, &error);
  g_assert_no_error (error);
  foreign = fob_envelope_seal (envelope, changed, 1, &error);
  g_assert_true (g_file_set_contents (fixture->path, g_bytes_get_data (foreign, NULL),
                                      (gssize) g_bytes_get_size (foreign), &error));
  g_assert_false (fob_test_commit_number (store, 1, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (FobTestFile *fixture, gconstpointer data);
  } tests[] = {
    { "/vault/file-faults/lesson-12-killed", test_killed },
    { "/vault/file-faults/lesson-12-no-room", test_no_room },
    { "/vault/file-faults/lesson-15-same-generation", test_same_generation },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FobTestFile, NULL, fob_test_file_set_up, tests[i].test,
                fob_test_file_tear_down);

  return g_test_run ();
}
