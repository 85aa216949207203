/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* A vault that moves while other programs touch its two places: nothing of theirs is deleted. */

#include <glib/gstdio.h>
#include <string.h>

#include "fob-file-store.h"
#include "fob-keyring-store.h"
#include "fob-store-move.h"
#include "fob-test-file.h"
#include "fob-test-slots.h"
#include "fob-test-store.h"

#define FOREIGN "of somebody else"

typedef struct
{
  FobTestStep step; /* when */
  const char *path; /* where another program puts a file, of its own or a copy of @copy */
  const char *copy; /* (nullable) */
  gboolean fails;   /* whether the step is then called failed */
  guint n_done;     /* how often it happened; at most once */
} Intruder;

static gboolean
intrude (FobTestStep step, guint64 generation, gpointer user_data, GError **error)
{
  Intruder *intruder = user_data;
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;

  if (step != intruder->step || intruder->n_done > 0)
    return TRUE;

  intruder->n_done++;
  if (intruder->path != NULL)
    {
      if (intruder->copy != NULL)
        g_assert_true (g_file_get_contents (intruder->copy, &text, NULL, NULL));
      folder = g_path_get_dirname (intruder->path);
      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      fob_test_file_write (intruder->path, text != NULL ? text : FOREIGN);
    }
  if (intruder->fails)
    g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE, "Test");

  return !intruder->fails;
}

static void
assert_text (const char *path, const char *expected)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static FobSecret *
passphrase_new (void)
{
  return fob_secret_new (FOB_TEST_PASSPHRASE, strlen (FOB_TEST_PASSPHRASE));
}

/* A vault file of one account, open. */
static FobStore *
make_vault (FobTestFile *fixture)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);
  g_autoptr (FobAccount) account = fob_test_account ("First", "ada");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;

  inverse = fob_test_edit (vault, edit, &error);
  g_assert_no_error (error);

  return fob_test_file_open_store (fixture);
}

/* Moves from @fixture to another file, in the presence of @there and @here, whom the new and the
 * old place meet. */
static gboolean
move (FobTestFile *fixture, const char *target, Intruder *there, Intruder *here, GError **error)
{
  g_autoptr (FobStore) from = make_vault (fixture);
  g_autoptr (FobStore) watched_from = fob_test_store_new (from, intrude, here);
  g_autoptr (FobStore) to = fob_file_store_new (target);
  g_autoptr (FobStore) watched_to = fob_test_store_new (to, intrude, there);
  g_autoptr (FobSecret) passphrase = passphrase_new ();

  return fob_store_move (watched_from, watched_to, passphrase, NULL, error);
}

static void
test_file_appears (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "new", "vault.json", NULL);
  Intruder there = { FOB_TEST_STEP_COMMIT, target, NULL, FALSE, 0 };
  Intruder nobody = { FOB_TEST_N_STEPS, NULL, NULL, FALSE, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (move (fixture, target, &there, &nobody, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT);
  g_assert_cmpuint (there.n_done, ==, 1);
  assert_text (target, FOREIGN);
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 1);
}

