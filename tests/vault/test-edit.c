/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-edit-private.h"
#include "fob-payload-draft.h"
#include "fob-vault-error.h"

#define NOW G_GINT64_CONSTANT (1700000000)

static FobAccount *
create_account (const char *issuer)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (FobOtp) otp = NULL;

  fob_otp_params_set_kind (&params, FOB_OTP_KIND_HOTP);
  params.counter = 7;
  params.secret = secret;
  otp = fob_otp_new (&params, NULL);

  return fob_account_new (issuer, "ada", otp);
}

static FobPayload *
create_payload (guint n_accounts)
{
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (empty);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autofree char *issuer = g_strdup_printf ("issuer %u", i);
      g_autoptr (FobAccount) account = create_account (issuer);

      fob_payload_draft_insert (draft, G_MAXUINT, account);
    }

  return fob_payload_draft_finish (draft);
}

static FobPayload *
apply (FobEdit *edit, FobPayload *payload, gint64 now, FobEdit **inverse)
{
  g_autoptr (FobOtp) taken = NULL;
  g_autoptr (FobEdit) ignored = NULL;
  g_autoptr (GError) error = NULL;
  FobPayload *result =
    fob_edit_apply (edit, payload, now, inverse != NULL ? inverse : &ignored, &taken, &error);

  g_assert_no_error (error);

  return result;
}

static void
assert_fails (FobEdit *edit, FobPayload *payload)
{
  g_autoptr (FobOtp) taken = NULL;
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_edit_apply (edit, payload, NOW, &inverse, &taken, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND);
  g_assert_null (inverse);
  g_assert_null (taken);
}

static const char *
id_at (FobPayload *payload, guint position)
{
  return fob_account_get_id (fob_payload_get_account (payload, position));
}

/* The same accounts in the same order, but for when they were edited. */
static void
assert_same (FobPayload *a, FobPayload *b)
{
  g_assert_cmpuint (fob_payload_get_n_accounts (a), ==, fob_payload_get_n_accounts (b));
  for (guint i = 0; i < fob_payload_get_n_accounts (a); i++)
    {
      g_autoptr (FobAccount) x = fob_account_with_modified (fob_payload_get_account (a, i), 0);
      g_autoptr (FobAccount) y = fob_account_with_modified (fob_payload_get_account (b, i), 0);

      g_assert_true (fob_account_equal (x, y));
    }
}

static void
test_remove_and_restore (void)
{
  g_autoptr (FobPayload) before = create_payload (3);
  g_autoptr (FobEdit) edit = fob_edit_new_remove (id_at (before, 1));
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobEdit) again = NULL;
  g_autoptr (FobPayload) removed = apply (edit, before, NOW, &inverse);
  g_autoptr (FobPayload) restored = apply (inverse, removed, NOW + 1, &again);

  g_assert_cmpuint (fob_payload_get_n_trashed (removed), ==, 1);
  g_assert_cmpint (fob_payload_get_deletion (removed, id_at (before, 1)), ==, NOW);
  g_assert_cmpuint (fob_payload_get_n_trashed (restored), ==, 0);
  g_assert_cmpint (fob_payload_get_deletion (restored, id_at (before, 1)), ==, 0);
  assert_same (before, restored);
  /* Newer than its deletion, for whoever merges a copy that remembers that. */
  g_assert_cmpint (fob_account_get_modified (fob_payload_get_account (restored, 1)), ==, NOW + 1);
}

/* Undo has the account, even if the trash was emptied meanwhile. */
static void
test_restore_purged (void)
{
  g_autoptr (FobPayload) before = create_payload (2);
  g_autoptr (FobEdit) remove = fob_edit_new_remove (id_at (before, 0));
  g_autoptr (FobEdit) purge = fob_edit_new_purge (id_at (before, 0));
  g_autoptr (FobEdit) restore = fob_edit_new_restore (id_at (before, 0), 0);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobEdit) none = NULL;
  g_autoptr (FobPayload) removed = apply (remove, before, NOW, &inverse);
  g_autoptr (FobPayload) purged = apply (purge, removed, NOW + 5, &none);
  g_autoptr (FobPayload) restored = apply (inverse, purged, NOW + 9, NULL);

  g_assert_null (none);
  g_assert_cmpuint (fob_payload_get_n_trashed (purged), ==, 0);
  g_assert_cmpint (fob_payload_get_deletion (purged, id_at (before, 0)), ==, NOW + 5);
  assert_fails (restore, purged);
  assert_fails (purge, purged);
  assert_same (before, restored);
}

