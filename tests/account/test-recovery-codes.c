/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-account-error.h"
#include "fob-recovery-text.h"

/* "abcd 1234+|…": a plus stands for one that was used. */
static char *
describe (FobRecoveryCodes *codes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fob_recovery_codes_get_size (codes); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (codes, i);
      gsize size;
      const char *data = fob_secret_get_data (code->text, &size);

      g_string_append_printf (text, "%s%.*s%s", i > 0 ? "|" : "", (int) size, data,
                              code->used ? "+" : "");
    }

  return g_string_free (text, FALSE);
}

static void
assert_codes (FobRecoveryCodes *codes, const char *expected)
{
  g_autofree char *text = describe (codes);

  g_assert_cmpstr (text, ==, expected);
}

/* As in describe (). */
static FobRecoveryCodes *
create (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);
  FobRecoveryCodes *codes = NULL;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const gboolean used = g_str_has_suffix (parts[i], "+");
      g_autoptr (FobSecret) secret = fob_secret_new (parts[i], strlen (parts[i]) - (used ? 1 : 0));
      const FobRecoveryCode code = { secret, used };
      g_autoptr (FobRecoveryCodes) one = fob_recovery_codes_new (&code, 1);
      FobRecoveryCodes *all = fob_recovery_codes_unite (codes, one);

      g_clear_pointer (&codes, fob_recovery_codes_unref);
      codes = all;
    }

  return codes;
}

typedef struct
{
  const char *text;
  const char *codes;
} Case;

/* What services hand out, as it is copied or in their files. */
static const Case cases[] = {
  /* GitHub, GitLab, npm and others: a file, one a line */
  { "abcde-12345\nfghij-67890\nk1l2m-n3o4p\n", "abcde-12345|fghij-67890|k1l2m-n3o4p" },
  { "0a1b2c3d4e5f6071\r\n1a1b2c3d4e5f6071\r\n", "0a1b2c3d4e5f6071|1a1b2c3d4e5f6071" },
  /* Google: the file, two numbered columns */
  { "SAVE YOUR BACKUP CODES\nKeep these backup codes somewhere safe but accessible.\n\n"
    "1. 1234 5678\t\t 3. 3456 7890\n2. 2345 6789\t\t 4. 4567 8901\n\n(ada@example.com)\n\n"
    "* You can only use each backup code once.\n"
    "* Need more? Visit https://g.co/2sv\n"
    "* These codes were generated on: Nov 24, 2026.\n",
    "1234 5678|3456 7890|2345 6789|4567 8901" },
  /* Google: the page */
  { "1234 5678\n2345 6789\n", "1234 5678|2345 6789" },
  { "1234\xc2\xa0"
    "5678\n2345\xc2\xa0"
    "6789",
    "1234 5678|2345 6789" },
  /* Pairs in one line */
  { "1234 5678 2345 6789 3456 7890", "1234 5678|2345 6789|3456 7890" },
  { "1234 5678  2345 6789", "1234 5678|2345 6789" },
  { "1. 1234 5678 2. 2345 6789", "1234 5678|2345 6789" },
  { "123 456\n234 567", "123 456|234 567" },
  /* Discord: bullets, letters only now and then */
  { "These are your Discord backup codes for account ada@example.com. Keep them safe!\r\n\r\n"
    "* abcd-ef12\r\n* ghij-klmn\r\n",
    "abcd-ef12|ghij-klmn" },
  /* Bitwarden: one code in groups */
  { "a1b2 c3d4 e5f6 g7h8 i9j0 k1l2 m3n4 o5p6", "a1b2 c3d4 e5f6 g7h8 i9j0 k1l2 m3n4 o5p6" },
  /* Microsoft, Apple: one code with a label */
  { "Recovery code: ABCDE-12345-FGHIJ-67890-KLMNO", "ABCDE-12345-FGHIJ-67890-KLMNO" },
  { "RECOVERY KEY\nABCD-1234-EFGH-5678-IJKL-9012-MNOP\n", "ABCD-1234-EFGH-5678-IJKL-9012-MNOP" },
  /* Whole codes in a row */
  { "12345678 23456789 34567890", "12345678|23456789|34567890" },
  { "a1b2c3d4, e5f6g7h8,i9j0k1l2;m3n4o5p6", "a1b2c3d4|e5f6g7h8|i9j0k1l2|m3n4o5p6" },
  { "abcde-12345 fghij-67890", "abcde-12345|fghij-67890" },
  { "[\"a1b2c3d4\", \"e5f6g7h8\"]", "a1b2c3d4|e5f6g7h8" },
  /* Numbers and bullets of all sorts */
  { "1) abcd1234\n2) efgh5678\n10) ijkl9012", "abcd1234|efgh5678|ijkl9012" },
  { "(1) abcd1234\n#2: efgh5678\n3.ijkl9012", "abcd1234|efgh5678|ijkl9012" },
  { "1 abcd1234\n2 efgh5678", "abcd1234|efgh5678" },
  { "1\nabcd1234\n2\nefgh5678", "abcd1234|efgh5678" },
  { "1 1234 5678\n2 2345 6789", "1234 5678|2345 6789" },
  { "Code 1: abcd1234\nCode 2: efgh5678", "abcd1234|efgh5678" },
  { "- abcd1234\n\xe2\x80\xa2 efgh5678\n\xe2\x80\x93 ijkl9012\n[ ] mnop3456\n\xe2\x98\x90 qrst7890",
    "abcd1234|efgh5678|ijkl9012|mnop3456|qrst7890" },
  /* Hyphens and blanks that look like others; marks of direction */
  { "abcd\xe2\x80\x91"
    "1234\n\xef\xbb\xbf"
    "efgh\xe2\x80\x93"
    "5678\n\xe2\x80\x8eijkl9012",
    "abcd-1234|efgh-5678|ijkl9012" },
  /* Headings */
  { "Wiederherstellungscodes\n1234abcd\n2345bcde\n3456cdef", "1234abcd|2345bcde|3456cdef" },
  { "Backup codes:\nabcdefgh\nijklmnop", "abcdefgh|ijklmnop" },
  /* Letters that mean something in base64 stay */
  { "ab+/cd12==\nef_gh34!", "ab+/cd12==|ef_gh34!" },
  /* None twice */
  { "1234 5678\n12345678\n1234-5678\nABCD1234\nabcd1234", "1234 5678|ABCD1234|abcd1234" },
};

