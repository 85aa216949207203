/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Backups that nobody asks for: run by tests/harness/session. */

#include <glib/gstdio.h>
#include <string.h>

#include "fob-backup-folder.h"
#include "fob-backup-scheduler.h"
#include "fob-file-store.h"
#include "fob-test-vault.h"

typedef struct
{
  char *path;
  GFile *folder; /* not there yet */
  FobVault *vault;
  FobBackups *backups;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault_path = NULL;
  g_autoptr (GFile) parent = NULL;
  g_autoptr (FobStore) store = NULL;
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("fob-XXXXXX", NULL);
  parent = g_file_new_for_path (fixture->path);
  fixture->folder = g_file_get_child (parent, "backups");
  vault_path = g_build_filename (fixture->path, "vault.json", NULL);
  store = fob_file_store_new (vault_path);
  fixture->vault = fob_vault_new (store);
  fob_test_open (fixture->vault, "correct horse", &error);
  g_assert_no_error (error);
  fixture->backups = fob_backups_new (fixture->vault);
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
add (Fixture *fixture, const char *issuer)
{
  g_autoptr (FobAccount) account = fob_test_account (issuer, "alice");

  fob_test_add (fixture->vault, account);
}

static void
make_folder (Fixture *fixture)
{
  g_assert_cmpint (g_mkdir (g_file_peek_path (fixture->folder), 0700), ==, 0);
}

static guint
count (Fixture *fixture)
{
  g_autoptr (GArray) names = fob_backup_folder_list (fixture->folder, NULL, NULL, NULL);

  return names != NULL ? names->len : 0;
}

static gboolean
time_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Runs the main loop until the status says what is wanted, or for too long. */
static void
wait_until (Fixture *fixture, gboolean (*condition) (Fixture *fixture))
{
  gboolean timed_out = FALSE;
  const guint source = g_timeout_add_seconds (20, time_out_cb, &timed_out);

  while (!timed_out && !condition (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (timed_out);
  g_source_remove (source);
}

static gboolean
is_saved (Fixture *fixture)
{
  return !fob_backups_is_running (fixture->backups) &&
         fob_backups_get_status (fixture->backups)->generation ==
           fob_vault_get_generation (fixture->vault);
}

static gboolean
has_failed (Fixture *fixture)
{
  return !fob_backups_is_running (fixture->backups) &&
         fob_backups_get_status (fixture->backups)->failed > 0;
}

static void
iterate_for (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, time_out_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* Several changes in a row make one copy. */
static void
test_debounce (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobBackupScheduler) scheduler = NULL;

  make_folder (fixture);
  fob_backups_set_folder (fixture->backups, fixture->folder);
  scheduler = fob_backup_scheduler_new (fixture->backups, 1);
  g_assert_false (fob_backup_scheduler_is_due (scheduler));
  add (fixture, "One");
  add (fixture, "Two");
  add (fixture, "Three");
  g_assert_true (fob_backup_scheduler_is_due (scheduler));
  g_assert_cmpuint (count (fixture), ==, 0);
  wait_until (fixture, is_saved);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_false (fob_backup_scheduler_is_due (scheduler));
  /* Nothing changed, nothing is written. */
  iterate_for (1500);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* What was changed without us is saved when we come. */
static void
test_at_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobBackupScheduler) scheduler = NULL;

  make_folder (fixture);
  add (fixture, "One");
  scheduler = fob_backup_scheduler_new (fixture->backups, 0);
  g_assert_false (fob_backup_scheduler_is_due (scheduler));
  fob_backups_set_folder (fixture->backups, fixture->folder);
  wait_until (fixture, is_saved);
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_flush (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobBackupScheduler) scheduler = NULL;

  make_folder (fixture);
  fob_backups_set_folder (fixture->backups, fixture->folder);
  scheduler = fob_backup_scheduler_new (fixture->backups, 3600);
  add (fixture, "One");
  fob_backup_scheduler_flush (scheduler);
  g_assert_true (fob_backups_is_running (fixture->backups));
  wait_until (fixture, is_saved);
  fob_backup_scheduler_flush (scheduler);
  g_assert_false (fob_backups_is_running (fixture->backups));
}

/* The disk is away, and comes back. */
static void
test_away (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobBackupScheduler) scheduler = NULL;
  g_autoptr (GVolumeMonitor) volumes = g_volume_monitor_get ();

  fob_backups_set_folder (fixture->backups, fixture->folder);
  scheduler = fob_backup_scheduler_new (fixture->backups, 0);
  add (fixture, "One");
  wait_until (fixture, has_failed);
  g_assert_nonnull (fob_backups_get_status (fixture->backups)->error);
  make_folder (fixture);
  /* Not before something happens, or a minute has gone. */
  iterate_for (300);
  g_assert_cmpuint (count (fixture), ==, 0);
  g_signal_emit_by_name (volumes, "mount-added", NULL);
  wait_until (fixture, is_saved);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->failed, ==, 0);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* A copy that rots is noticed, and followed by a good one. */
static void
test_drill (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobBackupScheduler) scheduler = NULL;
  g_autoptr (GArray) names = NULL;
  g_auto (FobBackupStatus) status = { 0 };
  const char *vault_id;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  make_folder (fixture);
  add (fixture, "One");
  fob_backups_set_folder (fixture->backups, fixture->folder);
  scheduler = fob_backup_scheduler_new (fixture->backups, 0);
  wait_until (fixture, is_saved);
  g_clear_object (&scheduler);

  names = fob_backup_folder_list (fixture->folder, NULL, NULL, NULL);
  name = fob_backup_name_format (&g_array_index (names, FobBackupName, 0));
  path = g_build_filename (g_file_peek_path (fixture->folder), name, NULL);
  g_assert_true (g_file_set_contents (path, "rotten", -1, NULL));
  vault_id = fob_payload_get_vault_id (fob_vault_get_payload (fixture->vault));
  fob_backup_status_read (&status, vault_id);
  status.made -= 2 * FOB_BACKUP_DRILL_SECONDS;
  status.verified -= 2 * FOB_BACKUP_DRILL_SECONDS;
  fob_backup_status_write (&status, vault_id);
  g_clear_object (&fixture->backups);
  fixture->backups = fob_backups_new (fixture->vault);
  fob_backups_set_folder (fixture->backups, fixture->folder);
  scheduler = fob_backup_scheduler_new (fixture->backups, 0);
  while (fob_backups_get_status (fixture->backups)->made == status.made)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->failed, ==, 0);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->verified, >, status.verified);
}

