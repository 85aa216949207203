/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* LESSONS 12 and 14: every single system call of a vault file fails in every way. The file is the
 * old one or the new one at all times, and what is said about it is true. */

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fob-test-faults.h"
#include "fob-test-file.h"
#include "fob-vault-error.h"

#define MOST_CALLS 200

/* Commits once while call @nth goes wrong. @generation: (inout): that rests there. Returns: whether
 * there was such a call. */
static gboolean
commit_through (FobStore *store,
                FobTestFault fault,
                int error_number,
                guint nth,
                guint64 *generation)
{
  g_autoptr (GError) error = NULL;
  gboolean done;
  guint n_calls;

  fob_test_faults_arm (fault, error_number, nth);
  done = fob_test_commit_number (store, *generation, &error);
  n_calls = fob_test_faults_disarm ();
  g_assert_cmpuint (n_calls, <, MOST_CALLS);
  if (!done)
    g_assert_cmpint (error->domain, ==, FOB_VAULT_ERROR);
  else
    ++*generation;
  /* Signals and half-done work are no reason to fail. */
  g_assert_true (done || (fault == FOB_TEST_FAULT_ERROR && error_number != EINTR));
  g_assert_cmpuint (fob_test_load_number (store), ==, *generation);

  return n_calls >= nth;
}

static void
commit_through_all (FobTestFile *fixture, FobTestFault fault, int error_number)
{
  g_autoptr (FobStore) store = fob_test_file_open_store (fixture);
  g_autofree char *litter = g_strconcat (fixture->path, ".new", NULL);
  guint64 generation = 0;
  guint nth = 1;

  g_assert_true (fob_test_commit_number (store, 0, NULL));
  generation = 1;
  while (commit_through (store, fault, error_number, nth, &generation))
    nth++;
  /* As many as one has to see: nothing was left out. */
  g_assert_cmpuint (nth, >, 15);
  g_assert_cmpuint (generation, >, 1);
  g_assert_true (fob_test_commit_number (store, generation, NULL));
  g_assert_false (g_file_test (litter, G_FILE_TEST_EXISTS));
  g_test_message ("%u system calls, one after the other: %s", nth - 1, g_strerror (error_number));
}

static void
test_errors (FobTestFile *fixture, gconstpointer data)
{
  static const int errors[] = { EIO, ENOSPC, EDQUOT, EACCES, EROFS, EMFILE };

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      FobTestFile place;

      fob_test_file_set_up (&place, NULL);
      commit_through_all (&place, FOB_TEST_FAULT_ERROR, errors[i]);
      fob_test_file_tear_down (&place, NULL);
    }
}

static void
test_interrupted (FobTestFile *fixture, gconstpointer data)
{
  commit_through_all (fixture, FOB_TEST_FAULT_ERROR, EINTR);
}

static void
test_short (FobTestFile *fixture, gconstpointer data)
{
  commit_through_all (fixture, FOB_TEST_FAULT_SHORT, 0);
}

/* Dies at every call: what comes after it finds the old file or the new one, and goes on. */
static void
test_killed (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = fob_test_file_open_store (fixture);
  guint64 generation = 1;
  gboolean killed = TRUE;
  guint nth = 0;

  g_assert_true (fob_test_commit_number (store, 0, NULL));
  while (killed)
    {
      const pid_t child = fork ();
      guint64 now;
      int status;

      nth++;
      if (child == 0)
        {
          fob_test_faults_arm (FOB_TEST_FAULT_EXIT, 0, nth);
          _exit (fob_test_commit_number (store, generation, NULL) ? 0 : 1);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) != 1);
      killed = WEXITSTATUS (status) == 9;
      now = fob_test_load_number (store);
      g_assert_true (now == generation || now == generation + 1);
      g_assert_true (killed || now == generation + 1);
      /* The next one is not hindered by what the dead has left behind. */
      g_assert_true (fob_test_commit_number (store, now, NULL));
      generation = now + 1;
    }
  g_assert_cmpuint (nth, >, 15);
  g_test_message ("Died at each of %u system calls", nth - 1);
}

/* What cannot be read is neither absent nor damaged, and never half of it. */
static void
test_load (FobTestFile *fixture, gconstpointer data)
{
  static const int errors[] = { EIO, EACCES, EINTR, ENOMEM, ESTALE };
  g_autoptr (FobStore) store = fob_test_file_open_store (fixture);

  g_assert_true (fob_test_commit_number (store, 0, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      guint n_calls = 1;
      guint nth;

      /* Until there is no such call any more. */
      for (nth = 1; n_calls + 1 >= nth; nth++)
        {
          g_auto (FobStoreContent) content = { 0 };
          g_autoptr (GError) error = NULL;
          gboolean done;

          fob_test_faults_arm (FOB_TEST_FAULT_ERROR, errors[i], nth);
          done = fob_store_load (store, NULL, FALSE, &content, NULL, &error);
          n_calls = fob_test_faults_disarm ();
          g_assert_true (done || errors[i] != EINTR);
          if (done)
            g_assert_cmpuint (content.generation, ==, 1);
          else
            {
              g_assert_cmpint (error->domain, ==, FOB_VAULT_ERROR);
              g_assert_true (error->code != FOB_VAULT_ERROR_ABSENT);
              g_assert_null (content.payload);
            }
        }
      g_assert_cmpuint (nth, >, 5);
    }
  g_assert_cmpuint (fob_test_load_number (store), ==, 1);
}

/* A disk that could not confirm the new name: done, and the person hears of it. */
static void
test_folder_not_synced (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = fob_test_file_open_store (fixture);
  guint64 generation = 1;
  gboolean noticed = FALSE;

  g_assert_true (fob_test_commit_number (store, 0, NULL));
  for (guint nth = 1;
       !noticed && commit_through (store, FOB_TEST_FAULT_ERROR, EIO, nth, &generation); nth++)
    {
      g_autofree char *notice = fob_store_dup_notice (store);

      noticed = notice != NULL;
    }
  g_assert_true (noticed);
  g_assert_true (fob_test_commit_number (store, generation, NULL));
  g_assert_null (fob_store_dup_notice (store));
}

/* LESSONS 14: a file system without locks is no reason to refuse; other errors are. */
static void
test_no_locks (FobTestFile *fixture, gconstpointer data)
{
  static const int harmless[] = { ENOSYS, EOPNOTSUPP, ENOLCK };
  static const int serious[] = { EIO, EBADF };
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      fob_test_faults_set_flock (harmless[i]);
      fob_test_add_issuer (vault, "One");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (serious); i++)
    {
      fob_test_faults_set_flock (serious[i]);
      fob_test_assert_add_fails (vault, FOB_VAULT_ERROR_STORAGE);
    }
  fob_test_faults_set_flock (0);
  g_assert_cmpuint (fob_test_file_count (fixture), ==, G_N_ELEMENTS (harmless));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (FobTestFile *fixture, gconstpointer data);
  } tests[] = {
    { "/vault/file-syscalls/lesson-12-errors", test_errors },
    { "/vault/file-syscalls/lesson-12-interrupted", test_interrupted },
    { "/vault/file-syscalls/lesson-12-short", test_short },
    { "/vault/file-syscalls/lesson-12-killed", test_killed },
    { "/vault/file-syscalls/lesson-12-load", test_load },
    { "/vault/file-syscalls/folder-not-synced", test_folder_not_synced },
    { "/vault/file-syscalls/lesson-14-no-locks", test_no_locks },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FobTestFile, NULL, fob_test_file_set_up, tests[i].test,
                fob_test_file_tear_down);

  return g_test_run ();
}