static void
test_lists (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FobRecoveryCodes) codes = fob_recovery_text_parse (cases[i].text, -1, &error);

      g_assert_no_error (error);
      assert_codes (codes, cases[i].codes);
    }
}

static void
test_no_lists (void)
{
  static const char *const texts[] = {
    "",
    " \n\t\n",
    "1.\n2.\n3.\n",
    "abc",
    "Save these codes somewhere.",
    "https://example.com/2fa",
    "ada@example.com",
    "\xff\xfe",
    "---",
    ":",
    "1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fob_recovery_text_parse (texts[i], -1, &error));
      g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_RECOVERY);
    }
}

/* Whatever is pasted: no code is empty or longer than it may be. */
static void
test_anything (void)
{
  static const char *const bits[] = { "1.",  " ",    "\t",   "\n",   "abcd", "1234",    "-",
                                      ",",   "(",    ":",    "é",    "•",    "ab",      "12345678",
                                      "[x]", "\xff", "// a", "a@b.", "\r\n", "\xc2\xa0" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (FobRecoveryCodes) codes = NULL;
      const int n = g_test_rand_int_range (0, 12);

      for (int j = 0; j < n; j++)
        g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      codes = fob_recovery_text_parse (text->str, (gssize) text->len, NULL);
      for (guint j = 0; j < fob_recovery_codes_get_size (codes); j++)
        {
          const gsize size = fob_secret_get_size (fob_recovery_codes_get (codes, j)->text);

          g_assert_cmpuint (size, >=, 4);
          g_assert_cmpuint (size, <=, FOB_RECOVERY_CODE_SIZE_MAX);
        }
    }
}

static FobRecoveryCodes *
create_many (guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  FobRecoveryCodes *codes;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%08u\n", i);
  codes = fob_recovery_text_parse (text->str, -1, NULL);
  g_assert_cmpuint (fob_recovery_codes_get_size (codes), ==,
                    MIN (n, FOB_RECOVERY_CODES_STORED_MAX));

  return codes;
}

static void
test_limits (void)
{
  g_autofree char *longest = g_strnfill (FOB_RECOVERY_CODE_SIZE_MAX, '7');
  g_autofree char *too_long = g_strnfill (FOB_RECOVERY_CODE_SIZE_MAX + 1, '7');
  g_autoptr (FobRecoveryCodes) one = fob_recovery_text_parse (longest, -1, NULL);
  g_autoptr (FobRecoveryCodes) full = create_many (FOB_RECOVERY_CODES_MAX);
  g_autoptr (FobRecoveryCodes) same = fob_recovery_codes_add (NULL, full, NULL);
  g_autoptr (FobRecoveryCodes) again = fob_recovery_codes_add (full, full, NULL);
  g_autoptr (FobRecoveryCodes) merged = fob_recovery_codes_unite (full, one);
  g_autoptr (FobRecoveryCodes) still = fob_recovery_codes_add (merged, full, NULL);
  g_autoptr (FobRecoveryCodes) most = create_many (FOB_RECOVERY_CODES_STORED_MAX + 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (fob_recovery_codes_get_size (one), ==, 1);
  g_assert_true (fob_recovery_codes_equal (full, same));
  g_assert_true (fob_recovery_codes_equal (full, again));
  g_assert_true (fob_recovery_codes_equal (merged, still));
  g_assert_null (fob_recovery_codes_add (full, one, &error));
  g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_RECOVERY);
  g_clear_error (&error);
  g_assert_null (fob_recovery_text_parse (too_long, -1, &error));
  g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_RECOVERY);
}

