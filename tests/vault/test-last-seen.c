/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* What happens when a keyring comes back with less than it had: run by tests/harness/session. */

#include "fob-keyring-store.h"
#include "fob-last-seen.h"
#include "fob-test-slots.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* A vault of this store that does not open because accounts are missing. */
static FobVault *
open_what_is_less (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  FobVault *vault = fob_vault_new (store);
  g_autoptr (GError) error = NULL;

  g_assert_false (fob_test_open (vault, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_OLDER);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);

  return vault;
}

static void
accept (FobVault *vault, guint n_accounts)
{
  g_autoptr (GError) error = NULL;

  fob_test_accept (vault, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, n_accounts);
}

/* A keyring that comes back empty is not taken for the first day. */
static void
test_lost (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) again = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  g_clear_object (&vault);
  fob_test_lose_slots ();
  vault = open_what_is_less ();
  g_assert_nonnull (strstr (fob_vault_get_error (vault)->message, "2"));
  g_clear_object (&vault);
  vault = open_what_is_less ();

  accept (vault, 0);
  fob_test_add_issuer (vault, "New");
  again = fob_test_open_keyring ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
}

/* As after putting back an old copy of the keyring. */
static void
test_rolled_back (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) again = NULL;
  g_autofree char *a = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  a = fob_test_read_slot ("a");
  fob_test_add_issuer (vault, "Two");
  fob_test_add_issuer (vault, "Three");
  g_clear_object (&vault);
  fob_test_lose_slots ();
  fob_test_write_slot ("a", a);
  vault = open_what_is_less ();
  accept (vault, 1);
  again = fob_test_open_keyring ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
}

static void
test_other_vault (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_auto (FobLastSeen) seen = { 0 };

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "One");
  g_clear_object (&vault);
  fob_last_seen_read ("keyring", &seen);
  g_free (seen.vault_id);
  seen.vault_id = g_uuid_string_random ();
  seen.generation = 1;
  fob_last_seen_write ("keyring", &seen);
  vault = open_what_is_less ();
  accept (vault, 1);
}

/* Who has deleted every account has nothing left to lose. */
static void
test_lost_without_accounts (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobAccount) account = fob_test_account ("One", "alice");
  g_autoptr (FobEdit) remove = fob_edit_new_remove (fob_account_get_id (account));
  g_autoptr (FobEdit) inverse = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add (vault, account);
  inverse = fob_test_edit (vault, remove, NULL);
  g_assert_nonnull (inverse);
  g_clear_object (&vault);
  fob_test_lose_slots ();
  vault = fob_test_open_keyring ();
}

/* Damage is only set aside when the person wants to go on without it, and is kept then. */
static void
test_accept_damaged (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobVault) vault = fob_vault_new (store);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fob_test_clear_slots ();
  fob_test_write_slot ("a", "keyfob1 nonsense");
  g_assert_false (fob_test_open (vault, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
  g_assert_cmpint (fob_vault_get_loss (vault)->found, ==, FOB_VAULT_FOUND_DAMAGED);
  before = fob_test_read_slot ("a");
  g_assert_cmpstr (before, ==, "keyfob1 nonsense");

  g_clear_error (&error);
  fob_test_accept (vault, &error);
  g_assert_no_error (error);
  g_assert_null (fob_vault_get_loss (vault));
  after = fob_test_read_slot ("a");
  g_assert_null (after);
  fob_test_add_issuer (vault, "New");
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "keyfob", "state", NULL);
}

/* The file is the owner's alone, and holds no name and no secret. */
static void
test_file (void)
{
  g_autoptr (FobVault) vault = NULL;
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  GStatBuf status;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add_issuer (vault, "Bank");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "Bank"));
  g_assert_null (strstr (text, "alice"));
  g_assert_null (strstr (text, "GEZDGNBV"));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* Losing the memory, or finding nonsense in its place, loses no account. */
static void
test_broken_file (void)
{
  static const char *const texts[] = {
    "",
    "nonsense",
    "[keyring]\nvault=no id\ngeneration=99\naccounts=9\n",
    "[keyring]\ngeneration=-1\n",
    "[keyring",
    "\xff\xfe",
  };
  g_autofree char *path = dup_path ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FobVault) vault = NULL;
      g_autoptr (FobVault) again = NULL;

      fob_test_clear_slots ();
      vault = fob_test_open_keyring ();
      fob_test_add_issuer (vault, "One");
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      again = fob_test_open_keyring ();
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/last-seen/lost", test_lost);
  g_test_add_func ("/vault/last-seen/rolled-back", test_rolled_back);
  g_test_add_func ("/vault/last-seen/other-vault", test_other_vault);
  g_test_add_func ("/vault/last-seen/lost-without-accounts", test_lost_without_accounts);
  g_test_add_func ("/vault/last-seen/accept-damaged", test_accept_damaged);
  g_test_add_func ("/vault/last-seen/file", test_file);
  g_test_add_func ("/vault/last-seen/broken-file", test_broken_file);

  return g_test_run ();
}
