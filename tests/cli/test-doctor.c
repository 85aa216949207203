/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* The doctor's judgements, and its looks at a real keyring: run by tests/harness/session. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "fob-deadline.h"
#include "fob-doctor.h"
#include "fob-keyring-look.h"
#include "fob-test-slots.h"
#include "fob-vault-error.h"

#define SECRET "GEZDGNBVGY3TQOJQ"

/* @text: (nullable): what the sentence holds */
static void
assert_finding (FobFinding *taken, const char *id, FobSeverity severity, const char *text)
{
  g_autoptr (FobFinding) finding = taken;

  g_test_message ("%s", finding->sentence);
  g_assert_cmpstr (finding->id, ==, id);
  g_assert_cmpstr (fob_severity_to_string (finding->severity), ==,
                   fob_severity_to_string (severity));
  g_assert_true (g_utf8_validate (finding->sentence, -1, NULL));
  g_assert_nonnull (strstr (finding->sentence, text != NULL ? text : ""));
  /* Who is told of trouble is told what to do. */
  if (severity == FOB_SEVERITY_WARNING || severity == FOB_SEVERITY_PROBLEM)
    g_assert_nonnull (finding->advice);
}

static void
test_modes (void)
{
  assert_finding (fob_doctor_judge_file ("/v", S_IFREG | 0600, TRUE), "vault-file", FOB_SEVERITY_OK,
                  "600");
  assert_finding (fob_doctor_judge_file ("/v", S_IFREG | 0400, TRUE), "vault-file", FOB_SEVERITY_OK,
                  "400");
  assert_finding (fob_doctor_judge_file ("/v", S_IFREG | 0640, TRUE), "vault-file",
                  FOB_SEVERITY_WARNING, "640");
  assert_finding (fob_doctor_judge_file ("/v", S_IFREG | 0660, TRUE), "vault-file",
                  FOB_SEVERITY_PROBLEM, "660");
  assert_finding (fob_doctor_judge_file ("/v", S_IFREG | 0602, TRUE), "vault-file",
                  FOB_SEVERITY_PROBLEM, "602");
  assert_finding (fob_doctor_judge_file ("/v", S_IFREG | 0600, FALSE), "vault-file",
                  FOB_SEVERITY_WARNING, NULL);
  assert_finding (fob_doctor_judge_file ("/v", S_IFIFO | 0600, TRUE), "vault-file",
                  FOB_SEVERITY_PROBLEM, NULL);

  assert_finding (fob_doctor_judge_folder ("/f", S_IFDIR | 0700, TRUE), "vault-folder",
                  FOB_SEVERITY_OK, "700");
  assert_finding (fob_doctor_judge_folder ("/f", S_IFDIR | 0755, TRUE), "vault-folder",
                  FOB_SEVERITY_WARNING, "755");
  assert_finding (fob_doctor_judge_folder ("/f", S_IFDIR | 0777, TRUE), "vault-folder",
                  FOB_SEVERITY_PROBLEM, "777");
  assert_finding (fob_doctor_judge_folder ("/f", S_IFDIR | S_ISVTX | 0777, FALSE), "vault-folder",
                  FOB_SEVERITY_WARNING, "777");
  assert_finding (fob_doctor_judge_folder ("/f", S_IFREG | 0600, TRUE), "vault-folder",
                  FOB_SEVERITY_PROBLEM, NULL);
}

