/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-edit-private.h"
#include "fob-merge.h"
#include "fob-payload-draft.h"
#include "fob-test-vault.h"

#define NOW 1795425632

static FobPayload *
apply (FobPayload *payload, FobEdit *edit, gint64 now)
{
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobOtp) taken = NULL;
  g_autoptr (GError) error = NULL;
  FobPayload *result = fob_edit_apply (edit, payload, now, &inverse, &taken, &error);

  g_assert_no_error (error);

  return result;
}

/* @edit: (transfer full). Consumes @payload. */
static FobPayload *
edited (FobPayload *payload, FobEdit *edit, gint64 now)
{
  FobPayload *result = apply (payload, edit, now);

  fob_edit_unref (edit);
  fob_payload_unref (payload);

  return result;
}

static FobPayload *
add (FobPayload *payload, const char *issuer, guint64 counter, gint64 now)
{
  g_autoptr (FobAccount) account =
    counter > 0 ? fob_test_counter_account (issuer, counter) : fob_test_account (issuer, "alice");

  return edited (payload, fob_edit_new_add (account, G_MAXUINT), now);
}

static FobAccount *
find (FobPayload *payload, const char *issuer)
{
  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    {
      FobAccount *account = fob_payload_get_account (payload, i);

      if (g_str_equal (fob_account_get_issuer (account), issuer))
        return account;
    }

  return NULL;
}

static FobPayload *
change_note (FobPayload *payload, const char *issuer, const char *note, gint64 now)
{
  FobAccount *account = find (payload, issuer);
  g_autoptr (FobAccount) after = fob_account_with_note (account, note);

  return edited (payload, fob_edit_new_update (account, after), now);
}

static FobPayload *
drop (FobPayload *payload, const char *issuer, gint64 now)
{
  return edited (payload, fob_edit_new_remove (fob_account_get_id (find (payload, issuer))), now);
}

static FobPayload *
advance (FobPayload *payload, const char *issuer)
{
  return edited (payload, fob_edit_new_advance (fob_account_get_id (find (payload, issuer))), NOW);
}

/* Three time-based accounts and one that counts, as of an hour ago. */
static FobPayload *
create_base (void)
{
  FobPayload *payload = fob_payload_new ();

  payload = add (payload, "One", 0, NOW - 3600);
  payload = add (payload, "Two", 0, NOW - 3600);
  payload = add (payload, "Counter", 5, NOW - 3600);

  return add (payload, "Three", 0, NOW - 3600);
}

static FobPayload *
merged (FobPayload *ours, FobPayload *theirs, FobMergeMode mode)
{
  g_autoptr (FobMerge) merge = fob_merge_new (ours, theirs, mode);
  g_autoptr (FobEdit) edit = fob_merge_dup_edit (merge);

  g_assert_true (fob_merge_is_empty (merge) == (edit == NULL));

  return edit != NULL ? apply (ours, edit, NOW + 100) : fob_payload_ref (ours);
}

static void
assert_counts (FobMerge *merge, guint n_new, guint n_changed, guint n_removed, guint n_kept)
{
  g_assert_cmpuint (fob_merge_count (merge, FOB_MERGE_NEW), ==, n_new);
  g_assert_cmpuint (fob_merge_count (merge, FOB_MERGE_CHANGED), ==, n_changed);
  g_assert_cmpuint (fob_merge_count (merge, FOB_MERGE_REMOVED), ==, n_removed);
  g_assert_cmpuint (fob_merge_count (merge, FOB_MERGE_KEPT), ==, n_kept);
}

/* As sets: order, and when it was edited, aside. */
static gboolean
same_accounts (FobPayload *a, FobPayload *b)
{
  g_autoptr (FobMerge) merge = fob_merge_new (a, b, FOB_MERGE_REPLACE);

  return fob_merge_count (merge, FOB_MERGE_IDENTICAL) == fob_merge_get_n_items (merge) &&
         fob_payload_get_n_accounts (a) == fob_payload_get_n_accounts (b);
}

