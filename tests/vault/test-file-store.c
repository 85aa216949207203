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
#include "fob-test-vault.h"

#define PASSPHRASE "correct horse battery"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("fob-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "deep", "vault.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "rm", "-rf", fixture->folder, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static FobVault *
create_vault (Fixture *fixture)
{
  g_autoptr (FobStore) store = fob_file_store_new (fixture->path);

  return fob_vault_new (store);
}

static FobVault *
open_vault (Fixture *fixture)
{
  FobVault *vault = create_vault (fixture);
  g_autoptr (GError) error = NULL;

  fob_test_open (vault, PASSPHRASE, &error);
  g_assert_no_error (error);

  return vault;
}

static void
assert_open_fails (Fixture *fixture,
                   const char *passphrase,
                   FobVaultError code,
                   FobVaultState state)
{
  g_autoptr (FobVault) vault = create_vault (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (fob_test_open (vault, passphrase, &error));
  g_assert_error (error, FOB_VAULT_ERROR, (gint) code);
  g_assert_cmpint (fob_vault_get_state (vault), ==, (gint) state);
}

static void
add (FobVault *vault, const char *issuer)
{
  g_autoptr (FobAccount) account = fob_test_account (issuer, "alice");

  fob_test_add (vault, account);
}

static void
assert_add_fails (FobVault *vault, FobVaultError code)
{
  g_autoptr (FobAccount) account = fob_test_account ("New", "alice");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_test_edit (vault, edit, &error));
  g_assert_error (error, FOB_VAULT_ERROR, (gint) code);
}

static guint
count (Fixture *fixture)
{
  g_autoptr (FobVault) vault = open_vault (fixture);

  return g_list_model_get_n_items (G_LIST_MODEL (vault));
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_create_and_reopen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = NULL;
  struct stat status;

  assert_open_fails (fixture, NULL, FOB_VAULT_ERROR_ABSENT, FOB_VAULT_STATE_ABSENT);
  vault = open_vault (fixture);
  /* The passphrase holds from the moment it was chosen. */
  assert_open_fails (fixture, "another passphrase", FOB_VAULT_ERROR_PASSPHRASE,
                     FOB_VAULT_STATE_LOCKED);
  add (vault, "One");
  add (vault, "Two");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  assert_open_fails (fixture, NULL, FOB_VAULT_ERROR_LOCKED, FOB_VAULT_STATE_LOCKED);
  assert_open_fails (fixture, "wrong", FOB_VAULT_ERROR_PASSPHRASE, FOB_VAULT_STATE_LOCKED);
  g_assert_cmpuint (count (fixture), ==, 2);
}

static void
test_wrong_then_right (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) first = open_vault (fixture);
  g_autoptr (FobVault) vault = create_vault (fixture);
  g_autoptr (GError) error = NULL;

  add (first, "One");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (fob_test_open (vault, "wrong", &error));
      g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
      g_clear_error (&error);
    }
  g_assert_true (fob_test_open (vault, PASSPHRASE, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
}

static void
test_previous_generation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = open_vault (fixture);
  g_autofree char *previous = g_strconcat (fixture->path, "~", NULL);

  add (vault, "One");
  add (vault, "Two");
  g_assert_cmpint (g_rename (previous, fixture->path), ==, 0);
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_two_vaults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) one = open_vault (fixture);
  g_autoptr (FobVault) two = open_vault (fixture);

  add (one, "One");
  fob_test_wait_for_accounts (two, 1, 1000);
  add (two, "Two");
  add (one, "Three");
  fob_test_wait_for_accounts (two, 3, 1000);
  g_assert_cmpuint (count (fixture), ==, 3);
}

static void
test_broken_files (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "{}", "nonsense",
                                       "{\"version\":1,\"header\":{},\"db\":\"\"}" };
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *after = NULL;

      write_file (fixture->path, texts[i]);
      assert_open_fails (fixture, PASSPHRASE, FOB_VAULT_ERROR_DAMAGED, FOB_VAULT_STATE_FAILED);
      g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, texts[i]);
    }
  write_file (fixture->path, "{\"version\":2,\"header\":{},\"db\":\"\"}");
  assert_open_fails (fixture, PASSPHRASE, FOB_VAULT_ERROR_VERSION, FOB_VAULT_STATE_FAILED);
}