static void
test_places (void)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "vaults", NULL);
  g_autofree char *path = g_build_filename (folder, "v.json", NULL);

  assert_finding (fob_doctor_check_folder (folder), "vault-folder", FOB_SEVERITY_OK, "~/vaults");
  assert_finding (fob_doctor_check_locks ("vault-locks", folder), "vault-locks", FOB_SEVERITY_OK,
                  NULL);
  assert_finding (fob_doctor_check_file (path), "vault-file", FOB_SEVERITY_OK, "~/vaults/v.json");
  assert_finding (fob_doctor_check_space (folder), "free-space", FOB_SEVERITY_OK, NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (path, "x", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  assert_finding (fob_doctor_check_folder (folder), "vault-folder", FOB_SEVERITY_OK, "700");
  assert_finding (fob_doctor_check_file (path), "vault-file", FOB_SEVERITY_OK, "600");
  assert_finding (fob_doctor_check_locks ("vault-locks", folder), "vault-locks", FOB_SEVERITY_OK,
                  "~/vaults");
  /* A file is no folder to look for one in. */
  {
    g_autofree char *below = g_build_filename (path, "v.json", NULL);

    assert_finding (fob_doctor_check_file (below), "vault-file", FOB_SEVERITY_PROBLEM, NULL);
    assert_finding (fob_doctor_check_locks ("vault-locks", path), "vault-locks",
                    FOB_SEVERITY_PROBLEM, NULL);
  }

  /* Nothing stays behind. */
  {
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

    g_assert_cmpstr (g_dir_read_name (dir), ==, "v.json");
    g_assert_null (g_dir_read_name (dir));
  }
}

static void
test_space (void)
{
  assert_finding (fob_doctor_judge_space (0), "free-space", FOB_SEVERITY_PROBLEM, NULL);
  assert_finding (fob_doctor_judge_space (2 * 1024 * 1024), "free-space", FOB_SEVERITY_WARNING,
                  NULL);
  assert_finding (fob_doctor_judge_space (G_GUINT64_CONSTANT (1) << 40), "free-space",
                  FOB_SEVERITY_OK, "1.1");
}

static void
test_clock (void)
{
  static const FobSeverity expected[3][3] = {
    { FOB_SEVERITY_UNKNOWN, FOB_SEVERITY_WARNING, FOB_SEVERITY_OK },
    { FOB_SEVERITY_WARNING, FOB_SEVERITY_WARNING, FOB_SEVERITY_OK },
    { FOB_SEVERITY_OK, FOB_SEVERITY_OK, FOB_SEVERITY_OK },
  };
  g_autoptr (FobFinding) real = fob_doctor_check_clock (NULL);

  for (gsize i = 0; i < 3; i++)
    {
      for (gsize j = 0; j < 3; j++)
        assert_finding (fob_doctor_judge_clock ((FobSynchronised) i, (FobSynchronised) j), "clock",
                        expected[i][j], NULL);
    }
  g_assert_cmpint (real->severity, !=, FOB_SEVERITY_PROBLEM);
}

static void
test_memory (void)
{
  assert_finding (fob_doctor_judge_memory (TRUE, TRUE, 65536), "memory", FOB_SEVERITY_OK, NULL);
  assert_finding (fob_doctor_judge_memory (TRUE, FALSE, 65536), "memory", FOB_SEVERITY_WARNING,
                  "KiB");
  assert_finding (fob_doctor_judge_memory (FALSE, FALSE, 0), "memory", FOB_SEVERITY_WARNING, NULL);
  assert_finding (fob_doctor_describe_versions (), "versions", FOB_SEVERITY_OK, "OpenSSL");
}

/* Accounts */

static FobPayload *
parse_accounts (const char *entries)
{
  g_autofree char *text =
    g_strdup_printf ("{\"version\":3,\"entries\":[%s],\"groups\":[]}", entries);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  FobPayload *payload = fob_payload_parse (bytes, &error);

  g_assert_no_error (error);
  return payload;
}

static char *
make_entry (const char *name, const char *secret)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strdup_printf ("{\"type\":\"totp\",\"uuid\":\"%s\",\"name\":\"%s\",\"issuer\":\"Bank\","
                          "\"info\":{\"secret\":\"%s\",\"algo\":\"SHA1\",\"digits\":6,"
                          "\"period\":30}}",
                          uuid, name, secret);
}

static void
test_accounts (void)
{
  g_autofree char *strong = make_entry ("a", SECRET SECRET);
  g_autofree char *again = make_entry ("b", SECRET SECRET);
  g_autofree char *third = make_entry ("c", SECRET SECRET);
  g_autofree char *weak = make_entry ("d", SECRET);
  g_autofree char *many = g_strjoin (",", strong, again, third, weak, "{\"type\":\"?\"}", NULL);
  g_autoptr (FobPayload) empty = parse_accounts ("");
  g_autoptr (FobPayload) one = parse_accounts (strong);
  g_autoptr (FobPayload) bad = parse_accounts (many);

  assert_finding (fob_doctor_judge_readable (NULL, NULL), "accounts", FOB_SEVERITY_UNKNOWN, NULL);
  assert_finding (fob_doctor_judge_readable (empty, NULL), "accounts", FOB_SEVERITY_OK,
                  "0 accounts");
  assert_finding (fob_doctor_judge_readable (one, NULL), "accounts", FOB_SEVERITY_OK, "1 account.");
  assert_finding (fob_doctor_judge_readable (bad, NULL), "accounts", FOB_SEVERITY_WARNING,
                  "1 entry");
  assert_finding (fob_doctor_judge_duplicates (empty), "duplicates", FOB_SEVERITY_OK, NULL);
  assert_finding (fob_doctor_judge_duplicates (one), "duplicates", FOB_SEVERITY_OK, NULL);
  assert_finding (fob_doctor_judge_duplicates (bad), "duplicates", FOB_SEVERITY_WARNING,
                  "2 accounts");
  assert_finding (fob_doctor_judge_secrets (one), "weak-secrets", FOB_SEVERITY_OK, NULL);
  assert_finding (fob_doctor_judge_secrets (bad), "weak-secrets", FOB_SEVERITY_WARNING,
                  "1 account ");
}