static gboolean
same_order (FobPayload *a, FobPayload *b)
{
  for (guint i = 0; i < fob_payload_get_n_accounts (a); i++)
    {
      if (!g_str_equal (fob_account_get_id (fob_payload_get_account (a, i)),
                        fob_account_get_id (fob_payload_get_account (b, i))))
        return FALSE;
    }

  return TRUE;
}

static void
test_identical (void)
{
  g_autoptr (FobPayload) base = create_base ();

  for (int mode = FOB_MERGE_RESTORE; mode <= FOB_MERGE_SYNC; mode++)
    {
      g_autoptr (FobMerge) merge = fob_merge_new (base, base, (FobMergeMode) mode);

      assert_counts (merge, 0, 0, 0, 0);
      g_assert_cmpuint (fob_merge_count (merge, FOB_MERGE_IDENTICAL), ==, 4);
      g_assert_null (fob_merge_dup_edit (merge));
    }
}

static void
test_into_nothing (void)
{
  g_autoptr (FobPayload) base = create_base ();
  g_autoptr (FobPayload) empty = fob_payload_new ();

  for (int mode = FOB_MERGE_RESTORE; mode <= FOB_MERGE_SYNC; mode++)
    {
      g_autoptr (FobPayload) result = merged (empty, base, (FobMergeMode) mode);

      g_assert_cmpuint (fob_payload_get_n_accounts (result), ==, 4);
      g_assert_true (same_order (base, result));
      /* Nothing was edited, so nothing says so. */
      for (guint i = 0; i < 4; i++)
        g_assert_true (fob_account_equal (fob_payload_get_account (base, i),
                                          fob_payload_get_account (result, i)));
    }
}

static void
test_newest_edit (void)
{
  g_autoptr (FobPayload) base = create_base ();
  g_autoptr (FobPayload) ours = change_note (fob_payload_ref (base), "One", "ours", NOW - 10);
  g_autoptr (FobPayload) theirs = change_note (fob_payload_ref (base), "One", "theirs", NOW - 5);
  g_autoptr (FobPayload) newer = merged (ours, theirs, FOB_MERGE_SYNC);
  g_autoptr (FobPayload) kept = merged (theirs, ours, FOB_MERGE_SYNC);
  g_autoptr (FobPayload) replaced = merged (theirs, ours, FOB_MERGE_REPLACE);
  g_autoptr (FobMerge) merge = fob_merge_new (theirs, ours, FOB_MERGE_RESTORE);

  g_assert_cmpstr (fob_account_get_note (find (newer, "One")), ==, "theirs");
  g_assert_cmpstr (fob_account_get_note (find (kept, "One")), ==, "theirs");
  g_assert_cmpstr (fob_account_get_note (find (replaced, "One")), ==, "ours");
  assert_counts (merge, 0, 0, 0, 1);
  g_assert_cmpuint (fob_merge_get_item (merge, 0)->fields, ==, FOB_MERGE_FIELD_NOTE);
}

static void
test_deletions (void)
{
  g_autoptr (FobPayload) base = create_base ();
  g_autoptr (FobPayload) deleted = drop (fob_payload_ref (base), "Two", NOW - 100);
  g_autoptr (FobPayload) edited_later = change_note (fob_payload_ref (base), "Two", "n", NOW - 50);
  g_autoptr (FobPayload) one = merged (base, deleted, FOB_MERGE_SYNC);
  g_autoptr (FobPayload) other = merged (deleted, base, FOB_MERGE_SYNC);
  g_autoptr (FobPayload) wanted = merged (deleted, edited_later, FOB_MERGE_SYNC);
  g_autoptr (FobPayload) still_wanted = merged (edited_later, deleted, FOB_MERGE_SYNC);
  g_autoptr (FobPayload) restored = merged (deleted, base, FOB_MERGE_RESTORE);
  g_autoptr (FobPayload) synced_again = NULL;
  g_autoptr (FobPayload) not_removed = merged (base, deleted, FOB_MERGE_RESTORE);

  g_assert_null (find (one, "Two"));
  g_assert_null (find (other, "Two"));
  g_assert_nonnull (find (wanted, "Two"));
  g_assert_nonnull (find (still_wanted, "Two"));
  g_assert_nonnull (find (not_removed, "Two"));
  /* What was restored on purpose is not deleted again by an old copy. */
  g_assert_nonnull (find (restored, "Two"));
  synced_again = merged (restored, deleted, FOB_MERGE_SYNC);
  g_assert_nonnull (find (synced_again, "Two"));
}

