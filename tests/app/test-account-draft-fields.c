/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-account-draft.h"

#include <string.h>

#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* RFC 4226 appendix D, in base32 */

static void
count_cb (FobAccountDraft *draft, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
assert_code (FobOtp *otp, gint64 time, const char *expected)
{
  char code[FOB_OTP_CODE_SIZE];
  g_autoptr (GError) error = NULL;

  fob_otp_code (otp, time, code, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, expected);
}

static void
test_empty (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_account_draft_build (draft, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET);
  g_assert_false (fob_account_draft_has_secret_text (draft));
  g_assert_false (fob_account_draft_has_pin (draft));
  g_assert_null (fob_account_draft_get_secret (draft));
}

static void
test_typed (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (FobAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_signal_connect (draft, "changed", G_CALLBACK (count_cb), &n_changes);
  g_object_set (draft, "issuer", "GitHub", "name", "alice", "note", "at work", NULL);
  g_assert_cmpuint (n_changes, >=, 3);
  n_changes = 0;
  /* As people copy it: lower case, in groups, with dashes. */
  fob_account_draft_set_secret_text (draft, "gezd gnbv gy3t-qojq gezd gnbv gy3t qojq");
  g_assert_cmpuint (n_changes, >=, 1);
  account = fob_account_draft_build (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fob_account_get_issuer (account), ==, "GitHub");
  g_assert_cmpstr (fob_account_get_name (account), ==, "alice");
  g_assert_cmpstr (fob_account_get_note (account), ==, "at work");
  /* RFC 6238 appendix B, the last six of eight digits. */
  assert_code (fob_account_get_otp (account), 59, "287082");
  assert_code (fob_account_get_otp (account), G_GINT64_CONSTANT (20000000000), "353130");
}

typedef struct
{
  const char *property;
  guint value;
  FobOtpError code;
} WrongNumber;

static void
test_wrong_numbers (void)
{
  static const WrongNumber rows[] = {
    { "digits", 0, FOB_OTP_ERROR_DIGITS },         { "digits", 11, FOB_OTP_ERROR_DIGITS },
    { "digits", G_MAXUINT, FOB_OTP_ERROR_DIGITS }, { "period", 0, FOB_OTP_ERROR_PERIOD },
    { "period", G_MAXUINT, FOB_OTP_ERROR_PERIOD }, { "kind", 99, FOB_OTP_ERROR_KIND },
    { "algorithm", 99, FOB_OTP_ERROR_ALGORITHM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (FobAccount) account = NULL;

      fob_account_draft_set_secret_text (draft, SECRET);
      account = fob_account_draft_build (draft, NULL);
      g_assert_nonnull (account);
      g_object_set (draft, rows[i].property, rows[i].value, NULL);
      g_assert_null (fob_account_draft_build (draft, &error));
      g_assert_error (error, FOB_OTP_ERROR, (int) rows[i].code);
    }
}

static void
test_wrong_secrets (void)
{
  static const char *const secrets[] = { "1", "GEZD0NBV", "GEZD!", "\xc3\xa4\xc3\xb6",
                                         "=", "    ",     "---",   "A" };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
      g_autoptr (GError) error = NULL;

      fob_account_draft_set_secret_text (draft, SECRET);
      fob_account_draft_set_secret_text (draft, secrets[i]);
      g_assert_null (fob_account_draft_get_secret (draft));
      g_assert_true (fob_account_draft_has_secret_text (draft));
      g_assert_null (fob_account_draft_build (draft, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET);
      /* A message may go to a log or a screen reader: it never repeats what was typed. */
      if (strlen (secrets[i]) > 2)
        g_assert_null (strstr (error->message, secrets[i]));

      /* And what is right again is right again. */
      fob_account_draft_set_secret_text (draft, SECRET);
      g_assert_nonnull (fob_account_draft_get_secret (draft));
    }
}

static void
test_counter (void)
{
  static const char *const wrong[] = { "", "-1", "abc", "1.5", "0x10", "18446744073709551616" };
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GError) error = NULL;

  fob_account_draft_set_secret_text (draft, SECRET);
  g_object_set (draft, "kind", FOB_OTP_KIND_HOTP, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) local_error = NULL;

      g_object_set (draft, "counter", wrong[i], NULL);
      g_assert_null (fob_account_draft_build_otp (draft, &local_error));
      g_assert_error (local_error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER);
    }

  g_object_set (draft, "counter", "7", NULL);
  otp = fob_account_draft_build_otp (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fob_otp_get_counter (otp), ==, 7);
  assert_code (otp, 0, "162583");
}

/* A counter that is no number matters to nobody but HOTP. */
static void
test_counter_of_others (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (FobOtp) otp = NULL;

  fob_account_draft_set_secret_text (draft, SECRET);
  g_object_set (draft, "counter", "abc", NULL);
  otp = fob_account_draft_build_otp (draft, NULL);
  g_assert_nonnull (otp);
}

static void
test_long_names (void)
{
  g_autofree char *longest = g_strnfill (FOB_OTP_LABEL_SIZE_MAX, 'a');
  g_autofree char *too_long = g_strnfill (FOB_OTP_LABEL_SIZE_MAX + 1, 'a');
  static const char *const fields[] = { "issuer", "name" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
      g_autoptr (FobAccount) account = NULL;
      g_autoptr (GError) error = NULL;

      fob_account_draft_set_secret_text (draft, SECRET);
      g_object_set (draft, fields[i], longest, NULL);
      account = fob_account_draft_build (draft, &error);
      g_assert_no_error (error);
      g_assert_nonnull (account);
      g_object_set (draft, fields[i], too_long, NULL);
      g_assert_null (fob_account_draft_build (draft, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL);
    }
}

static void
test_link (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (FobAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *issuer = NULL;
  guint digits;
  guint period;
  guint algorithm;

  g_assert_true (fob_account_draft_load_uri (draft,
                                             "otpauth://totp/ACME:ada?secret=" SECRET
                                             "&issuer=ACME&algorithm=SHA256&digits=8&period=60",
                                             &error));
  g_assert_no_error (error);
  g_object_get (draft, "issuer", &issuer, "digits", &digits, "period", &period, "algorithm",
                &algorithm, NULL);
  g_assert_cmpstr (issuer, ==, "ACME");
  g_assert_cmpuint (digits, ==, 8);
  g_assert_cmpuint (period, ==, 60);
  g_assert_cmpuint (algorithm, ==, FOB_OTP_ALGORITHM_SHA256);
  account = fob_account_draft_build (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fob_account_get_name (account), ==, "ada");
}

/* A second link replaces everything that the first one set. */
static void
test_second_link (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (FobOtp) otp = NULL;

  g_assert_true (fob_account_draft_load_uri (
    draft, "otpauth://hotp/A:a?secret=" SECRET "&algorithm=SHA512&digits=8&counter=5", NULL));
  g_assert_true (fob_account_draft_load_uri (draft, "otpauth://totp/b?secret=" SECRET, NULL));
  otp = fob_account_draft_build_otp (draft, NULL);
  g_assert_cmpint (fob_otp_get_kind (otp), ==, FOB_OTP_KIND_TOTP);
  assert_code (otp, 59, "287082");
}

/* A bad link changes nothing of what is there already. */
static void
test_bad_link (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (FobAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_object_set (draft, "issuer", "GitHub", "digits", 8, NULL);
  fob_account_draft_set_secret_text (draft, SECRET);
  g_signal_connect (draft, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_false (fob_account_draft_load_uri (
    draft, "otpauth://totp/Evil:mallory?secret=MFRGGZDF&issuer=Evil&digits=99", &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_DIGITS);
  g_assert_null (strstr (error->message, "MFRGGZDF"));
  g_assert_cmpuint (n_changes, ==, 0);
  account = fob_account_draft_build (draft, NULL);
  g_assert_nonnull (account);
  g_assert_cmpstr (fob_account_get_issuer (account), ==, "GitHub");
  assert_code (fob_account_get_otp (account), 59, "94287082");
}

static void
test_edit (void)
{
  g_autoptr (FobAccountDraft) first = fob_account_draft_new ();
  g_autoptr (FobAccountDraft) second = NULL;
  g_autoptr (FobAccount) before = NULL;
  g_autoptr (FobAccount) after = NULL;

  g_assert_true (fob_account_draft_load_uri (
    first, "otpauth://hotp/ACME:ada?secret=" SECRET "&digits=8&counter=41", NULL));
  before = fob_account_draft_build (first, NULL);
  second = fob_account_draft_new_from_account (before);

  /* Opened and saved as it is: the same account. */
  after = fob_account_draft_build (second, NULL);
  g_assert_true (fob_account_equal (before, after));
  g_clear_object (&after);

  /* Another name: the same id, and the secret need not be typed again. */
  g_object_set (second, "name", "grace", NULL);
  fob_account_draft_set_secret_text (second, "");
  after = fob_account_draft_build (second, NULL);
  g_assert_nonnull (after);
  g_assert_cmpstr (fob_account_get_id (after), ==, fob_account_get_id (before));
  g_assert_cmpstr (fob_account_get_name (after), ==, "grace");
  g_assert_true (fob_otp_equal (fob_account_get_otp (before), fob_account_get_otp (after)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/account-draft-fields/empty", test_empty);
  g_test_add_func ("/app/account-draft-fields/typed", test_typed);
  g_test_add_func ("/app/account-draft-fields/wrong-numbers", test_wrong_numbers);
  g_test_add_func ("/app/account-draft-fields/wrong-secrets", test_wrong_secrets);
  g_test_add_func ("/app/account-draft-fields/counter", test_counter);
  g_test_add_func ("/app/account-draft-fields/counter-of-others", test_counter_of_others);
  g_test_add_func ("/app/account-draft-fields/long-names", test_long_names);
  g_test_add_func ("/app/account-draft-fields/link", test_link);
  g_test_add_func ("/app/account-draft-fields/second-link", test_second_link);
  g_test_add_func ("/app/account-draft-fields/bad-link", test_bad_link);
  g_test_add_func ("/app/account-draft-fields/edit", test_edit);

  return g_test_run ();
}
