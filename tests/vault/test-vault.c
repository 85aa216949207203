/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-memory-store.h"
#include "fob-slot.h"
#include "fob-test-vault.h"

#include <string.h>

static FobVault *
create_vault (guint n_accounts)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FobStore) store = NULL;
  FobVault *vault;

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autofree char *issuer = g_strdup_printf ("%u", i);

      g_ptr_array_add (accounts, fob_test_account (issuer, "alice"));
    }
  store = fob_memory_store_new ((FobAccount **) accounts->pdata, n_accounts);
  vault = fob_vault_new (store);
  g_assert_true (fob_test_open (vault, NULL, NULL));

  return vault;
}

static char *
list_issuers (FobVault *vault)
{
  GString *text = g_string_new (NULL);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (vault));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (G_LIST_MODEL (vault), i);

      g_string_append (text, fob_account_get_issuer (account));
    }

  return g_string_free (text, FALSE);
}

static void
assert_issuers (FobVault *vault, const char *expected)
{
  g_autofree char *issuers = list_issuers (vault);

  g_assert_cmpstr (issuers, ==, expected);
}

static FobAccount *
get (FobVault *vault, guint position)
{
  FobAccount *account = g_list_model_get_item (G_LIST_MODEL (vault), position);

  g_assert_nonnull (account);
  g_object_unref (account);

  return account;
}

/* Commits @edit, and its inverse, and the inverse of that. */
static void
assert_undo (FobVault *vault, FobEdit *edit, const char *before, const char *after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) undo = NULL;
  g_autoptr (FobEdit) redo = NULL;
  g_autoptr (FobEdit) again = NULL;

  assert_issuers (vault, before);
  undo = fob_test_edit (vault, edit, &error);
  g_assert_no_error (error);
  assert_issuers (vault, after);
  redo = fob_test_edit (vault, undo, &error);
  g_assert_no_error (error);
  assert_issuers (vault, before);
  again = fob_test_edit (vault, redo, &error);
  g_assert_no_error (error);
  assert_issuers (vault, after);
}

static void
test_edits (void)
{
  g_autoptr (FobVault) vault = create_vault (4);
  g_autoptr (FobAccount) account = fob_test_account ("x", "alice");
  g_autoptr (FobAccount) renamed = fob_account_with_names (get (vault, 0), "y", "bob");
  g_autoptr (FobEdit) add = fob_edit_new_add (account, 1);
  g_autoptr (FobEdit) update = fob_edit_new_update (get (vault, 0), renamed);
  g_autoptr (FobEdit) move = NULL;
  g_autoptr (FobEdit) remove = NULL;

  assert_undo (vault, add, "0123", "0x123");
  assert_undo (vault, update, "0x123", "yx123");
  move = fob_edit_new_move (fob_account_get_id (get (vault, 0)), 3);
  assert_undo (vault, move, "yx123", "x12y3");
  remove = fob_edit_new_remove (fob_account_get_id (get (vault, 2)));
  assert_undo (vault, remove, "x12y3", "x1y3");
}

static void
test_edit_of_what_is_gone (void)
{
  g_autoptr (FobVault) vault = create_vault (1);
  g_autoptr (FobEdit) remove = fob_edit_new_remove (fob_account_get_id (get (vault, 0)));
  g_autoptr (FobEdit) undo = fob_test_edit (vault, remove, NULL);
  g_autoptr (FobEdit) twice = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (undo);
  twice = fob_test_edit (vault, remove, &error);
  g_assert_null (twice);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND);
}

/* Somebody renames in a dialog that was opened before a code was taken: the counter stays where it
 * is. */
static void
test_update_keeps_counter (void)
{
  g_autoptr (FobVault) vault = create_vault (0);
  g_autoptr (FobAccount) account = fob_test_counter_account ("bank", 7);
  g_autoptr (FobAccount) renamed = fob_account_with_names (account, "Bank", "me");
  g_autoptr (FobEdit) update = fob_edit_new_update (account, renamed);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobOtp) taken = NULL;
  g_autoptr (FobOtp) next = NULL;

  fob_test_add (vault, account);
  taken = fob_test_advance (vault, fob_account_get_id (account), NULL);
  g_assert_cmpuint (fob_otp_get_counter (taken), ==, 7);
  inverse = fob_test_edit (vault, update, NULL);
  g_assert_cmpstr (fob_account_get_issuer (get (vault, 0)), ==, "Bank");
  next = fob_test_advance (vault, fob_account_get_id (account), NULL);
  g_assert_cmpuint (fob_otp_get_counter (next), ==, 8);
}

static void
test_counter_at_its_end (void)
{
  g_autoptr (FobVault) vault = create_vault (0);
  g_autoptr (FobAccount) account = fob_test_counter_account ("bank", G_MAXUINT64);
  g_autoptr (GError) error = NULL;

  fob_test_add (vault, account);
  g_assert_null (fob_test_advance (vault, fob_account_get_id (account), &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER);
}

static void
count_changes_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  guint *seen = user_data;

  seen[0]++;
  seen[1] = position;
  seen[2] = removed;
  seen[3] = added;
}

