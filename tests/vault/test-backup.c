/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Backups into a folder, with their key in a real keyring: run by tests/harness/session. */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fob-backup-folder.h"
#include "fob-backup-key.h"
#include "fob-backup-retention.h"
#include "fob-backup-status.h"
#include "fob-backup.h"
#include "fob-payload-draft.h"
#include "fob-test-vault.h"

#define NOW 1795425632 /* 2026-11-23T09:20:32Z */

/* scrypt takes its time: once for all of them. */
static FobEnvelope *envelope;

typedef struct
{
  char *path;
  GFile *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->path = g_dir_make_tmp ("fob-XXXXXX", NULL);
  fixture->folder = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "rm", "-rf", fixture->path, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (fixture->path);
  g_object_unref (fixture->folder);
}

static FobEnvelope *
create_envelope (const char *passphrase)
{
  g_autoptr (FobSecret) secret = fob_secret_new (passphrase, strlen (passphrase));
  g_autoptr (GError) error = NULL;
  FobEnvelope *result = fob_envelope_new (secret, &error);

  g_assert_no_error (error);

  return result;
}

/* Every field has something in it, and one account is in the trash. */
static FobPayload *
create_payload (void)
{
  static const char *const tags[] = { "Work", "Überall", NULL };
  g_autoptr (FobPayload) payload = fob_payload_new ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (payload);
  g_autoptr (FobAccount) plain = fob_test_account ("GitHub", "alice");
  g_autoptr (FobAccount) counter = fob_test_counter_account ("Bank", 41);
  g_autoptr (FobAccount) noted = fob_account_with_note (plain, "Line one\nand two");
  g_autoptr (FobAccount) pinned = fob_account_with_pinned (noted, TRUE);
  g_autoptr (FobAccount) tagged = fob_account_with_tags (pinned, tags);
  g_autoptr (GBytes) icon = g_bytes_new_static ("<svg/>", 6);
  g_autoptr (FobAccount) full = fob_account_with_icon (tagged, icon, "image/svg+xml");
  g_autoptr (FobAccount) dated = fob_account_with_modified (full, NOW - 5);
  g_autoptr (FobAccount) gone = fob_test_account ("Gone", "gone@example.com");

  fob_payload_draft_insert (draft, 0, counter);
  fob_payload_draft_insert (draft, 1, dated);
  fob_payload_draft_insert (draft, 2, gone);
  fob_payload_draft_trash (draft, 2, NOW - 10);

  return fob_payload_draft_finish (draft);
}

static FobBackupName
run (Fixture *fixture, FobPayload *payload, guint64 generation, gint64 now)
{
  g_autoptr (GError) error = NULL;
  FobBackupName name = { 0 };

  fob_backup_run (fixture->folder, payload, generation, envelope, now, &name, NULL, &error);
  g_assert_no_error (error);

  return name;
}

static guint
count (Fixture *fixture, const char *vault_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) names = fob_backup_folder_list (fixture->folder, vault_id, NULL, &error);

  g_assert_no_error (error);

  return names->len;
}

static char *
build_path (Fixture *fixture, const FobBackupName *name)
{
  g_autofree char *text = fob_backup_name_format (name);

  return g_build_filename (fixture->path, text, NULL);
}

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobPayload) payload = create_payload ();
  const FobBackupName name = run (fixture, payload, 7, NOW);
  g_autofree char *path = build_path (fixture, &name);
  g_autoptr (FobPayload) back = NULL;
  g_autoptr (GError) error = NULL;
  const char *gone_id = fob_account_get_id (fob_payload_get_trashed (payload, 0, NULL));
  struct stat status;

  g_assert_true (g_str_has_suffix (path, "-20261123T092032Z-7.json"));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  back = fob_backup_open (fixture->folder, &name, envelope, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (fob_backup_same (payload, back));
  g_assert_cmpstr (fob_payload_get_vault_id (back), ==, fob_payload_get_vault_id (payload));
  /* Deleted is deleted, and remembered. */
  g_assert_cmpuint (fob_payload_get_n_trashed (back), ==, 0);
  g_assert_cmpint (fob_payload_get_deletion (back, gone_id), ==, NOW - 10);
}

