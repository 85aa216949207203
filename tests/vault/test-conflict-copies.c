/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Copies that sync programs leave beside a vault file. */

#include <glib/gstdio.h>
#include <string.h>

#include "fob-conflict-copies.h"
#include "fob-file-store.h"
#include "fob-merge.h"
#include "fob-test-vault.h"

#define PASSPHRASE "correct horse battery"
#define COPY       "vault.sync-conflict-20261123-092032-ABCDEFG.json"

typedef struct
{
  char *folder;
  char *path;
  char *copy;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("fob-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "vault.json", NULL);
  fixture->copy = g_build_filename (fixture->folder, COPY, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "rm", "-rf", fixture->folder, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->copy);
}

static void
test_names (void)
{
  static const char *const copies[] = {
    COPY,
    "vault.sync-conflict-20261123-092032.json",
    "vault (conflicted copy 2026-11-23 092032).json",
    "vault (conflicted copy alice 2026-11-23 092032).json",
    "vault (alice's conflicted copy 2026-11-23).json",
    "vault_conflict-20261123-092032.json",
  };
  static const char *const others[] = {
    "vault.json",
    "vault.json~",
    "vault.json.new",
    "vault (copy).json",
    "vault2.sync-conflict-20261123-092032-ABCDEFG.json",
    "vault.sync-conflict-20261123-092032-ABCDEFG.txt",
    "vault.sync-conflict-20261123-092032-ABCDEFG.json.merged",
    "vault.sync-conflict-20261123-092032-ABCDEFG.json.merged.1",
    "other (conflicted copy 2026-11-23 092032).json",
    "vault (conflicted copy).json",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    g_assert_true (fob_conflict_copies_is_copy ("vault.json", copies[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (fob_conflict_copies_is_copy ("vault.json", others[i]));
  /* A file without suffix, or with nothing else. */
  g_assert_true (
    fob_conflict_copies_is_copy ("vault", "vault.sync-conflict-20261123-092032-ABCDEFG"));
  g_assert_true (
    fob_conflict_copies_is_copy (".vault", ".vault (conflicted copy 2026-11-23 092032)"));
}

static gboolean
time_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_for_copies (FobConflictCopies *copies, guint n_copies)
{
  gboolean timed_out = FALSE;
  const guint source = g_timeout_add_seconds (10, time_out_cb, &timed_out);

  while (!timed_out && fob_conflict_copies_get_n_copies (copies) != n_copies)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (timed_out);
  g_source_remove (source);
}

static FobVault *
open_vault (const char *path, const char *passphrase)
{
  g_autoptr (FobStore) store = fob_file_store_new (path);
  FobVault *vault = fob_vault_new (store);
  g_autoptr (GError) error = NULL;

  fob_test_open (vault, passphrase, &error);
  g_assert_no_error (error);

  return vault;
}

static void
add (FobVault *vault, const char *issuer)
{
  g_autoptr (FobAccount) account = fob_test_account (issuer, "alice");

  fob_test_add (vault, account);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (from, &text, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, text, (gssize) size, &error);
  g_assert_no_error (error);
}

/* Two computers added an account each; the file of one became the conflict copy. */
static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = open_vault (fixture->path, PASSPHRASE);
  g_autoptr (FobVault) other = NULL;
  g_autoptr (FobConflictCopies) copies = NULL;
  g_autoptr (FobPayload) theirs = NULL;
  g_autoptr (FobMerge) merge = NULL;
  g_autoptr (FobEdit) edit = NULL;
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_strconcat (fixture->copy, ".merged", NULL);

  add (vault, "Both");
  copies = fob_conflict_copies_new (fixture->path);
  g_assert_cmpuint (fob_conflict_copies_get_n_copies (copies), ==, 0);
  copy_file (fixture->path, fixture->copy);
  other = open_vault (fixture->copy, PASSPHRASE);
  add (other, "Theirs");
  add (vault, "Ours");

  wait_for_copies (copies, 1);
  g_assert_cmpstr (fob_conflict_copies_get_path (copies, 0), ==, fixture->copy);
  g_assert_nonnull (fob_vault_get_envelope (vault));
  theirs = fob_conflict_copies_open (fixture->copy, fob_vault_get_envelope (vault), &error);
  g_assert_no_error (error);
  merge = fob_merge_new (fob_vault_get_payload (vault), theirs, FOB_MERGE_SYNC);
  g_assert_cmpuint (fob_merge_count (merge, FOB_MERGE_NEW), ==, 1);
  edit = fob_merge_dup_edit (merge);
  inverse = fob_test_edit (vault, edit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 3);

  fob_vault_lock (vault);
  g_assert_null (fob_vault_get_envelope (vault));
  g_assert_true (fob_conflict_copies_set_aside (fixture->copy, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  wait_for_copies (copies, 0);
}

static void
test_set_aside_never_replaces (Fixture *fixture, gconstpointer data)
{
  g_autofree char *taken = g_strconcat (fixture->copy, ".merged", NULL);
  g_autofree char *next = g_strconcat (fixture->copy, ".merged.1", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (taken, "taken", -1, NULL);
  g_file_set_contents (fixture->copy, "copy", -1, NULL);
  g_assert_true (fob_conflict_copies_set_aside (fixture->copy, &error));
  g_assert_true (g_file_get_contents (taken, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "taken");
  g_assert_true (g_file_test (next, G_FILE_TEST_EXISTS));
  /* It is gone already. */
  g_assert_false (fob_conflict_copies_set_aside (fixture->copy, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
}

static void
test_bad_copies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = open_vault (fixture->path, PASSPHRASE);
  FobEnvelope *envelope = fob_vault_get_envelope (vault);
  g_autoptr (FobVault) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_conflict_copies_open (fixture->copy, envelope, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT);
  g_clear_error (&error);
  g_file_set_contents (fixture->copy, "{}", -1, NULL);
  g_assert_null (fob_conflict_copies_open (fixture->copy, envelope, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
  g_clear_error (&error);
  g_unlink (fixture->copy);
  other = open_vault (fixture->copy, "another passphrase");
  g_assert_null (fob_conflict_copies_open (fixture->copy, envelope, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/vault/conflict-copies/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vault/conflict-copies/names", test_names);
  ADD ("merge", test_merge);
  ADD ("set-aside-never-replaces", test_set_aside_never_replaces);
  ADD ("bad-copies", test_bad_copies);

  return g_test_run ();
}