/* A lock stops what waits; what was not saved is when it is open again. */
static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobBackupScheduler) scheduler = NULL;
  g_autoptr (GError) error = NULL;

  make_folder (fixture);
  fob_backups_set_folder (fixture->backups, fixture->folder);
  scheduler = fob_backup_scheduler_new (fixture->backups, 1);
  add (fixture, "One");
  fob_vault_lock (fixture->vault);
  iterate_for (1500);
  g_assert_cmpuint (count (fixture), ==, 0);
  fob_test_open (fixture->vault, "correct horse", &error);
  g_assert_no_error (error);
  wait_until (fixture, is_saved);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* It was locked in the middle of it: no failure, and made up for. */
static void
test_lock_while_running (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FobBackupScheduler) scheduler = NULL;
  g_autoptr (GError) error = NULL;

  make_folder (fixture);
  fob_backups_set_folder (fixture->backups, fixture->folder);
  scheduler = fob_backup_scheduler_new (fixture->backups, 0);
  add (fixture, "One");
  while (!fob_backups_is_running (fixture->backups))
    g_main_context_iteration (NULL, TRUE);
  fob_vault_lock (fixture->vault);
  while (fob_backups_is_running (fixture->backups))
    g_main_context_iteration (NULL, TRUE);
  fob_test_open (fixture->vault, "correct horse", &error);
  g_assert_no_error (error);
  g_assert_cmpint (fob_backups_get_status (fixture->backups)->failed, ==, 0);
  wait_until (fixture, is_saved);
}

static void
test_delays (void)
{
  g_assert_cmpuint (fob_backup_scheduler_get_delay (1), ==, 60);
  g_assert_cmpuint (fob_backup_scheduler_get_delay (2), ==, 120);
  g_assert_cmpuint (fob_backup_scheduler_get_delay (7), ==, 3600);
  g_assert_cmpuint (fob_backup_scheduler_get_delay (G_MAXUINT), ==, 3600);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/backup-scheduler/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/backup-scheduler/delays", test_delays);
  ADD ("debounce", test_debounce);
  ADD ("at-start", test_at_start);
  ADD ("flush", test_flush);
  ADD ("away", test_away);
  ADD ("drill", test_drill);
  ADD ("lock", test_lock);
  ADD ("lock-while-running", test_lock_while_running);

  return g_test_run ();
}