/* What was written is replaced before it is read again. */
static void
test_file_is_replaced (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "new", "vault.json", NULL);
  Intruder there = { FOB_TEST_STEP_COMMITTED, target, NULL, FALSE, 0 };
  Intruder nobody = { FOB_TEST_N_STEPS, NULL, NULL, FALSE, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (move (fixture, target, &there, &nobody, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (there.n_done, ==, 1);
  assert_text (target, FOREIGN);
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 1);
}

/* Another vault under the same passphrase comes in the place of what was written: it can be read,
 * and is not ours all the same. */
static void
test_another_vault_comes (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "new", "vault.json", NULL);
  g_autofree char *other_path = g_build_filename (fixture->folder, "other.json", NULL);
  g_autofree char *text = NULL;
  FobTestFile other = { fixture->folder, other_path };
  g_autoptr (FobStore) store = make_vault (&other);
  Intruder there = { FOB_TEST_STEP_COMMITTED, target, other_path, FALSE, 0 };
  Intruder nobody = { FOB_TEST_N_STEPS, NULL, NULL, FALSE, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (move (fixture, target, &there, &nobody, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (other_path, &text, NULL, NULL));
  assert_text (target, text);
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 1);
}

/* What the move itself wrote goes again when the move fails, and only that. */
static void
test_own_half_goes (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "new", "vault.json", NULL);
  g_autofree char *beside = g_strconcat (target, "~", NULL);
  Intruder there = { FOB_TEST_STEP_COMMITTED, beside, NULL, TRUE, 0 };
  Intruder nobody = { FOB_TEST_N_STEPS, NULL, NULL, FALSE, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (move (fixture, target, &there, &nobody, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  assert_text (beside, FOREIGN);
  g_assert_cmpuint (fob_test_file_count (fixture), ==, 1);
}

/* The old file is replaced by a newer one, by a program that knows nothing of locks, while the
 * accounts are on their way: it is not deleted. */
static void
test_old_place_changes (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "new", "vault.json", NULL);
  Intruder nobody = { FOB_TEST_N_STEPS, NULL, NULL, FALSE, 0 };
  Intruder here = { FOB_TEST_STEP_LOADED, fixture->path, NULL, FALSE, 0 };
  FobTestFile moved = { fixture->folder, target };
  g_autoptr (GError) error = NULL;

  g_assert_false (move (fixture, target, &nobody, &here, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
  g_assert_cmpuint (here.n_done, ==, 1);
  assert_text (fixture->path, FOREIGN);
  g_assert_cmpuint (fob_test_file_count (&moved), ==, 1);
}

/* Nobody interferes: the old place is empty, but for what the store never made. */
static void
test_moves (FobTestFile *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "new", "vault.json", NULL);
  g_autofree char *beside = g_strconcat (fixture->path, "~", NULL);
  Intruder nobody = { FOB_TEST_N_STEPS, NULL, NULL, FALSE, 0 };
  Intruder here = { FOB_TEST_STEP_LOADED, GPOINTER_TO_INT (data) ? beside : NULL, NULL, FALSE, 0 };
  FobTestFile moved = { fixture->folder, target };
  g_autoptr (GError) error = NULL;

  g_assert_true (move (fixture, target, &nobody, &here, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  if (GPOINTER_TO_INT (data))
    assert_text (beside, FOREIGN);
  else
    g_assert_false (g_file_test (beside, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (fob_test_file_count (&moved), ==, 1);
}

/* The keyring is written by another program while the accounts go to a file. */
static void
test_keyring_changes (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobStore) keyring = fob_keyring_store_new ();
  g_auto (FobStoreContent) content = { 0 };
  g_auto (FobStoreContent) now = { 0 };
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (GBytes) payload = fob_payload_format (empty);
  g_autoptr (FobStore) other = fob_keyring_store_new ();
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  g_assert_true (fob_store_load (keyring, NULL, TRUE, &content, NULL, &error));
  g_assert_true (fob_store_commit (keyring, payload, 0, NULL, &error));
  g_assert_true (fob_store_commit (other, payload, 1, NULL, &error));
  g_assert_false (fob_store_clear (keyring, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (fob_store_load (keyring, NULL, TRUE, &now, NULL, &error));
  g_assert_cmpuint (now.generation, ==, 2);
  g_assert_true (fob_store_clear (keyring, NULL, &error));
  g_assert_no_error (error);
  fob_store_content_clear (&now);
  g_assert_true (fob_store_load (other, NULL, TRUE, &now, NULL, &error));
  g_assert_cmpuint (now.generation, ==, 0);
}

#define ADD(path, data, function)                                                                  \
  g_test_add ("/vault/store-move/" path, FobTestFile, data, fob_test_file_set_up, function,        \
              fob_test_file_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("moves", GINT_TO_POINTER (FALSE), test_moves);
  ADD ("foreign-copy-stays", GINT_TO_POINTER (TRUE), test_moves);
  ADD ("file-appears", NULL, test_file_appears);
  ADD ("file-is-replaced", NULL, test_file_is_replaced);
  ADD ("another-vault-comes", NULL, test_another_vault_comes);
  ADD ("own-half-goes", NULL, test_own_half_goes);
  ADD ("old-place-changes", NULL, test_old_place_changes);
  ADD ("keyring-changes", NULL, test_keyring_changes);

  return g_test_run ();
}