static void
test_counters (void)
{
  g_autoptr (FobPayload) base = create_base ();
  g_autoptr (FobPayload) ahead = advance (advance (fob_payload_ref (base), "Counter"), "Counter");
  g_autoptr (FobPayload) noted = change_note (fob_payload_ref (base), "Counter", "n", NOW);

  for (int mode = FOB_MERGE_RESTORE; mode <= FOB_MERGE_SYNC; mode++)
    {
      g_autoptr (FobPayload) one = merged (base, ahead, (FobMergeMode) mode);
      g_autoptr (FobPayload) other = merged (ahead, base, (FobMergeMode) mode);
      g_autoptr (FobPayload) both = merged (ahead, noted, (FobMergeMode) mode);

      g_assert_cmpuint (fob_otp_get_counter (fob_account_get_otp (find (one, "Counter"))), ==, 7);
      g_assert_cmpuint (fob_otp_get_counter (fob_account_get_otp (find (other, "Counter"))), ==, 7);
      g_assert_cmpuint (fob_otp_get_counter (fob_account_get_otp (find (both, "Counter"))), ==, 7);
      g_assert_cmpstr (fob_account_get_note (find (both, "Counter")), ==, "n");
    }
}

/* Somebody took codes between the look at the plan and its commit. */
static void
test_counter_overtaken (void)
{
  g_autoptr (FobPayload) base = create_base ();
  g_autoptr (FobPayload) ahead = advance (fob_payload_ref (base), "Counter");
  g_autoptr (FobMerge) merge = fob_merge_new (base, ahead, FOB_MERGE_SYNC);
  g_autoptr (FobEdit) edit = fob_merge_dup_edit (merge);
  g_autoptr (FobPayload) meanwhile =
    advance (advance (advance (fob_payload_ref (base), "Counter"), "Counter"), "Counter");
  g_autoptr (FobPayload) result = apply (meanwhile, edit, NOW);

  g_assert_cmpuint (fob_otp_get_counter (fob_account_get_otp (find (result, "Counter"))), ==, 8);
}

/* A file of another vault, or another program: other ids, the same accounts. */
static void
test_foreign (void)
{
  g_autoptr (FobPayload) ours = create_base ();
  g_autoptr (FobPayload) theirs =
    add (change_note (create_base (), "One", "note", NOW - 5), "Four", 0, NOW);
  g_autoptr (FobMerge) merge = fob_merge_new (ours, theirs, FOB_MERGE_RESTORE);
  g_autoptr (FobPayload) once = merged (ours, theirs, FOB_MERGE_RESTORE);
  g_autoptr (FobMerge) again = fob_merge_new (once, theirs, FOB_MERGE_RESTORE);

  assert_counts (merge, 1, 1, 0, 0);
  g_assert_cmpuint (fob_payload_get_n_accounts (once), ==, 5);
  g_assert_cmpstr (fob_account_get_note (find (once, "One")), ==, "note");
  g_assert_cmpstr (fob_account_get_id (find (once, "One")), ==,
                   fob_account_get_id (find (ours, "One")));
  assert_counts (again, 0, 0, 0, 0);
}

