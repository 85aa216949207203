/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Against a real keyring daemon: run by tests/harness/session. */

#include <libsecret/secret.h>
#include <string.h>

#include "fob-keyring-store.h"
#include "fob-slot.h"
#include "fob-test-vault.h"

#define N_PROCESSES 4
#define N_EDITS     25

static const char *self_path;

static const SecretSchema schema = {
  "io.github.keyfob.Keyfob.Vault",
  SECRET_SCHEMA_NONE,
  { { "slot", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static FobVault *
open_vault (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  FobVault *vault = fob_vault_new (store);
  g_autoptr (GError) error = NULL;

  fob_test_open (vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);

  return vault;
}

/* By a search: each lookup of libsecret 0.20 leaks its answer. */
static char *
read_slot (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, "slot", name, NULL);
  g_autoptr (SecretValue) value = NULL;
  GList *items = secret_service_search_sync (NULL, &schema, attributes, SECRET_SEARCH_LOAD_SECRETS,
                                             NULL, &error);

  g_assert_no_error (error);
  if (items != NULL)
    value = secret_item_get_secret (items->data);
  g_list_free_full (items, g_object_unref);

  return value != NULL ? g_strdup (secret_value_get_text (value)) : NULL;
}

static void
write_slot (const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "test", text, NULL, &error,
                              "slot", name, NULL);
  g_assert_no_error (error);
}

static void
clear_slots (void)
{
  g_autoptr (GError) error = NULL;

  secret_password_clear_sync (&schema, NULL, &error, NULL);
  g_assert_no_error (error);
  g_assert_null (read_slot ("a"));
  g_assert_null (read_slot ("b"));
}

static void
add (FobVault *vault, const char *issuer)
{
  g_autoptr (FobAccount) account = fob_test_account (issuer, "alice");

  fob_test_add (vault, account);
}

static void
test_reopen (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) again = NULL;
  g_autoptr (FobAccount) found = NULL;

  clear_slots ();
  vault = open_vault ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);
  g_assert_null (read_slot ("a"));
  add (vault, "One");
  add (vault, "Zwei \xe2\x82\xac \xf0\x9f\x94\x91\n");
  again = open_vault ();
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

  clear_slots ();
  vault = open_vault ();
  add (vault, "One");
  add (vault, "Two");
  add (vault, "Three");
  a = read_slot ("a");
  b = read_slot ("b");
  g_assert_true (fob_slot_parse (a, strlen (a), &slot_a, &error));
  g_assert_true (fob_slot_parse (b, strlen (b), &slot_b, &error));
  g_assert_cmpuint (MAX (slot_a.generation, slot_b.generation), ==, 3);
  g_assert_cmpuint (MIN (slot_a.generation, slot_b.generation), ==, 2);
  g_assert_cmpstr (slot_a.vault_id, ==, slot_b.vault_id);
  for (const char *p = a; *p != '\0'; p++)
    g_assert_true (*p >= ' ' && *p <= '~');
}

/* One slot half written: the generation before is there. */
static void
test_torn_slot (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) again = NULL;
  g_autofree char *a = NULL;

  clear_slots ();
  vault = open_vault ();
  add (vault, "One");
  add (vault, "Two");
  add (vault, "Three");
  g_clear_object (&vault);
  a = read_slot ("a");
  a[strlen (a) / 2] = '\0';
  write_slot ("a", a);

  again = open_vault ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  add (again, "Three again");
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
  a = read_slot ("a");
  b = read_slot ("b");
  g_assert_cmpstr (a, ==, text_a);
  g_assert_cmpstr (b, ==, text_b);
}

static void
test_damaged_is_not_overwritten (void)
{
  clear_slots ();
  write_slot ("a", "keyfob1 nonsense");
  write_slot ("b", "");
  assert_refuses ("keyfob1 nonsense", "", FOB_VAULT_ERROR_DAMAGED);
}

static void
test_newer_is_not_overwritten (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autofree char *b = NULL;

  clear_slots ();
  vault = open_vault ();
  add (vault, "One");
  add (vault, "Two");
  g_clear_object (&vault);
  b = read_slot ("b");
  write_slot ("a", "keyfob2 something of tomorrow");
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

  clear_slots ();
  vault = open_vault ();
  add (vault, "One");
  add (vault, "Two");
  clear_slots ();
  inverse = fob_test_edit (vault, edit, &error);
  g_assert_null (inverse);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 2);
  g_assert_null (read_slot ("a"));
}

static void
test_stale_commit (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobVault) vault = NULL;
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  clear_slots ();
  vault = open_vault ();
  add (vault, "One");
  g_assert_true (fob_store_load (store, NULL, FALSE, &content, NULL, &error));
  g_assert_cmpuint (content.generation, ==, 1);
  add (vault, "Two");
  g_assert_false (fob_store_commit (store, content.payload, content.generation, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT);
}

static void
test_change_is_seen (void)
{
  g_autoptr (FobVault) one = NULL;
  g_autoptr (FobVault) two = NULL;

  clear_slots ();
  one = open_vault ();
  two = open_vault ();
  add (one, "One");
  fob_test_wait_for_accounts (two, 1, 1000);
  add (two, "Two");
  fob_test_wait_for_accounts (one, 2, 1000);
}

/* What a child of test_processes () does: edits of its own, and the counter that all of them share.
 */
static int
run_child (const char *name, const char *counter_id)
{
  g_autoptr (FobVault) vault = open_vault ();

  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autofree char *issuer = g_strdup_printf ("%s-%u", name, i);
      g_autoptr (FobOtp) taken = NULL;
      g_autoptr (GError) error = NULL;

      add (vault, issuer);
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

  clear_slots ();
  vault = open_vault ();
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

  after = open_vault ();
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

  clear_slots ();
  vault = open_vault ();
  add (vault, "One");
  fob_test_keyring ("kill");
  inverse = fob_test_edit (vault, edit, &error);
  g_assert_null (inverse);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);

  fob_test_keyring ("start");
  /* This program's own connection, for looking into the keyring, is of the dead daemon. */
  secret_service_disconnect ();
  add (vault, "Two");
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

  clear_slots ();
  before = open_vault ();
  add (before, "One");
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

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/keyring-store/reopen", test_reopen);
  g_test_add_func ("/vault/keyring-store/slots-alternate", test_slots_alternate);
  g_test_add_func ("/vault/keyring-store/torn-slot", test_torn_slot);
  g_test_add_func ("/vault/keyring-store/damaged-is-not-overwritten",
                   test_damaged_is_not_overwritten);
  g_test_add_func ("/vault/keyring-store/newer-is-not-overwritten", test_newer_is_not_overwritten);
  g_test_add_func ("/vault/keyring-store/older-generation", test_older_generation);
  g_test_add_func ("/vault/keyring-store/stale-commit", test_stale_commit);
  g_test_add_func ("/vault/keyring-store/change-is-seen", test_change_is_seen);
  g_test_add_func ("/vault/keyring-store/processes", test_processes);
  g_test_add_func ("/vault/keyring-store/daemon-restart", test_daemon_restart);
  g_test_add_func ("/vault/keyring-store/daemon-comes-later", test_daemon_comes_later);

  return g_test_run ();
}