static void
test_unopened (void)
{
  g_autoptr (GError) damaged = g_error_new (FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED, "Damaged.");
  g_autoptr (GError) older = g_error_new (FOB_VAULT_ERROR, FOB_VAULT_ERROR_OLDER, "Older.");
  g_autoptr (GError) locked = g_error_new (FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED, "Locked.");

  assert_finding (fob_doctor_judge_readable (NULL, damaged), "accounts", FOB_SEVERITY_PROBLEM,
                  "Damaged.");
  assert_finding (fob_doctor_judge_readable (NULL, older), "accounts", FOB_SEVERITY_PROBLEM,
                  "Older.");
  assert_finding (fob_doctor_judge_readable (NULL, locked), "accounts", FOB_SEVERITY_UNKNOWN, NULL);
}

static void
test_backup (void)
{
  const gint64 now = G_GINT64_CONSTANT (1790000000);
  FobBackupStatus status = { 0 };

  assert_finding (fob_doctor_judge_backup (&status, 4, now), "backup", FOB_SEVERITY_WARNING, NULL);
  status.made = now - 60;
  status.generation = 3;
  assert_finding (fob_doctor_judge_backup (&status, 4, now), "backup", FOB_SEVERITY_OK, NULL);
  status.made = now - 30 * 24 * 60 * 60;
  assert_finding (fob_doctor_judge_backup (&status, 4, now), "backup", FOB_SEVERITY_WARNING,
                  "changed since");
  /* Old, and nothing has changed. */
  status.generation = 4;
  assert_finding (fob_doctor_judge_backup (&status, 4, now), "backup", FOB_SEVERITY_OK, NULL);
  status.failed = now - 60;
  assert_finding (fob_doctor_judge_backup (&status, 4, now), "backup", FOB_SEVERITY_PROBLEM,
                  "failed");
  /* Went well since. */
  status.made = now;
  assert_finding (fob_doctor_judge_backup (&status, 4, now), "backup", FOB_SEVERITY_OK, NULL);
  assert_finding (fob_doctor_check_backup_opens (&status, NULL, 4, NULL, NULL), "backup-opens",
                  FOB_SEVERITY_UNKNOWN, NULL);
}

/* The keyring */

static void
test_service (void)
{
  FobKeyringState state;

  assert_finding (fob_doctor_check_service (NULL), "keyring-service", FOB_SEVERITY_OK,
                  "gnome-keyring-daemon");
  assert_finding (fob_doctor_check_collection (&state, NULL), "keyring-locked", FOB_SEVERITY_OK,
                  NULL);
  g_assert_cmpint (state, ==, FOB_KEYRING_OPEN);
  assert_finding (fob_doctor_check_probe (state, NULL), "keyring-probe", FOB_SEVERITY_OK, NULL);
}

static void
test_slots (void)
{
  g_autoptr (FobVault) vault = NULL;

  fob_test_clear_slots ();
  assert_finding (fob_doctor_check_slots (FOB_KEYRING_OPEN, NULL), "keyring-slots", FOB_SEVERITY_OK,
                  NULL);

  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  fob_test_add_issuer (vault, "Three");
  assert_finding (fob_doctor_check_slots (FOB_KEYRING_OPEN, NULL), "keyring-slots", FOB_SEVERITY_OK,
                  "Slot a is whole, generation 3. Slot b is whole, generation 2.");

  fob_test_write_slot ("a", "keyfob1 torn");
  assert_finding (fob_doctor_check_slots (FOB_KEYRING_OPEN, NULL), "keyring-slots",
                  FOB_SEVERITY_WARNING, "Slot a is damaged. Slot b is whole, generation 2.");
  fob_test_write_slot ("b", "");
  assert_finding (fob_doctor_check_slots (FOB_KEYRING_OPEN, NULL), "keyring-slots",
                  FOB_SEVERITY_PROBLEM, "damaged");
  fob_test_write_slot ("b", "keyfob9 something new");
  assert_finding (fob_doctor_check_slots (FOB_KEYRING_OPEN, NULL), "keyring-slots",
                  FOB_SEVERITY_PROBLEM, "newer");
  fob_test_clear_slots ();
}