/* Two accounts may share everything but the id, and come back both. */
static void
test_twins (void)
{
  g_autoptr (FobPayload) twins =
    add (add (fob_payload_new (), "Twin", 0, NOW - 9), "Twin", 0, NOW - 9);
  g_autoptr (FobPayload) single = drop (fob_payload_ref (twins), "Twin", NOW - 5);
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (FobPayload) both = merged (empty, twins, FOB_MERGE_RESTORE);
  g_autoptr (FobPayload) back = merged (single, twins, FOB_MERGE_RESTORE);
  g_autoptr (FobPayload) stranger = add (fob_payload_new (), "Twin", 0, NOW);
  g_autoptr (FobPayload) one_more = merged (stranger, twins, FOB_MERGE_RESTORE);

  /* One of them is ours already. */
  g_assert_cmpuint (fob_payload_get_n_accounts (one_more), ==, 2);
  g_assert_cmpuint (fob_payload_get_n_accounts (both), ==, 2);
  g_assert_cmpuint (fob_payload_get_n_accounts (back), ==, 2);
}

static void
test_replace (void)
{
  g_autoptr (FobPayload) base = create_base ();
  FobAccount *three = find (base, "Three");
  g_autoptr (FobPayload) theirs = edited (drop (fob_payload_ref (base), "One", NOW),
                                          fob_edit_new_move (fob_account_get_id (three), 0), NOW);
  g_autoptr (FobPayload) ours = add (drop (fob_payload_ref (base), "Two", NOW), "Five", 0, NOW);
  g_autoptr (FobMerge) merge = fob_merge_new (ours, theirs, FOB_MERGE_REPLACE);
  g_autoptr (FobEdit) edit = fob_merge_dup_edit (merge);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobOtp) taken = NULL;
  g_autoptr (FobPayload) result = NULL;
  g_autoptr (FobPayload) undone = NULL;

  assert_counts (merge, 1, 0, 2, 0);
  result = fob_edit_apply (edit, ours, NOW, &inverse, &taken, NULL);
  g_assert_true (same_accounts (result, theirs));
  g_assert_true (same_order (result, theirs));
  /* What went is in the trash, and Undo brings all of it back. */
  g_assert_cmpuint (fob_payload_get_n_trashed (result), ==, 2);
  undone = apply (result, inverse, NOW);
  g_assert_true (same_accounts (undone, ours));
  g_assert_true (same_order (undone, ours));
}

/* From the time machine: one account as it was then. */
static void
test_one_item (void)
{
  g_autoptr (FobPayload) then = create_base ();
  g_autoptr (FobPayload) now =
    change_note (drop (fob_payload_ref (then), "Two", NOW - 9), "One", "later", NOW - 8);
  g_autoptr (FobMerge) merge = fob_merge_new (now, then, FOB_MERGE_REPLACE);
  g_autoptr (FobEdit) first = fob_merge_dup_item_edit (merge, 0);
  g_autoptr (FobEdit) second = fob_merge_dup_item_edit (merge, 1);
  g_autoptr (FobPayload) noted = apply (now, first, NOW);
  g_autoptr (FobPayload) back = apply (now, second, NOW);

  g_assert_null (fob_merge_dup_item_edit (merge, 2));
  g_assert_cmpstr (fob_account_get_note (find (noted, "One")), ==, "");
  g_assert_null (find (noted, "Two"));
  g_assert_nonnull (find (back, "Two"));
  g_assert_cmpstr (fob_account_get_note (find (back, "One")), ==, "later");
}

/* Properties */