static void
test_open_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobPayload) payload = create_payload ();
  const FobBackupName name = run (fixture, payload, 7, NOW);
  g_autofree char *path = build_path (fixture, &name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fob_backup_file_read (file, NULL, &error);
  g_autoptr (GBytes) half = NULL;
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (FobSecret) right = fob_secret_new ("right", 5);
  g_autoptr (FobSecret) wrong = fob_secret_new ("wrong", 5);
  g_autoptr (FobPayload) back = NULL;

  g_assert_no_error (error);
  back = fob_backup_open_file (bytes, right, &error);
  g_assert_no_error (error);
  g_assert_true (fob_backup_same (payload, back));

  g_assert_null (fob_backup_open_file (bytes, wrong, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&error);
  half = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) / 2);
  g_assert_null (fob_backup_open_file (half, right, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (fob_backup_open_file (none, right, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
}

/* Old copies go, and nothing else does. */
static void
test_prune (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobPayload) payload = create_payload ();
  g_autoptr (FobPayload) other = create_payload ();
  g_autofree char *notes = g_build_filename (fixture->path, "notes.json", NULL);
  g_autofree char *conflict = NULL;
  g_autofree char *damaged = NULL;
  FobBackupName name;

  write_text (notes, "{}");
  run (fixture, other, 1, NOW - 90000);
  name = run (fixture, payload, 1, NOW);
  damaged = build_path (fixture, &name);
  write_text (damaged, "no longer a backup");
  conflict = g_strconcat (damaged, ".sync-conflict", NULL);
  write_text (conflict, "{}");

  for (guint i = 2; i <= 15; i++)
    run (fixture, payload, i, NOW + (gint64) i);
  g_assert_cmpuint (count (fixture, fob_payload_get_vault_id (other)), ==, 1);
  /* What cannot be opened does not count, and stays. */
  g_assert_cmpuint (count (fixture, fob_payload_get_vault_id (payload)), ==,
                    FOB_BACKUP_RETENTION_LAST + 1);
  g_assert_true (g_file_test (notes, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (conflict, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (damaged, G_FILE_TEST_EXISTS));
}

/* Copies made with another passphrase are not ours to judge. */
static void
test_prune_other_passphrase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobPayload) payload = create_payload ();
  g_autoptr (FobEnvelope) earlier = create_envelope ("earlier");
  g_autoptr (GError) error = NULL;
  FobBackupName name;

  for (guint i = 1; i <= 3; i++)
    {
      fob_backup_run (fixture->folder, payload, i, earlier, NOW + (gint64) i, &name, NULL, &error);
      g_assert_no_error (error);
    }
  for (guint i = 4; i <= 16; i++)
    run (fixture, payload, i, NOW + (gint64) i);
  g_assert_cmpuint (count (fixture, NULL), ==, 3 + FOB_BACKUP_RETENTION_LAST);
  g_assert_null (fob_backup_open (fixture->folder, &name, envelope, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
}

static void
assert_run_fails (Fixture *fixture, GFile *folder, FobVaultError code)
{
  g_autoptr (FobPayload) payload = create_payload ();
  g_autoptr (GError) error = NULL;
  FobBackupName name;

  g_assert_false (fob_backup_run (folder, payload, 1, envelope, NOW, &name, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, (gint) code);
}

static void
test_bad_folders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) absent = g_file_get_child (fixture->folder, "disk-that-is-away");
  g_autofree char *file_path = g_build_filename (fixture->path, "file", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (file_path);
  g_autoptr (GFile) unmounted = g_file_new_for_uri ("sftp://nowhere.invalid/backups");
  g_autoptr (GFile) full = g_file_new_for_path ("/dev/full");

  assert_run_fails (fixture, absent, FOB_VAULT_ERROR_ABSENT);
  g_assert_false (g_file_query_exists (absent, NULL));
  write_text (file_path, "not a folder");
  assert_run_fails (fixture, file, FOB_VAULT_ERROR_STORAGE);
  assert_run_fails (fixture, full, FOB_VAULT_ERROR_STORAGE);
  assert_run_fails (fixture, unmounted, FOB_VAULT_ERROR_STORAGE);
  g_assert_cmpuint (count (fixture, NULL), ==, 0);
}

static void
test_drill (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobPayload) payload = create_payload ();
  g_autoptr (FobPayload) other = create_payload ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (payload);
  g_autoptr (FobPayload) less = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  FobBackupName name;

  g_assert_false (fob_backup_drill (fixture->folder, payload, 3, envelope, &name, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND);
  g_clear_error (&error);

  run (fixture, other, 9, NOW);
  run (fixture, payload, 3, NOW);
  g_assert_true (fob_backup_drill (fixture->folder, payload, 3, envelope, &name, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (name.generation, ==, 3);

  /* The same generation with other accounts in it is no copy. */
  fob_payload_draft_discard (draft, 0, NOW);
  less = fob_payload_draft_finish (draft);
  g_assert_false (fob_backup_drill (fixture->folder, less, 3, envelope, &name, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
  g_clear_error (&error);
  /* An older one is what it is. */
  g_assert_true (fob_backup_drill (fixture->folder, less, 4, envelope, &name, NULL, &error));

  path = build_path (fixture, &name);
  g_assert_cmpint (truncate (path, 100), ==, 0);
  g_assert_false (fob_backup_drill (fixture->folder, payload, 3, envelope, &name, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
}

/* The key from the keyring opens what the one before it wrote, and its copies open with the
 * passphrase. */
static void
test_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobPayload) payload = create_payload ();
  const char *vault_id = fob_payload_get_vault_id (payload);
  const FobBackupName name = run (fixture, payload, 1, NOW);
  g_autoptr (FobEnvelope) loaded = NULL;
  g_autoptr (FobPayload) back = NULL;
  g_autoptr (FobPayload) typed = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (FobSecret) right = fob_secret_new ("right", 5);
  g_autoptr (GError) error = NULL;

  g_assert_true (fob_backup_key_load (vault_id, FALSE, &loaded, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (loaded);

  g_assert_true (fob_backup_key_store (vault_id, envelope, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (fob_backup_key_load (vault_id, FALSE, &loaded, NULL, &error));
  g_assert_nonnull (loaded);
  back = fob_backup_open (fixture->folder, &name, loaded, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (fob_backup_same (payload, back));
  file = fob_backup_seal (payload, 2, loaded, &error);
  typed = fob_backup_open_file (file, right, &error);
  g_assert_no_error (error);
  g_assert_true (fob_backup_same (payload, typed));
}

static void
test_key_text (void)
{
  g_autofree char *text = fob_envelope_format_key (envelope);
  g_autoptr (GError) error = NULL;

  for (const char *p = text; *p != '\0'; p++)
    g_assert_true (g_ascii_isprint (*p));
  for (gsize size = 0; size < strlen (text); size += 7)
    {
      g_assert_null (fob_envelope_parse_key (text, size, &error));
      g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_FORMAT);
      g_clear_error (&error);
    }
}

/* A service that is away, or locked, has not said that there is no key. */
static void
test_key_without_service (void)
{
  g_autoptr (FobPayload) payload = fob_payload_new ();
  const char *vault_id = fob_payload_get_vault_id (payload);
  g_autoptr (FobEnvelope) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fob_backup_key_store (vault_id, envelope, NULL, &error));
  fob_test_keyring ("lock");
  g_assert_false (fob_backup_key_load (vault_id, FALSE, &loaded, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  fob_test_keyring ("kill");
  g_assert_false (fob_backup_key_load (vault_id, FALSE, &loaded, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE);
  g_clear_error (&error);
  fob_test_keyring ("start");
  g_assert_true (fob_backup_key_load (vault_id, FALSE, &loaded, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (loaded);
}

static void
test_status (void)
{
  g_auto (FobBackupStatus) status = { 0 };
  g_autoptr (GError) cause = g_error_new_literal (FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT, "Away.");
  g_auto (GStrv) folders = NULL;

  fob_backup_status_read (&status, "one");
  g_assert_cmpint (status.made, ==, 0);
  g_assert_null (status.folder);

  fob_backup_status_note_made ("one", "file:///a%20b", 42, NOW);
  fob_backup_status_note_made ("two", "file:///c", 1, NOW + 1);
  fob_backup_status_note_failed ("one", "file:///d", cause, NOW + 2);
  fob_backup_status_read (&status, "one");
  g_assert_cmpstr (status.folder, ==, "file:///a%20b");
  g_assert_cmpint (status.made, ==, NOW);
  g_assert_cmpuint (status.generation, ==, 42);
  g_assert_cmpint (status.verified, ==, NOW);
  g_assert_cmpint (status.failed, ==, NOW + 2);
  g_assert_cmpstr (status.error, ==, "Away.");

  fob_backup_status_note_verified ("one", NOW + 3);
  fob_backup_status_read (&status, "one");
  g_assert_cmpint (status.verified, ==, NOW + 3);
  g_assert_cmpint (status.failed, ==, 0);
  g_assert_null (status.error);
  folders = fob_backup_status_list_folders ();
  g_assert_cmpuint (g_strv_length (folders), ==, 2);
  g_assert_cmpstr (folders[0], ==, "file:///c");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/vault/backup/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  envelope = create_envelope ("right");

  ADD ("round-trip", test_round_trip);
  ADD ("open-file", test_open_file);
  ADD ("lesson-13-prune", test_prune);
  ADD ("lesson-13-prune-other-passphrase", test_prune_other_passphrase);
  ADD ("bad-folders", test_bad_folders);
  ADD ("drill", test_drill);
  ADD ("key", test_key);
  g_test_add_func ("/vault/backup/key-text", test_key_text);
  g_test_add_func ("/vault/backup/key-without-service", test_key_without_service);
  g_test_add_func ("/vault/backup/status", test_status);
  result = g_test_run ();
  fob_envelope_unref (envelope);

  return result;
}
