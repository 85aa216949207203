/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Against a real keyring daemon: run by tests/harness/session. */

#include <libsecret/secret.h>
#include <string.h>

#include "fob-keyring-store.h"
#include "fob-last-seen.h"
#include "fob-slot.h"
#include "fob-test-slots.h"

#define N_PROCESSES 4
#define N_EDITS     25

static const char *self_path;

static void
test_reopen (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) again = NULL;
  g_autoptr (FobAccount) found = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);
  g_assert_null (fob_test_read_slot ("a"));
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Zwei \xe2\x82\xac \xf0\x9f\x94\x91\n");
  again = fob_test_open_keyring ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  found = g_list_model_get_item (G_LIST_MODEL (again), 1);
  g_assert_cmpstr (fob_account_get_issuer (found), ==, "Zwei \xe2\x82\xac \xf0\x9f\x94\x91\n");
}

static void
test_slots_alternate (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_auto (FobSlot) slot_a = { 0 };
  g_auto (FobSlot) slot_b = { 0 };
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  fob_test_add_issuer (vault, "Three");
  a = fob_test_read_slot ("a");
  b = fob_test_read_slot ("b");
  g_assert_true (fob_slot_parse (a, strlen (a), &slot_a, &error));
  g_assert_true (fob_slot_parse (b, strlen (b), &slot_b, &error));
  g_assert_cmpuint (MAX (slot_a.generation, slot_b.generation), ==, 3);
  g_assert_cmpuint (MIN (slot_a.generation, slot_b.generation), ==, 2);
  g_assert_cmpstr (slot_a.vault_id, ==, slot_b.vault_id);
  for (const char *p = a; *p != '\0'; p++)
    g_assert_true (*p >= ' ' && *p <= '~');
}

/* One slot half written: the generation before, the last one that anybody was told of, is there. */
static void
test_torn_slot (void)
{
  g_auto (FobLastSeen) seen = { 0 };
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) again = NULL;
  g_autofree char *a = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  fob_last_seen_read ("keyring", &seen);
  g_assert_cmpuint (seen.generation, ==, 2);
  fob_test_add_issuer (vault, "Three");
  fob_last_seen_write ("keyring", &seen);
  g_clear_object (&vault);
  a = fob_test_read_slot ("a");
  a[strlen (a) / 2] = '\0';
  fob_test_write_slot ("a", a);

  again = fob_test_open_keyring ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  fob_test_add_issuer (again, "Three again");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 3);
}

static void
assert_refuses (const char *text_a, const char *text_b, FobVaultError code)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobVault) vault = fob_vault_new (store);
  g_autoptr (FobAccount) account = fob_test_account ("New", "alice");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GError) edit_error = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  g_assert_false (fob_test_open (vault, NULL, &open_error));
  g_assert_error (open_error, FOB_VAULT_ERROR, (gint) code);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_FAILED);
  g_assert_error (fob_vault_get_error (vault), FOB_VAULT_ERROR, (gint) code);
  inverse = fob_test_edit (vault, edit, &edit_error);
  g_assert_null (inverse);
  g_assert_nonnull (edit_error);
  a = fob_test_read_slot ("a");
  b = fob_test_read_slot ("b");
  g_assert_cmpstr (a, ==, text_a);
  g_assert_cmpstr (b, ==, text_b);
}

static void
test_damaged_is_not_overwritten (void)
{
  fob_test_clear_slots ();
  fob_test_write_slot ("a", "keyfob1 nonsense");
  fob_test_write_slot ("b", "");
  assert_refuses ("keyfob1 nonsense", "", FOB_VAULT_ERROR_DAMAGED);
}

static void
test_newer_is_not_overwritten (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autofree char *b = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  g_clear_object (&vault);
  b = fob_test_read_slot ("b");
  fob_test_write_slot ("a", "keyfob2 something of tomorrow");
  assert_refuses ("keyfob2 something of tomorrow", b, FOB_VAULT_ERROR_VERSION);
}

/* A keyring that goes back in time under an open vault is not built upon. */
static void
test_older_generation (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobAccount) account = fob_test_account ("Late", "alice");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  fob_test_clear_slots ();
  inverse = fob_test_edit (vault, edit, &error);
  g_assert_null (inverse);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 2);
  g_assert_null (fob_test_read_slot ("a"));
}