static FobPayload *
edit_at_random (FobPayload *payload, guint remainder, gint64 now)
{
  static guint serial;
  const guint n = fob_payload_get_n_accounts (payload);
  const guint position = n > 0 ? (guint) g_test_rand_int_range (0, (gint32) n) : 0;
  FobAccount *account = n > 0 ? fob_payload_get_account (payload, position) : NULL;
  const char *issuer = account != NULL ? fob_account_get_issuer (account) : "";
  g_autofree char *text = g_strdup_printf ("%u", serial++);

  /* @remainder: 2 for any account; 0 or 1 for one half of them, so that two sides never meet. */
  if (account == NULL || g_test_rand_int_range (0, 4) == 0)
    return add (payload, text, (guint64) g_test_rand_int_range (0, 2), now);
  if (remainder < 2 && g_str_hash (fob_account_get_id (account)) % 2 != remainder)
    return payload;
  if (g_test_rand_int_range (0, 3) == 0)
    return edited (payload, fob_edit_new_remove (fob_account_get_id (account)), now);
  if (fob_otp_get_kind (fob_account_get_otp (account)) == FOB_OTP_KIND_HOTP &&
      g_test_rand_int_range (0, 2) == 0)
    return edited (payload, fob_edit_new_advance (fob_account_get_id (account)), now);

  return change_note (payload, issuer, text, now);
}

static FobPayload *
create_random (void)
{
  FobPayload *payload = create_base ();

  for (guint i = 0; i < 10; i++)
    payload = edit_at_random (payload, 2, NOW - 3000 + (gint64) i);

  return payload;
}

/* @base: borrowed. Edits at times of their own: even ones for one side, odd ones for the other. */
static FobPayload *
diverge (FobPayload *base, guint side, gboolean disjoint)
{
  FobPayload *payload = fob_payload_ref (base);

  for (guint i = 0; i < 12; i++)
    payload = edit_at_random (payload, disjoint ? side : 2, NOW - 1000 + (gint64) (2 * i + side));

  return payload;
}

static void
assert_no_counter_back (FobPayload *before, FobPayload *after)
{
  for (guint i = 0; i < fob_payload_get_n_accounts (before); i++)
    {
      FobAccount *account = fob_payload_get_account (before, i);
      guint position;

      if (fob_payload_find (after, fob_account_get_id (account), &position))
        g_assert_cmpuint (
          fob_otp_get_counter (fob_account_get_otp (fob_payload_get_account (after, position))), >=,
          fob_otp_get_counter (fob_account_get_otp (account)));
    }
}

static void
test_properties (void)
{
  for (guint round = 0; round < 300; round++)
    {
      const gboolean disjoint = round % 2 == 0;
      g_autoptr (FobPayload) base = create_random ();
      g_autoptr (FobPayload) a = diverge (base, 0, disjoint);
      g_autoptr (FobPayload) b = diverge (base, 1, disjoint);

      for (int mode = FOB_MERGE_RESTORE; mode <= FOB_MERGE_SYNC; mode++)
        {
          g_autoptr (FobPayload) result = merged (a, b, (FobMergeMode) mode);
          g_autoptr (FobPayload) again = merged (result, b, (FobMergeMode) mode);

          assert_no_counter_back (a, result);
          assert_no_counter_back (b, result);
          /* Once is enough. */
          g_assert_true (same_accounts (result, again));
        }
      {
        g_autoptr (FobPayload) one = merged (a, b, FOB_MERGE_SYNC);
        g_autoptr (FobPayload) other = merged (b, a, FOB_MERGE_SYNC);

        /* Whoever merges: what comes of it is the same, also where both sides edited, since no two
         * edits here were at the same time. */
        g_assert_true (same_accounts (one, other));
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vault/merge/identical", test_identical);
  g_test_add_func ("/vault/merge/into-nothing", test_into_nothing);
  g_test_add_func ("/vault/merge/newest-edit", test_newest_edit);
  g_test_add_func ("/vault/merge/deletions", test_deletions);
  g_test_add_func ("/vault/merge/counters", test_counters);
  g_test_add_func ("/vault/merge/counter-overtaken", test_counter_overtaken);
  g_test_add_func ("/vault/merge/foreign", test_foreign);
  g_test_add_func ("/vault/merge/twins", test_twins);
  g_test_add_func ("/vault/merge/replace", test_replace);
  g_test_add_func ("/vault/merge/one-item", test_one_item);
  g_test_add_func ("/vault/merge/properties", test_properties);

  return g_test_run ();
}
