/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Where a vault file can be, and what else can be there. */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fob-file-store.h"
#include "fob-test-file.h"

static void
test_odd_places (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  fob_test_file_assert_open_fails (fixture, FOB_TEST_PASSPHRASE, FOB_VAULT_ERROR_STORAGE,
                                   FOB_VAULT_STATE_FAILED);
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  fob_test_file_assert_open_fails (fixture, FOB_TEST_PASSPHRASE, FOB_VAULT_ERROR_STORAGE,
                                   FOB_VAULT_STATE_FAILED);
}

static void
test_symbolic_link (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *target = g_build_filename (fixture->folder, "elsewhere.json", NULL);
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);

  fob_test_add_issuer (vault, "One");
  g_assert_cmpint (g_rename (fixture->path, target), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  fob_test_add_issuer (vault, "Two");
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 2);
}

static void
test_open_to_all (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);

  fob_test_add_issuer (vault, "One");
  g_assert_cmpint (g_chmod (folder, 0777), ==, 0);
  fob_test_assert_add_fails (vault, FOB_VAULT_ERROR_STORAGE);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  fob_test_add_issuer (vault, "Two");
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 2);
}

/* Its disk may be away: not the moment to start a new vault in the place of the link. */
static void
test_dangling_link (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (symlink ("/nowhere/vault.json", fixture->path), ==, 0);
  fob_test_file_assert_open_fails (fixture, NULL, FOB_VAULT_ERROR_STORAGE, FOB_VAULT_STATE_FAILED);
  fob_test_file_assert_open_fails (fixture, FOB_TEST_PASSPHRASE, FOB_VAULT_ERROR_STORAGE,
                                   FOB_VAULT_STATE_FAILED);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
}

/* The generation before rests beside the file, not beside the link. */
static void
test_previous_of_link (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *target = g_build_filename (fixture->folder, "elsewhere.json", NULL);
  g_autofree char *previous = g_strconcat (target, "~", NULL);
  g_autoptr (FobVault) vault = NULL;

  g_mkdir_with_parents (folder, 0700);
  vault = fob_test_file_open_vault (fixture);
  fob_test_add_issuer (vault, "One");
  g_assert_cmpint (g_rename (fixture->path, target), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  fob_test_add_issuer (vault, "Two");
  g_assert_true (g_file_test (previous, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  fob_test_assert_add_fails (vault, FOB_VAULT_ERROR_STORAGE);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

/* LESSONS 19: whatever stands in the place of the file, the message says so, and it stays. */
static void
test_large (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (FobVault) vault = fob_test_file_create_vault (fixture);
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_mkdir_with_parents (folder, 0700);
  fob_test_file_write (fixture->path, "{");
  g_assert_cmpint (truncate (fixture->path, 1024 * 1024 * 1024), ==, 0);
  g_assert_false (fob_test_open (vault, FOB_TEST_PASSPHRASE, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "too large"));
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 1024 * 1024 * 1024);
}

static void
test_folder_is_named (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = fob_test_file_create_vault (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->path, 0700), ==, 0);
  g_assert_false (fob_test_open (vault, FOB_TEST_PASSPHRASE, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "folder"));
}

/* The person hears of it, and the accounts are stored all the same. */
static void
test_seen_by_all (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);

  g_assert_null (fob_vault_get_notice (vault));
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  fob_test_add_issuer (vault, "One");
  /* The folder above lets nobody through. */
  g_assert_null (fob_vault_get_notice (vault));
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  fob_test_add_issuer (vault, "Two");
  g_assert_nonnull (strstr (fob_vault_get_notice (vault), "Everybody"));
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  fob_test_add_issuer (vault, "Three");
  g_assert_null (fob_vault_get_notice (vault));
}

/* A program that brings the file from another computer replaces it without a word to us. */
static void
test_replaced_by_others (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);
  g_autofree char *newer = NULL;
  g_autofree char *runtime = g_build_filename (g_get_user_runtime_dir (), "keyfob", NULL);
  g_autofree char *aside = g_strconcat (runtime, ".aside", NULL);
  g_autoptr (FobVault) watching = NULL;
  gsize size;

  fob_test_add_issuer (vault, "One");
  watching = fob_test_file_open_vault (fixture);
  fob_test_add_issuer (vault, "Two");
  fob_test_wait_for_accounts (watching, 2, 2000);
  g_clear_object (&watching);
  g_assert_true (g_file_get_contents (fixture->path, &newer, &size, NULL));

  /* Back to the one before, for somebody who opens it now. */
  {
    g_autofree char *previous = g_strconcat (fixture->path, "~", NULL);

    g_assert_cmpint (g_rename (previous, fixture->path), ==, 0);
  }
  watching = fob_test_file_open_older_vault (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (watching)), ==, 1);
  g_assert_cmpint (g_rename (runtime, aside), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, newer, (gssize) size, NULL));
  fob_test_wait_for_accounts (watching, 2, 2000);
  g_assert_cmpint (g_rename (aside, runtime), ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (FobTestFile *fixture, gconstpointer data);
  } tests[] = {
    { "/vault/file-places/lesson-19-odd-places", test_odd_places },
    { "/vault/file-places/lesson-19-symbolic-link", test_symbolic_link },
    { "/vault/file-places/open-to-all", test_open_to_all },
    { "/vault/file-places/lesson-19-dangling-link", test_dangling_link },
    { "/vault/file-places/previous-of-link", test_previous_of_link },
    { "/vault/file-places/lesson-19-large", test_large },
    { "/vault/file-places/lesson-19-folder-is-named", test_folder_is_named },
    { "/vault/file-places/seen-by-all", test_seen_by_all },
    { "/vault/file-places/replaced-by-others", test_replaced_by_others },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FobTestFile, NULL, fob_test_file_set_up, tests[i].test,
                fob_test_file_tear_down);

  return g_test_run ();
}