/* In GDBus's thread. */
static GDBusMessage *
count_prompts_cb (GDBusConnection *bus,
                  GDBusMessage *message,
                  gboolean incoming,
                  gpointer user_data)
{
  if (incoming && g_strcmp0 (g_dbus_message_get_member (message), "BeginPrompting") == 0)
    g_atomic_int_inc ((gint *) user_data);

  return message;
}

/* In the place of the provider's prompter, whose window nobody would see here: it counts how often
 * somebody is to be asked, and answers nobody, which is as good as dismissing the prompt. */
static void
count_prompts (GDBusConnection *bus, gint *n_prompts)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  guint32 result;

  g_dbus_connection_add_filter (bus, count_prompts_cb, n_prompts, NULL);
  reply =
    g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                 "org.freedesktop.DBus", "RequestName",
                                 g_variant_new ("(su)", "org.gnome.keyring.SystemPrompter", 0),
                                 G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &result);
  g_assert_cmpuint (result, ==, 1);
}

/* What a child of test_locked () does, with one account in the keyring. */
static int
run_locked (void)
{
  static gint n_prompts;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobVault) vault = fob_test_open_keyring ();
  g_autoptr (FobAccount) account = fob_test_account ("Two", "alice");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (FobEdit) inverse = NULL;
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GError) edit_error = NULL;

  count_prompts (bus, &n_prompts);
  fob_test_keyring ("lock");
  g_assert_false (fob_store_load (store, NULL, FALSE, &content, NULL, &load_error));
  g_assert_error (load_error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
  g_assert_null (content.payload);
  fob_store_emit_changed (fob_vault_get_store (vault));
  /* Behind the look, and the only one that asks. */
  inverse = fob_test_edit (vault, edit, &edit_error);
  g_assert_cmpint (g_atomic_int_get (&n_prompts), ==, 1);
  g_assert_null (inverse);
  g_assert_error (edit_error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);

  return 0;
}

/* A look in passing never asks the person; an edit does, and its failure leaves what is on screen.
 * In a process whose leaks are not counted: libsecret 0.20 loses 96 bytes, nothing of ours, with
 * every prompt that is dismissed. */
static void
test_locked (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *options = g_strconcat (
    g_getenv ("ASAN_OPTIONS") != NULL ? g_getenv ("ASAN_OPTIONS") : "", ":detect_leaks=0", NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", options, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self_path, "--locked", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);

  fob_test_keyring ("kill");
  fob_test_keyring ("start");
  secret_service_disconnect ();
  fob_test_add_issuer (vault, "Two");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 2);
}

/* What a child of test_no_bus () does. */
static int
run_without_bus (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobVault) vault = fob_vault_new (store);
  g_autoptr (GError) error = NULL;

  g_assert_false (fob_test_open (vault, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_NO_SERVICE);

  return 0;
}

static void
test_no_bus (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *runtime = g_dir_make_tmp ("fob-XXXXXX", NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", runtime, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, self_path, "--no-bus", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);
}

static void
test_stale_commit (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobVault) vault = NULL;
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  g_assert_true (fob_store_load (store, NULL, FALSE, &content, NULL, &error));
  g_assert_cmpuint (content.generation, ==, 1);
  fob_test_add_issuer (vault, "Two");
  g_assert_false (fob_store_commit (store, content.payload, content.generation, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT);
}

static void
test_change_is_seen (void)
{
  g_autoptr (FobVault) one = NULL;
  g_autoptr (FobVault) two = NULL;

  fob_test_clear_slots ();
  one = fob_test_open_keyring ();
  two = fob_test_open_keyring ();
  fob_test_add_issuer (one, "One");
  fob_test_wait_for_accounts (two, 1, 1000);
  fob_test_add_issuer (two, "Two");
  fob_test_wait_for_accounts (one, 2, 1000);
}

/* What a child of test_processes () does: edits of its own, and the counter that all of them share.
 */
static int
run_child (const char *name, const char *counter_id)
{
  g_autoptr (FobVault) vault = fob_test_open_keyring ();

  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autofree char *issuer = g_strdup_printf ("%s-%u", name, i);
      g_autoptr (FobOtp) taken = NULL;
      g_autoptr (GError) error = NULL;

      fob_test_add_issuer (vault, issuer);
      taken = fob_test_advance (vault, counter_id, &error);
      g_assert_no_error (error);
      g_print ("%" G_GUINT64_FORMAT "\n", fob_otp_get_counter (taken));
    }

  return 0;
}

