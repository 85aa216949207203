/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* The backups of an open vault: run by tests/harness/session. */

#include <glib/gstdio.h>
#include <string.h>

#include "fob-backup.h"
#include "fob-backups.h"
#include "fob-file-store.h"
#include "fob-keyring-store.h"
#include "fob-test-vault.h"

typedef struct
{
  char *path;
  GFile *folder;
  FobVault *vault;
  FobBackups *backups;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const gboolean in_keyring = data == NULL;
  g_autofree char *file_path = NULL;
  g_autoptr (FobStore) store = NULL;
  g_autoptr (FobAccount) account = fob_test_account ("GitHub", "alice");
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("fob-XXXXXX", NULL);
  fixture->folder = g_file_new_for_path (fixture->path);
  file_path = g_build_filename (fixture->path, "vault", "vault.json", NULL);
  store = in_keyring ? fob_keyring_store_new () : fob_file_store_new (file_path);
  fixture->vault = fob_vault_new (store);
  fob_test_open (fixture->vault, in_keyring ? NULL : "vault passphrase", &error);
  g_assert_no_error (error);
  fob_test_add (fixture->vault, account);
  fixture->backups = fob_backups_new (fixture->vault);
  fob_backups_set_folder (fixture->backups, fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "rm", "-rf", fixture->path, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_object_unref (fixture->backups);
  g_object_unref (fixture->vault);
  g_object_unref (fixture->folder);
  g_free (fixture->path);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
run (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fob_backups_run_async (fixture->backups, NULL, result_cb, &result);
  wait_for (&result);

  return fob_backups_run_finish (fixture->backups, result, error);
}

static gboolean
drill (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fob_backups_drill_async (fixture->backups, NULL, result_cb, &result);
  wait_for (&result);

  return fob_backups_drill_finish (fixture->backups, result, error);
}

static gboolean
has_passphrase (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fob_backups_check_passphrase_async (fixture->backups, NULL, result_cb, &result);
  wait_for (&result);

  return fob_backups_check_passphrase_finish (fixture->backups, result, error);
}

static void
set_passphrase (Fixture *fixture, const char *passphrase)
{
  g_autoptr (FobSecret) secret = fob_secret_new (passphrase, strlen (passphrase));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fob_backups_set_passphrase_async (fixture->backups, secret, NULL, result_cb, &result);
  wait_for (&result);
  fob_backups_set_passphrase_finish (fixture->backups, result, &error);
  g_assert_no_error (error);
}

static GArray *
list (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *names;

  fob_backups_list_async (fixture->backups, NULL, result_cb, &result);
  wait_for (&result);
  names = fob_backups_list_finish (fixture->backups, result, &error);
  g_assert_no_error (error);

  return names;
}

static FobPayload *
open_copy (Fixture *fixture, const FobBackupName *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fob_backups_open_async (fixture->backups, name, NULL, result_cb, &result);
  wait_for (&result);

  return fob_backups_open_finish (fixture->backups, result, error);
}

static void
test_keyring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) names = NULL;
  g_autoptr (FobPayload) payload = NULL;
  FobBackupName name;

  g_assert_false (fob_backups_uses_vault_passphrase (fixture->backups));
  g_assert_false (has_passphrase (fixture, &error));
  g_assert_no_error (error);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->failed, >, 0);

  set_passphrase (fixture, "backup passphrase");
  g_assert_true (has_passphrase (fixture, &error));
  g_assert_true (run (fixture, &error));
  g_assert_no_error (error);
  g_assert_false (fob_backups_is_running (fixture->backups));
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->made, >, 0);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->failed, ==, 0);
  g_assert_cmpuint (fob_backups_get_status (fixture->backups)->generation, ==,
                    fob_vault_get_generation (fixture->vault));

  names = list (fixture);
  g_assert_cmpuint (names->len, ==, 1);
  name = g_array_index (names, FobBackupName, 0);
  payload = open_copy (fixture, &name, &error);
  g_assert_no_error (error);
  g_assert_true (fob_backup_same (payload, fob_vault_get_payload (fixture->vault)));
  g_assert_true (drill (fixture, &error));

  /* From now on another key: what was made before is no longer opened without asking. */
  set_passphrase (fixture, "another passphrase");
  g_assert_null (open_copy (fixture, &name, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
}

/* A vault with a passphrase asks for no second one. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) names = NULL;
  g_autoptr (FobSecret) passphrase = fob_secret_new ("vault passphrase", 16);
  g_autoptr (FobPayload) payload = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) file = NULL;
  gsize size;

  g_assert_true (fob_backups_uses_vault_passphrase (fixture->backups));
  g_assert_true (has_passphrase (fixture, &error));
  g_assert_true (run (fixture, &error));
  g_assert_no_error (error);
  names = list (fixture);
  g_assert_cmpuint (names->len, ==, 1);
  name = fob_backup_name_format (&g_array_index (names, FobBackupName, 0));
  path = g_build_filename (fixture->path, name, NULL);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  file = g_bytes_new (text, size);
  payload = fob_backup_open_file (file, passphrase, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fob_payload_get_n_accounts (payload), ==, 1);
}

static void
test_trouble (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) away = g_file_get_child (fixture->folder, "away");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GError) error = NULL;

  /* One at a time. */
  fob_backups_run_async (fixture->backups, NULL, result_cb, &first);
  g_assert_true (fob_backups_is_running (fixture->backups));
  g_assert_false (run (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  wait_for (&first);
  g_assert_true (fob_backups_run_finish (fixture->backups, first, &error));

  fob_backups_set_folder (fixture->backups, away);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT);
  g_clear_error (&error);
  g_assert_nonnull (fob_backups_get_status (fixture->backups)->error);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->made, >, 0);

  fob_backups_set_folder (fixture->backups, NULL);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND);
  g_clear_error (&error);

  fob_vault_lock (fixture->vault);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->made, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/vault/backups/keyring", Fixture, NULL, set_up, test_keyring, tear_down);
  g_test_add ("/vault/backups/file", Fixture, "file", set_up, test_file, tear_down);
  g_test_add ("/vault/backups/trouble", Fixture, "file", set_up, test_trouble, tear_down);

  return g_test_run ();
}
