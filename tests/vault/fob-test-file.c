/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-test-file.h"

#include <string.h>

#include "fob-file-store.h"

void
fob_test_file_set_up (FobTestFile *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("fob-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "deep", "vault.json", NULL);
}

void
fob_test_file_tear_down (FobTestFile *fixture, gconstpointer data)
{
  const char *const argv[] = { "rm", "-rf", fixture->folder, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (fixture->folder);
  g_free (fixture->path);
}

FobVault *
fob_test_file_create_vault (FobTestFile *fixture)
{
  g_autoptr (FobStore) store = fob_file_store_new (fixture->path);

  return fob_vault_new (store);
}

FobVault *
fob_test_file_open_vault (FobTestFile *fixture)
{
  FobVault *vault = fob_test_file_create_vault (fixture);
  g_autoptr (GError) error = NULL;

  fob_test_open (vault, FOB_TEST_PASSPHRASE, &error);
  g_assert_no_error (error);

  return vault;
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  fob_vault_accept_finish (FOB_VAULT (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

FobVault *
fob_test_file_open_older_vault (FobTestFile *fixture)
{
  FobVault *vault = fob_test_file_create_vault (fixture);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  g_assert_false (fob_test_open (vault, FOB_TEST_PASSPHRASE, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_OLDER);
  g_assert_nonnull (fob_vault_get_loss (vault));
  fob_vault_accept_async (vault, NULL, accepted_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  return vault;
}

void
fob_test_file_assert_open_fails (FobTestFile *fixture,
                                 const char *passphrase,
                                 FobVaultError code,
                                 FobVaultState state)
{
  g_autoptr (FobVault) vault = fob_test_file_create_vault (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (fob_test_open (vault, passphrase, &error));
  g_assert_error (error, FOB_VAULT_ERROR, (gint) code);
  g_assert_cmpint (fob_vault_get_state (vault), ==, (gint) state);
}

void
fob_test_assert_add_fails (FobVault *vault, FobVaultError code)
{
  g_autoptr (FobAccount) account = fob_test_account ("New", "alice");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_test_edit (vault, edit, &error));
  g_assert_error (error, FOB_VAULT_ERROR, (gint) code);
}

guint
fob_test_file_count (FobTestFile *fixture)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);

  return g_list_model_get_n_items (G_LIST_MODEL (vault));
}

void
fob_test_file_write (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

FobStore *
fob_test_file_open_store (FobTestFile *fixture)
{
  FobStore *store = fob_file_store_new (fixture->path);
  g_autoptr (FobSecret) passphrase =
    fob_secret_new (FOB_TEST_PASSPHRASE, strlen (FOB_TEST_PASSPHRASE));
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  fob_store_load (store, passphrase, FALSE, &content, NULL, &error);
  g_assert_no_error (error);

  return store;
}

gboolean
fob_test_commit_number (FobStore *store, guint64 expected, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{\"number\":%" G_GUINT64_FORMAT "}", expected + 1);
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));

  return fob_store_commit (store, payload, expected, NULL, error);
}

/* Returns: the generation, whose content has to be its own. */
guint64
fob_test_load_number (FobStore *store)
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