static void
collect_counters (GSubprocess *child, GHashTable *counters)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (child, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (child));
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, N_EDITS);
  for (guint i = 0; i < N_EDITS; i++)
    g_assert_true (g_hash_table_add (counters, g_strdup (lines[i])));
}

static void
test_processes (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) after = NULL;
  g_autoptr (FobAccount) counter = fob_test_counter_account ("Counter", 0);
  g_autoptr (FobAccount) counted = NULL;
  g_autoptr (GHashTable) counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GSubprocess *children[N_PROCESSES];
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add (vault, counter);
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u", i);

      children[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self_path, "--child",
                                      name, fob_account_get_id (counter), NULL);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      collect_counters (children[i], counters);
      g_object_unref (children[i]);
    }

  after = fob_test_open_keyring ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (after)), ==, 1 + N_PROCESSES * N_EDITS);
  g_assert_cmpuint (g_hash_table_size (counters), ==, N_PROCESSES * N_EDITS);
  counted = fob_vault_dup_account (after, fob_account_get_id (counter));
  g_assert_cmpuint (fob_otp_get_counter (fob_account_get_otp (counted)), ==, N_PROCESSES * N_EDITS);
  fob_test_wait_for_accounts (vault, 1 + N_PROCESSES * N_EDITS, 2000);
}

static void
test_daemon_restart (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobAccount) account = fob_test_account ("Lost?", "alice");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  fob_test_keyring ("kill");
  inverse = fob_test_edit (vault, edit, &error);
  g_assert_null (inverse);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);

  fob_test_keyring ("start");
  /* This program's own connection, for looking into the keyring, is of the dead daemon. */
  secret_service_disconnect ();
  fob_test_add_issuer (vault, "Two");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 2);
}

/* A vault that found no service opens by itself when one comes. */
static void
test_daemon_comes_later (void)
{
  g_autoptr (FobStore) store = NULL;
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) before = NULL;
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  before = fob_test_open_keyring ();
  fob_test_add_issuer (before, "One");
  g_clear_object (&before);
  fob_test_keyring ("kill");
  store = fob_keyring_store_new ();
  vault = fob_vault_new (store);
  g_assert_false (fob_test_open (vault, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_NO_SERVICE);
  fob_test_keyring ("start");
  secret_service_disconnect ();
  fob_test_wait_for_accounts (vault, 1, 5000);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);
}

int
main (int argc, char *argv[])
{
  self_path = argv[0];
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);
  if (argc == 2 && g_str_equal (argv[1], "--no-bus"))
    return run_without_bus ();
  if (argc == 2 && g_str_equal (argv[1], "--locked"))
    return run_locked ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/keyring-store/reopen", test_reopen);
  g_test_add_func ("/vault/keyring-store/slots-alternate", test_slots_alternate);
  g_test_add_func ("/vault/keyring-store/torn-slot", test_torn_slot);
  g_test_add_func ("/vault/keyring-store/damaged-is-not-overwritten",
                   test_damaged_is_not_overwritten);
  g_test_add_func ("/vault/keyring-store/newer-is-not-overwritten", test_newer_is_not_overwritten);
  g_test_add_func ("/vault/keyring-store/older-generation", test_older_generation);
  g_test_add_func ("/vault/keyring-store/locked", test_locked);
  g_test_add_func ("/vault/keyring-store/no-bus", test_no_bus);
  g_test_add_func ("/vault/keyring-store/stale-commit", test_stale_commit);
  g_test_add_func ("/vault/keyring-store/change-is-seen", test_change_is_seen);
  g_test_add_func ("/vault/keyring-store/processes", test_processes);
  g_test_add_func ("/vault/keyring-store/daemon-restart", test_daemon_restart);
  g_test_add_func ("/vault/keyring-store/daemon-comes-later", test_daemon_comes_later);

  return g_test_run ();
}