static void
test_odd_places (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_open_fails (fixture, PASSPHRASE, FOB_VAULT_ERROR_STORAGE, FOB_VAULT_STATE_FAILED);
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_open_fails (fixture, PASSPHRASE, FOB_VAULT_ERROR_STORAGE, FOB_VAULT_STATE_FAILED);
}

static void
test_symbolic_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *target = g_build_filename (fixture->folder, "elsewhere.json", NULL);
  g_autoptr (FobVault) vault = open_vault (fixture);

  add (vault, "One");
  g_assert_cmpint (g_rename (fixture->path, target), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  add (vault, "Two");
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpuint (count (fixture), ==, 2);
}

/* A file that disappears, or goes back in time, under an open vault is not built upon. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = open_vault (fixture);

  add (vault, "One");
  g_unlink (fixture->path);
  assert_add_fails (vault, FOB_VAULT_ERROR_DAMAGED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
}

static void
test_open_to_all (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (FobVault) vault = open_vault (fixture);

  add (vault, "One");
  g_assert_cmpint (g_chmod (folder, 0777), ==, 0);
  assert_add_fails (vault, FOB_VAULT_ERROR_STORAGE);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  add (vault, "Two");
  g_assert_cmpuint (count (fixture), ==, 2);
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = open_vault (fixture);
  g_autoptr (GError) error = NULL;

  add (vault, "One");
  fob_vault_lock (vault);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_CLOSED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);
  assert_add_fails (vault, FOB_VAULT_ERROR_LOCKED);
  g_assert_false (fob_test_open (vault, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (fob_test_open (vault, PASSPHRASE, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
}

/* Its disk may be away: not the moment to start a new vault in the place of the link. */
static void
test_dangling_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (symlink ("/nowhere/vault.json", fixture->path), ==, 0);
  assert_open_fails (fixture, NULL, FOB_VAULT_ERROR_STORAGE, FOB_VAULT_STATE_FAILED);
  assert_open_fails (fixture, PASSPHRASE, FOB_VAULT_ERROR_STORAGE, FOB_VAULT_STATE_FAILED);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
}

/* The generation before rests beside the file, not beside the link. */
static void
test_previous_of_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *target = g_build_filename (fixture->folder, "elsewhere.json", NULL);
  g_autofree char *previous = g_strconcat (target, "~", NULL);
  g_autoptr (FobVault) vault = NULL;

  g_mkdir_with_parents (folder, 0700);
  vault = open_vault (fixture);
  add (vault, "One");
  g_assert_cmpint (g_rename (fixture->path, target), ==, 0);
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  add (vault, "Two");
  g_assert_true (g_file_test (previous, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  assert_add_fails (vault, FOB_VAULT_ERROR_STORAGE);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

static FobStore *
open_store (Fixture *fixture)
{
  FobStore *store = fob_file_store_new (fixture->path);
  g_autoptr (FobSecret) passphrase = fob_secret_new (PASSPHRASE, strlen (PASSPHRASE));
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  fob_store_load (store, passphrase, FALSE, &content, NULL, &error);
  g_assert_no_error (error);

  return store;
}

static gboolean
commit_number (FobStore *store, guint64 expected, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{\"number\":%" G_GUINT64_FORMAT "}", expected + 1);
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));

  return fob_store_commit (store, payload, expected, NULL, error);
}

/* Returns: the generation, whose content has to be its own. */
static guint64
load_number (FobStore *store)
{
  g_auto (FobStoreContent) content = { 0 };
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  fob_store_load (store, NULL, FALSE, &content, NULL, &error);
  g_assert_no_error (error);
  expected = g_strdup_printf ("{\"number\":%" G_GUINT64_FORMAT "}", content.generation);
  g_assert_cmpmem (g_bytes_get_data (content.payload, NULL), g_bytes_get_size (content.payload),
                   expected, strlen (expected));

  return content.generation;
}