/* Returns: the process of the keyring daemon. */
static GPid
find_daemon (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                 "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                 g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  guint32 pid;

  g_assert_nonnull (answer);
  g_variant_get (answer, "(u)", &pid);

  return (GPid) pid;
}

static void
test_silent_service (void)
{
  const GPid pid = find_daemon ();
  FobKeyringState state;

  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  {
    g_autoptr (FobDeadline) deadline = fob_deadline_new (200);
    GCancellable *cancellable = fob_deadline_get_cancellable (deadline);

    assert_finding (fob_doctor_check_collection (&state, cancellable), "keyring-locked",
                    FOB_SEVERITY_PROBLEM, NULL);
    g_assert_cmpint (state, ==, FOB_KEYRING_ABSENT);
  }
  {
    g_autoptr (FobDeadline) deadline = fob_deadline_new (200);

    assert_finding (fob_doctor_check_probe (FOB_KEYRING_OPEN,
                                            fob_deadline_get_cancellable (deadline)),
                    "keyring-probe", FOB_SEVERITY_PROBLEM, "in time");
  }
  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
}

static void
test_locked (void)
{
  FobKeyringState state;

  fob_test_keyring ("lock");
  assert_finding (fob_doctor_check_service (NULL), "keyring-service", FOB_SEVERITY_OK, NULL);
  assert_finding (fob_doctor_check_collection (&state, NULL), "keyring-locked",
                  FOB_SEVERITY_WARNING, NULL);
  g_assert_cmpint (state, ==, FOB_KEYRING_LOCKED);
  assert_finding (fob_doctor_check_probe (state, NULL), "keyring-probe", FOB_SEVERITY_UNKNOWN,
                  NULL);
  assert_finding (fob_doctor_check_slots (state, NULL), "keyring-slots", FOB_SEVERITY_UNKNOWN,
                  NULL);
  /* Also when it was locked a moment ago: nobody is asked. */
  assert_finding (fob_doctor_check_slots (FOB_KEYRING_OPEN, NULL), "keyring-slots",
                  FOB_SEVERITY_UNKNOWN, NULL);
}

static void
test_no_service (void)
{
  FobKeyringState state;

  fob_test_keyring ("kill");
  while (fob_keyring_probe (NULL, NULL))
    g_usleep (1000);
  assert_finding (fob_doctor_check_service (NULL), "keyring-service", FOB_SEVERITY_PROBLEM, NULL);
  assert_finding (fob_doctor_check_collection (&state, NULL), "keyring-locked",
                  FOB_SEVERITY_UNKNOWN, NULL);
  g_assert_cmpint (state, ==, FOB_KEYRING_ABSENT);
  assert_finding (fob_doctor_check_probe (state, NULL), "keyring-probe", FOB_SEVERITY_UNKNOWN,
                  NULL);
  assert_finding (fob_doctor_check_probe (FOB_KEYRING_OPEN, NULL), "keyring-probe",
                  FOB_SEVERITY_PROBLEM, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/doctor/modes", test_modes);
  g_test_add_func ("/cli/doctor/places", test_places);
  g_test_add_func ("/cli/doctor/space", test_space);
  g_test_add_func ("/cli/doctor/clock", test_clock);
  g_test_add_func ("/cli/doctor/memory", test_memory);
  g_test_add_func ("/cli/doctor/accounts", test_accounts);
  g_test_add_func ("/cli/doctor/unopened", test_unopened);
  g_test_add_func ("/cli/doctor/backup", test_backup);
  g_test_add_func ("/cli/doctor/service", test_service);
  g_test_add_func ("/cli/doctor/slots", test_slots);
  g_test_add_func ("/cli/doctor/silent-service", test_silent_service);
  g_test_add_func ("/cli/doctor/locked", test_locked);
  g_test_add_func ("/cli/doctor/no-service", test_no_service);

  return g_test_run ();
}