static void
test_changes (void)
{
  g_autoptr (FobRecoveryCodes) codes = create ("aaaa|bbbb|cccc");
  g_autoptr (FobRecoveryCodes) used = fob_recovery_codes_with_used (codes, 1, TRUE);
  g_autoptr (FobRecoveryCodes) unused = fob_recovery_codes_with_used (used, 1, FALSE);
  g_autoptr (FobRecoveryCodes) less = fob_recovery_codes_without (used, 0);
  g_autoptr (FobRecoveryCodes) last = fob_recovery_codes_without (less, 1);
  g_autoptr (FobRecoveryCodes) other = create ("cccc|bbbb+|aaaa");

  assert_codes (codes, "aaaa|bbbb|cccc");
  assert_codes (used, "aaaa|bbbb+|cccc");
  assert_codes (less, "bbbb+|cccc");
  assert_codes (last, "bbbb+");
  g_assert_null (fob_recovery_codes_without (last, 0));
  g_assert_cmpuint (fob_recovery_codes_get_n_left (used), ==, 2);
  g_assert_cmpuint (fob_recovery_codes_get_n_left (NULL), ==, 0);
  g_assert_true (fob_recovery_codes_equal (codes, unused));
  g_assert_false (fob_recovery_codes_equal (codes, used));
  g_assert_false (fob_recovery_codes_equal (used, other));
  g_assert_true (fob_recovery_codes_match (used, other));
  g_assert_false (fob_recovery_codes_match (codes, other));
  g_assert_true (fob_recovery_codes_equal (NULL, NULL));
  g_assert_false (fob_recovery_codes_equal (NULL, codes));
  g_assert_false (fob_recovery_codes_match (codes, NULL));
}

/* What was used stays used, from whichever side it comes. */
static void
test_unite (void)
{
  g_autoptr (FobRecoveryCodes) a = create ("aaaa|bbbb+|cccc 1111");
  g_autoptr (FobRecoveryCodes) b = create ("dddd+|cccc1111+|bbbb");
  g_autoptr (FobRecoveryCodes) ab = fob_recovery_codes_unite (a, b);
  g_autoptr (FobRecoveryCodes) ba = fob_recovery_codes_unite (b, a);
  g_autoptr (FobRecoveryCodes) again = fob_recovery_codes_unite (ab, b);
  g_autoptr (FobRecoveryCodes) marked = fob_recovery_codes_mark (b, a);

  assert_codes (ab, "aaaa|bbbb+|cccc 1111+|dddd+");
  g_assert_true (fob_recovery_codes_match (ab, ba));
  g_assert_true (fob_recovery_codes_equal (ab, again));
  assert_codes (marked, "dddd+|cccc1111+|bbbb+");
  g_assert_null (fob_recovery_codes_unite (NULL, NULL));
  g_assert_null (fob_recovery_codes_mark (NULL, a));
}

typedef struct
{
  const char *before;
  const char *after;
  const char *current;
  const char *expected;
} Rebase;

static void
test_rebase (void)
{
  static const Rebase rebases[] = {
    /* nothing was done here */
    { "aaaa|bbbb", "aaaa|bbbb", "aaaa+|cccc", "aaaa+|cccc" },
    /* marked on both sides */
    { "aaaa|bbbb", "aaaa+|bbbb", "aaaa|bbbb+", "aaaa+|bbbb+" },
    /* not used after all, which is no older than the mark */
    { "aaaa+", "aaaa", "aaaa+", "aaaa" },
    /* added, taken away */
    { "aaaa|bbbb", "bbbb|cccc", "aaaa|bbbb|dddd", "bbbb|cccc|dddd" },
    /* taken away elsewhere */
    { "aaaa|bbbb", "aaaa+|bbbb", "bbbb", "bbbb" },
    /* added on both sides, used on one */
    { "", "aaaa", "aaaa+", "aaaa+" },
    /* all taken away */
    { "aaaa", "", "aaaa+", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rebases); i++)
    {
      const Rebase *rebase = &rebases[i];
      g_autoptr (FobRecoveryCodes) before =
        *rebase->before != '\0' ? create (rebase->before) : NULL;
      g_autoptr (FobRecoveryCodes) after = *rebase->after != '\0' ? create (rebase->after) : NULL;
      g_autoptr (FobRecoveryCodes) current = create (rebase->current);
      g_autoptr (FobRecoveryCodes) result = fob_recovery_codes_rebase (before, after, current);

      assert_codes (result, rebase->expected);
      g_assert_true ((result == NULL) == (*rebase->expected == '\0'));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/recovery-codes/lists", test_lists);
  g_test_add_func ("/account/recovery-codes/no-lists", test_no_lists);
  g_test_add_func ("/account/recovery-codes/anything", test_anything);
  g_test_add_func ("/account/recovery-codes/limits", test_limits);
  g_test_add_func ("/account/recovery-codes/changes", test_changes);
  g_test_add_func ("/account/recovery-codes/unite", test_unite);
  g_test_add_func ("/account/recovery-codes/rebase", test_rebase);

  return g_test_run ();
}