static void
test_items_changed_is_exact (void)
{
  g_autoptr (FobVault) vault = create_vault (100);
  FobAccount *first = get (vault, 0);
  FobAccount *last = get (vault, 99);
  g_autoptr (FobAccount) renamed = fob_account_with_names (get (vault, 50), "x", "alice");
  g_autoptr (FobEdit) update = fob_edit_new_update (get (vault, 50), renamed);
  g_autoptr (FobEdit) inverse = NULL;
  guint seen[4] = { 0 };

  g_signal_connect (vault, "items-changed", G_CALLBACK (count_changes_cb), seen);
  inverse = fob_test_edit (vault, update, NULL);
  g_assert_nonnull (inverse);
  g_assert_cmpuint (seen[0], ==, 1);
  g_assert_cmpuint (seen[1], ==, 50);
  g_assert_cmpuint (seen[2], ==, 1);
  g_assert_cmpuint (seen[3], ==, 1);
  g_assert_true (get (vault, 0) == first);
  g_assert_true (get (vault, 99) == last);
}

typedef struct
{
  guint waiting;
  guint written;
} Edits;

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_vault_edit_finish (FOB_VAULT (source), result, &error);
  Edits *edits = user_data;

  if (inverse == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    edits->written++;
  edits->waiting--;
}

/* No edit from before a lock brings the accounts back, and each says truly what became of it. */
static void
test_lock_while_edits_wait (void)
{
  g_autoptr (FobVault) vault = create_vault (1);
  Edits edits = { .waiting = 3 };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (FobAccount) account = fob_test_account ("x", "alice");
      g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);

      fob_vault_edit_async (vault, edit, NULL, edited_cb, &edits);
    }
  fob_vault_lock (vault);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);
  while (edits.waiting > 0 || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (edits.written, <, 3);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_CLOSED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);
  g_assert_false (fob_vault_is_writing (vault));

  g_assert_true (fob_test_open (vault, NULL, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1 + edits.written);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fob_vault_open_finish (FOB_VAULT (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

/* Neither does an open that had not begun, nor a look in passing. */
static void
test_lock_while_open_waits (void)
{
  g_autoptr (FobVault) vault = create_vault (2);
  gboolean opened = FALSE;

  fob_store_emit_changed (fob_vault_get_store (vault));
  fob_vault_lock (vault);
  fob_vault_open_async (vault, NULL, NULL, opened_cb, &opened);
  fob_vault_lock (vault);
  while (!opened || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_CLOSED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 0);

  g_assert_true (fob_test_open (vault, NULL, NULL));
  assert_issuers (vault, "01");
}

static void
test_slot_round_trip (void)
{
  static const char id[] = "01234567-89ab-4def-8123-456789abcdef";
  g_autoptr (GBytes) payload = g_bytes_new_static ("{\"a b\":1}", 9);
  g_autofree char *text = fob_slot_format (id, G_MAXUINT64, payload);
  g_auto (FobSlot) slot = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (fob_slot_parse (text, strlen (text), &slot, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (slot.vault_id, ==, id);
  g_assert_cmpuint (slot.generation, ==, G_MAXUINT64);
  g_assert_true (g_bytes_equal (slot.payload, payload));
}

/* Every single damaged byte, and every cut, is noticed. */
static void
test_slot_damage (void)
{
  g_autoptr (GBytes) payload = g_bytes_new_static ("{\"a b\":1}", 9);
  g_autofree char *text = fob_slot_format ("01234567-89ab-4def-8123-456789abcdef", 42, payload);
  const gsize size = strlen (text);

  for (gsize i = 0; i < size; i++)
    {
      g_auto (FobSlot) slot = { 0 };
      g_auto (FobSlot) cut = { 0 };
      g_autoptr (GError) error = NULL;
      const char kept = text[i];

      g_assert_false (fob_slot_parse (text, i, &cut, NULL));
      text[i] = kept == 'x' ? 'y' : 'x';
      g_assert_false (fob_slot_parse (text, size, &slot, &error));
      g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED);
      text[i] = kept;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/vault/edits", test_edits);
  g_test_add_func ("/vault/vault/edit-of-what-is-gone", test_edit_of_what_is_gone);
  g_test_add_func ("/vault/vault/update-keeps-counter", test_update_keeps_counter);
  g_test_add_func ("/vault/vault/counter-at-its-end", test_counter_at_its_end);
  g_test_add_func ("/vault/vault/items-changed-is-exact", test_items_changed_is_exact);
  g_test_add_func ("/vault/vault/lock-while-edits-wait", test_lock_while_edits_wait);
  g_test_add_func ("/vault/vault/lesson-21-lock-while-open-waits", test_lock_while_open_waits);
  g_test_add_func ("/vault/slot/round-trip", test_slot_round_trip);
  g_test_add_func ("/vault/slot/damage", test_slot_damage);

  return g_test_run ();
}
