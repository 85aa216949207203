/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Recovery codes, wherever an account goes. */

#include <string.h>

#include "fob-edit-private.h"
#include "fob-merge-account.h"
#include "fob-payload-draft.h"
#include "fob-recovery-text.h"
#include "fob-test-file.h"
#include "fob-test-slots.h"

#define NOW 1795425632

/* @text: a plus stands behind those that were used. */
static FobAccount *
with_codes (FobAccount *account, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobRecoveryCodes) codes = fob_recovery_text_parse (text, -1, &error);
  g_autoptr (FobRecoveryCodes) plain = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < fob_recovery_codes_get_size (codes); i++)
    {
      gsize size;
      const char *data = fob_secret_get_data (fob_recovery_codes_get (codes, i)->text, &size);

      if (data[size - 1] == '+')
        {
          g_autoptr (FobSecret) cut = fob_secret_new (data, size - 1);
          const FobRecoveryCode code = { cut, TRUE };
          g_autoptr (FobRecoveryCodes) one = fob_recovery_codes_new (&code, 1);
          FobRecoveryCodes *all = fob_recovery_codes_unite (plain, one);

          g_clear_pointer (&plain, fob_recovery_codes_unref);
          plain = all;
        }
      else
        {
          g_autoptr (FobRecoveryCodes) one =
            fob_recovery_codes_new (fob_recovery_codes_get (codes, i), 1);
          FobRecoveryCodes *all = fob_recovery_codes_unite (plain, one);

          g_clear_pointer (&plain, fob_recovery_codes_unref);
          plain = all;
        }
    }

  return fob_account_with_recovery (account, plain);
}

