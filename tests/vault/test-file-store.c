/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fob-envelope.h"
#include "fob-file-store.h"
#include "fob-test-file.h"

static void
test_create_and_reopen (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = NULL;
  struct stat status;

  fob_test_file_assert_open_fails (fixture, NULL, FOB_VAULT_ERROR_ABSENT, FOB_VAULT_STATE_ABSENT);
  vault = fob_test_file_open_vault (fixture);
  /* The passphrase holds from the moment it was chosen. */
  fob_test_file_assert_open_fails (fixture, "another passphrase", FOB_VAULT_ERROR_PASSPHRASE,
                                   FOB_VAULT_STATE_LOCKED);
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  fob_test_file_assert_open_fails (fixture, NULL, FOB_VAULT_ERROR_LOCKED, FOB_VAULT_STATE_LOCKED);
  fob_test_file_assert_open_fails (fixture, "wrong", FOB_VAULT_ERROR_PASSPHRASE,
                                   FOB_VAULT_STATE_LOCKED);
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 2);
}

static void
test_wrong_then_right (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) first = fob_test_file_open_vault (fixture);
  g_autoptr (FobVault) vault = fob_test_file_create_vault (fixture);
  g_autoptr (GError) error = NULL;

  fob_test_add_issuer (first, "One");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (fob_test_open (vault, "wrong", &error));
      g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
      g_clear_error (&error);
    }
  g_assert_true (fob_test_open (vault, FOB_TEST_PASSPHRASE, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
}

static void
test_previous_generation (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);
  g_autoptr (FobVault) older = NULL;
  g_autofree char *previous = g_strconcat (fixture->path, "~", NULL);

  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  g_assert_cmpint (g_rename (previous, fixture->path), ==, 0);
  older = fob_test_file_open_older_vault (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (older)), ==, 1);
}

static void
test_two_vaults (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) one = fob_test_file_open_vault (fixture);
  g_autoptr (FobVault) two = fob_test_file_open_vault (fixture);

  fob_test_add_issuer (one, "One");
  fob_test_wait_for_accounts (two, 1, 1000);
  fob_test_add_issuer (two, "Two");
  fob_test_add_issuer (one, "Three");
  fob_test_wait_for_accounts (two, 3, 1000);
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 3);
}

static void
test_broken_files (FobTestFile *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "{}", "nonsense",
                                       "{\"version\":1,\"header\":{},\"db\":\"\"}" };
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *after = NULL;

      fob_test_file_write (fixture->path, texts[i]);
      fob_test_file_assert_open_fails (fixture, FOB_TEST_PASSPHRASE, FOB_VAULT_ERROR_DAMAGED,
                                       FOB_VAULT_STATE_FAILED);
      g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, texts[i]);
    }
  fob_test_file_write (fixture->path, "{\"version\":2,\"header\":{},\"db\":\"\"}");
  fob_test_file_assert_open_fails (fixture, FOB_TEST_PASSPHRASE, FOB_VAULT_ERROR_VERSION,
                                   FOB_VAULT_STATE_FAILED);
}

/* A file that disappears, or goes back in time, under an open vault is not built upon. */
static void
test_gone (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);

  fob_test_add_issuer (vault, "One");
  g_unlink (fixture->path);
  fob_test_assert_add_fails (vault, FOB_VAULT_ERROR_DAMAGED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
}

static void
test_lock (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);
  g_autoptr (GError) error = NULL;

  fob_test_add_issuer (vault, "One");
  fob_vault_lock (vault);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_CLOSED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);
  fob_test_assert_add_fails (vault, FOB_VAULT_ERROR_LOCKED);
  g_assert_false (fob_test_open (vault, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (fob_test_open (vault, FOB_TEST_PASSPHRASE, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
}

/* A synchronised folder brings another computer's file of the same generation: an edit is made on
 * what is there, not on what was on screen. */
static void
test_other_computer (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autoptr (GError) error = NULL;
  gsize base_size;
  gsize their_size;

  g_assert_true (g_file_get_contents (fixture->path, &base, &base_size, &error));
  {
    g_autoptr (FobVault) other = fob_test_file_open_vault (fixture);

    fob_test_add_issuer (other, "Theirs");
  }
  g_assert_true (g_file_get_contents (fixture->path, &theirs, &their_size, &error));
  fob_test_wait_for_accounts (vault, 1, 1000);
  {
    g_autoptr (FobVault) here = NULL;
    g_autofree char *issuer = NULL;

    g_assert_true (g_file_set_contents (fixture->path, base, (gssize) base_size, &error));
    here = fob_test_file_open_older_vault (fixture);
    fob_test_add_issuer (here, "Ours");
    g_assert_true (g_file_set_contents (fixture->path, theirs, (gssize) their_size, &error));
    fob_test_add_issuer (here, "New");
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (here)), ==, 2);
    {
      g_autoptr (FobAccount) first = g_list_model_get_item (G_LIST_MODEL (here), 0);

      issuer = g_strdup (fob_account_get_issuer (first));
    }
    g_assert_cmpstr (issuer, ==, "Theirs");
  }
}

/* Opens a vault that was made with @made by typing @typed. */
static void
assert_same_passphrase (const char *made, const char *typed)
{
  FobTestFile place;
  g_autoptr (GError) error = NULL;

  fob_test_file_set_up (&place, NULL);
  {
    g_autoptr (FobVault) vault = fob_test_file_create_vault (&place);
    g_autoptr (FobVault) again = fob_test_file_create_vault (&place);

    fob_test_open (vault, made, &error);
    g_assert_no_error (error);
    fob_test_open (again, typed, &error);
    g_assert_no_error (error);
  }
  fob_test_file_tear_down (&place, NULL);
}

/* LESSONS 9: one letter, two ways to write it. */
static void
test_composed_letters (FobTestFile *fixture, gconstpointer data)
{
  assert_same_passphrase ("caf\xc3\xa9", "cafe\xcc\x81");
  assert_same_passphrase ("cafe\xcc\x81", "caf\xc3\xa9");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (FobTestFile *fixture, gconstpointer data);
  } tests[] = {
    { "/vault/file-store/create-and-reopen", test_create_and_reopen },
    { "/vault/file-store/lesson-8-wrong-then-right", test_wrong_then_right },
    { "/vault/file-store/lesson-9-composed-letters", test_composed_letters },
    { "/vault/file-store/previous-generation", test_previous_generation },
    { "/vault/file-store/two-vaults", test_two_vaults },
    { "/vault/file-store/broken-files", test_broken_files },
    { "/vault/file-store/gone", test_gone },
    { "/vault/file-store/lock", test_lock },
    { "/vault/file-store/other-computer", test_other_computer },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FobTestFile, NULL, fob_test_file_set_up, tests[i].test,
                fob_test_file_tear_down);

  return g_test_run ();
}