/* At whatever moment the program is killed, the file is the old one or the new one. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = open_store (fixture);
  g_autoptr (GError) error = NULL;
  guint64 generation = 0;

  g_assert_true (commit_number (store, 0, &error));
  for (guint i = 0; i < 100; i++)
    {
      const pid_t child = fork ();
      guint64 now;

      if (child == 0)
        for (guint64 next = load_number (store);; next++)
          if (!commit_number (store, next, NULL))
            _exit (1);
      g_usleep (500 + 97 * i);
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
      now = load_number (store);
      g_assert_cmpuint (now, >=, generation);
      generation = now;
    }
  g_assert_cmpuint (generation, >, 1);
  g_assert_true (commit_number (store, generation, &error));
}

/* What cannot be written to its end leaves the old file, and no litter. */
static void
test_no_room (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = open_store (fixture);
  g_autofree char *litter = g_strconcat (fixture->path, ".new", NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit small;

  g_assert_true (commit_number (store, 0, &error));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 100;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (commit_number (store, 1, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
  g_assert_false (g_file_test (litter, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (load_number (store), ==, 1);
  g_clear_error (&error);
  g_assert_true (commit_number (store, 1, &error));
}

/* Another program's file with the same generation: neither overwritten unseen nor taken for ours.
 */
static void
test_same_generation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobStore) store = open_store (fixture);
  g_autoptr (FobSecret) passphrase = fob_secret_new (PASSPHRASE, strlen (PASSPHRASE));
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) changed = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) foreign = NULL;
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (commit_number (store, 0, &error));
  g_assert_true (g_file_get_contents (fixture->path, &text, &size, &error));
  file = g_bytes_new (text, size);
  envelope = fob_envelope_open (file, passphrase, &content, &error);
  g_assert_no_error (error);
  foreign = fob_envelope_seal (envelope, changed, 1, &error);
  g_assert_true (g_file_set_contents (fixture->path, g_bytes_get_data (foreign, NULL),
                                      (gssize) g_bytes_get_size (foreign), &error));
  g_assert_false (commit_number (store, 1, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT);
}

/* A synchronised folder brings another computer's file of the same generation: an edit is made on
 * what is there, not on what was on screen. */
static void
test_other_computer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = open_vault (fixture);
  g_autofree char *base = NULL;
  g_autofree char *theirs = NULL;
  g_autoptr (GError) error = NULL;
  gsize base_size;
  gsize their_size;

  g_assert_true (g_file_get_contents (fixture->path, &base, &base_size, &error));
  {
    g_autoptr (FobVault) other = open_vault (fixture);

    add (other, "Theirs");
  }
  g_assert_true (g_file_get_contents (fixture->path, &theirs, &their_size, &error));
  fob_test_wait_for_accounts (vault, 1, 1000);
  {
    g_autoptr (FobVault) here = NULL;
    g_autofree char *issuer = NULL;

    g_assert_true (g_file_set_contents (fixture->path, base, (gssize) base_size, &error));
    here = open_vault (fixture);
    add (here, "Ours");
    g_assert_true (g_file_set_contents (fixture->path, theirs, (gssize) their_size, &error));
    add (here, "New");
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (here)), ==, 2);
    {
      g_autoptr (FobAccount) first = g_list_model_get_item (G_LIST_MODEL (here), 0);

      issuer = g_strdup (fob_account_get_issuer (first));
    }
    g_assert_cmpstr (issuer, ==, "Theirs");
  }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/vault/file-store/create-and-reopen", test_create_and_reopen },
    { "/vault/file-store/wrong-then-right", test_wrong_then_right },
    { "/vault/file-store/previous-generation", test_previous_generation },
    { "/vault/file-store/two-vaults", test_two_vaults },
    { "/vault/file-store/broken-files", test_broken_files },
    { "/vault/file-store/odd-places", test_odd_places },
    { "/vault/file-store/symbolic-link", test_symbolic_link },
    { "/vault/file-store/gone", test_gone },
    { "/vault/file-store/open-to-all", test_open_to_all },
    { "/vault/file-store/lock", test_lock },
    { "/vault/file-store/dangling-link", test_dangling_link },
    { "/vault/file-store/previous-of-link", test_previous_of_link },
    { "/vault/file-store/killed", test_killed },
    { "/vault/file-store/no-room", test_no_room },
    { "/vault/file-store/same-generation", test_same_generation },
    { "/vault/file-store/other-computer", test_other_computer },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