static void
assert_codes (FobAccount *account, const char *expected)
{
  FobRecoveryCodes *codes = fob_account_get_recovery (account);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < fob_recovery_codes_get_size (codes); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (codes, i);
      gsize size;
      const char *data = fob_secret_get_data (code->text, &size);

      g_string_append_printf (text, "%s%.*s%s", i > 0 ? " " : "", (int) size, data,
                              code->used ? "+" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static FobPayload *
payload_of (FobAccount *account, gint64 modified)
{
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (empty);
  g_autoptr (FobAccount) dated = fob_account_with_modified (account, modified);

  fob_payload_draft_insert (draft, 0, dated);

  return fob_payload_draft_finish (draft);
}

typedef struct
{
  const char *ours;
  const char *theirs;
  const char *restored; /* and synchronised */
  const char *replaced;
} Merge;

static void
test_merge (void)
{
  static const Merge merges[] = {
    { "code-1 code-2", "code-1 code-2+", "code-1 code-2+", "code-1 code-2+" },
    /* An older list brings back no code that was used. */
    { "code-1+ code-2", "code-1 code-2", "code-1+ code-2", "code-1+ code-2" },
    { "code-1+ code-2", "code-2 code-3+", "code-1+ code-2 code-3+", "code-2 code-3+" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autoptr (FobAccount) account = fob_test_account ("One", "ada");
      g_autoptr (FobAccount) here = with_codes (account, merges[i].ours);
      g_autoptr (FobAccount) there = with_codes (account, merges[i].theirs);
      /* Whoever was edited last. */
      g_autoptr (FobPayload) ours = payload_of (here, NOW - 10 + (i % 2) * 20);
      g_autoptr (FobPayload) theirs = payload_of (there, NOW);

      for (int mode = FOB_MERGE_RESTORE; mode <= FOB_MERGE_SYNC; mode++)
        {
          g_autoptr (FobMerge) merge = fob_merge_new (ours, theirs, (FobMergeMode) mode);
          g_autoptr (FobEdit) edit = fob_merge_dup_edit (merge);
          g_autoptr (FobEdit) inverse = NULL;
          g_autoptr (FobOtp) taken = NULL;
          g_autoptr (FobPayload) result = NULL;

          g_assert_cmpuint (fob_merge_get_item (merge, 0)->fields, ==, FOB_MERGE_FIELD_RECOVERY);
          result = edit != NULL ? fob_edit_apply (edit, ours, NOW, &inverse, &taken, NULL)
                                : fob_payload_ref (ours);
          assert_codes (fob_payload_get_account (result, 0),
                        mode == FOB_MERGE_REPLACE ? merges[i].replaced : merges[i].restored);
        }
    }
}

/* One device marks a code while the other adds some; and all of it can be undone. */
static void
test_edit (void)
{
  g_autoptr (FobAccount) account = fob_test_account ("One", "ada");
  g_autoptr (FobAccount) before = with_codes (account, "code-1 code-2");
  g_autoptr (FobAccount) after = with_codes (account, "code-1+ code-2");
  g_autoptr (FobAccount) current = with_codes (account, "code-1 code-2+ code-3");
  g_autoptr (FobPayload) stored = payload_of (current, NOW);
  g_autoptr (FobEdit) edit = fob_edit_new_update (before, after);
  g_autoptr (FobEdit) inverse = NULL;
  g_autoptr (FobEdit) again = NULL;
  g_autoptr (FobOtp) taken = NULL;
  g_autoptr (FobPayload) merged = fob_edit_apply (edit, stored, NOW, &inverse, &taken, NULL);
  g_autoptr (FobPayload) undone = fob_edit_apply (inverse, merged, NOW, &again, &taken, NULL);

  assert_codes (fob_payload_get_account (merged, 0), "code-1+ code-2+ code-3");
  assert_codes (fob_payload_get_account (undone, 0), "code-1 code-2+ code-3");
}

/* As many and as long as they may be. */
static FobAccount *
create_full_account (const char *issuer)
{
  g_autoptr (FobAccount) account = fob_test_account (issuer, "ada");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < FOB_RECOVERY_CODES_MAX; i++)
    g_string_append_printf (text, "%0*u\n", FOB_RECOVERY_CODE_SIZE_MAX, i);

  return with_codes (account, text->str);
}

static void
add_account (FobVault *vault, FobAccount *account)
{
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_test_edit (vault, edit, &error);

  g_assert_no_error (error);
}

static void
assert_account (FobVault *vault, guint position, FobAccount *account)
{
  g_autoptr (FobAccount) found = g_list_model_get_item (G_LIST_MODEL (vault), position);

  g_assert_true (fob_recovery_codes_equal (fob_account_get_recovery (found),
                                           fob_account_get_recovery (account)));
}

static void
test_keyring (void)
{
  g_autoptr (FobAccount) plain = fob_test_account ("One", "ada");
  g_autoptr (FobAccount) some = with_codes (plain, "code-1+ \xc3\xa9t\xc3\xa9-2 code-3");
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) again = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  add_account (vault, some);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (FobAccount) full = create_full_account ("Full");

      add_account (vault, full);
    }
  again = fob_test_open_keyring ();
  assert_account (again, 0, some);
  for (guint i = 1; i <= 20; i++)
    {
      g_autoptr (FobAccount) full = create_full_account ("Full");

      assert_account (again, i, full);
    }
}

static void
test_file (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobAccount) plain = fob_test_account ("One", "ada");
  g_autoptr (FobAccount) some = with_codes (plain, "code-1+ code-2 code-3");
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);
  g_autoptr (FobVault) again = NULL;
  g_autofree char *text = NULL;

  add_account (vault, some);
  again = fob_test_file_open_vault (fixture);
  assert_account (again, 0, some);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_null (strstr (text, "code-2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vault/recovery-codes/merge", test_merge);
  g_test_add_func ("/vault/recovery-codes/edit", test_edit);
  g_test_add_func ("/vault/recovery-codes/keyring", test_keyring);
  g_test_add ("/vault/recovery-codes/file", FobTestFile, NULL, fob_test_file_set_up, test_file,
              fob_test_file_tear_down);

  return g_test_run ();
}