/* What was added and undone leaves nothing in the trash. */
static void
test_add_and_undo (void)
{
  g_autoptr (FobPayload) before = create_payload (1);
  g_autoptr (FobAccount) account = create_account ("new");
  g_autoptr (FobEdit) add = fob_edit_new_add (account, 0);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobEdit) redo = NULL;
  g_autoptr (FobPayload) added = apply (add, before, NOW, &inverse);
  g_autoptr (FobPayload) undone = apply (inverse, added, NOW, &redo);
  g_autoptr (FobPayload) redone = apply (redo, undone, NOW, NULL);

  g_assert_cmpint (fob_account_get_modified (fob_payload_get_account (added, 0)), ==, NOW);
  g_assert_cmpuint (fob_payload_get_n_trashed (undone), ==, 0);
  g_assert_cmpint (fob_payload_get_deletion (undone, fob_account_get_id (account)), ==, NOW);
  assert_same (before, undone);
  assert_same (added, redone);
  g_assert_cmpint (fob_payload_get_deletion (redone, fob_account_get_id (account)), ==, 0);
}

static void
test_batch (void)
{
  g_autoptr (FobPayload) before = create_payload (4);
  g_autoptr (FobAccount) account = create_account ("new");
  g_autoptr (FobAccount) renamed =
    fob_account_with_names (fob_payload_get_account (before, 3), "renamed", "bob");
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobPayload) after = NULL;
  g_autoptr (FobPayload) undone = NULL;

  g_ptr_array_add (edits, fob_edit_new_add (account, 1));
  g_ptr_array_add (edits, fob_edit_new_remove (id_at (before, 0)));
  g_ptr_array_add (edits, fob_edit_new_remove (id_at (before, 1)));
  g_ptr_array_add (edits, fob_edit_new_move (id_at (before, 2), 0));
  g_ptr_array_add (edits, fob_edit_new_update (fob_payload_get_account (before, 3), renamed));
  batch = fob_edit_new_batch (edits);
  after = apply (batch, before, NOW, &inverse);
  g_assert_cmpuint (fob_payload_get_n_accounts (after), ==, 3);
  g_assert_cmpstr (id_at (after, 0), ==, id_at (before, 2));
  undone = apply (inverse, after, NOW, NULL);
  assert_same (before, undone);
}

/* All or nothing. */
static void
test_batch_fails (void)
{
  g_autoptr (FobPayload) before = create_payload (2);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;

  g_ptr_array_add (edits, fob_edit_new_advance (id_at (before, 0)));
  g_ptr_array_add (edits, fob_edit_new_remove ("11111111-2222-4333-8444-555555555555"));
  batch = fob_edit_new_batch (edits);
  assert_fails (batch, before);
  g_assert_cmpuint (fob_otp_get_counter (fob_account_get_otp (fob_payload_get_account (before, 0))),
                    ==, 7);
}

/* Two people tag one account at the same time: both tags are there, and what one took away is gone.
 */
static void
test_tags_merge (void)
{
  static const char *const at_first[] = { "old", "both", NULL };
  static const char *const mine[] = { "both", "mine", NULL };
  static const char *const theirs[] = { "old", "both", "theirs", NULL };
  static const char *const expected[] = { "both", "mine", "theirs", NULL };
  g_autoptr (FobPayload) empty = create_payload (1);
  FobAccount *plain = fob_payload_get_account (empty, 0);
  g_autoptr (FobAccount) before = fob_account_with_tags (plain, at_first);
  g_autoptr (FobAccount) after = fob_account_with_tags (plain, mine);
  g_autoptr (FobAccount) current = fob_account_with_tags (plain, theirs);
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (empty);
  g_autoptr (FobEdit) edit = fob_edit_new_update (before, after);
  g_autoptr (FobPayload) stored = NULL;
  g_autoptr (FobPayload) merged = NULL;

  fob_payload_draft_replace (draft, 0, current);
  stored = fob_payload_draft_finish (draft);
  merged = apply (edit, stored, NOW, NULL);
  g_assert_cmpstrv (fob_account_get_tags (fob_payload_get_account (merged, 0)), expected);
}

/* An import of ten thousand is one edit, and so is its undo. */
static void
test_many (void)
{
  g_autoptr (FobPayload) before = create_payload (1);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobPayload) after = NULL;
  g_autoptr (FobPayload) undone = NULL;

  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (FobAccount) account = create_account ("many");

      g_ptr_array_add (edits, fob_edit_new_add (account, G_MAXUINT));
    }
  batch = fob_edit_new_batch (edits);
  after = apply (batch, before, NOW, &inverse);
  g_assert_cmpuint (fob_payload_get_n_accounts (after), ==, 10001);
  undone = apply (inverse, after, NOW, NULL);
  assert_same (before, undone);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/edit/remove-and-restore", test_remove_and_restore);
  g_test_add_func ("/vault/edit/restore-purged", test_restore_purged);
  g_test_add_func ("/vault/edit/add-and-undo", test_add_and_undo);
  g_test_add_func ("/vault/edit/batch", test_batch);
  g_test_add_func ("/vault/edit/batch-fails", test_batch_fails);
  g_test_add_func ("/vault/edit/tags-merge", test_tags_merge);
  g_test_add_func ("/vault/edit/many", test_many);

  return g_test_run ();
}
