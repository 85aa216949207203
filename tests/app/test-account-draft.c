/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-account-draft.h"

#include "fob-otp-uri.h"

#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define YANDEX "6SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY"

static const char *const uris[] = {
  "otpauth://totp/I:a?secret=" SECRET "&algorithm=SHA512&digits=8&period=60",
  "otpauth://hotp/I:a?secret=" SECRET "&counter=18446744073709551615&digits=7",
  "otpauth://steam/Steam:a?secret=" SECRET,
  "motp://I:a?secret=e3152afee62599c8&pin=1234",
  "otpauth://yaotp/I:a?secret=" YANDEX "&pin=5239",
  "otpauth://ocra/I:a?secret=" SECRET
  "&ocrasuite=OCRA-1:HOTP-SHA512-8:C-QN08-PSHA1&counter=7&pin=1",
  "otpauth://ocra/I:a?secret=" SECRET "&ocrasuite=OCRA-1:HOTP-SHA1-6:QN08",
};

static void
assert_builds (FobAccountDraft *draft, FobOtp *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_account_draft_build_otp (draft, &error);

  g_assert_no_error (error);
  g_assert_true (fob_otp_equal (otp, expected));
}

static void
assert_refused (FobAccountDraft *draft, FobOtpError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_account_draft_build_otp (draft, &error));
  g_assert_error (error, FOB_OTP_ERROR, (int) code);
}

/* From a link, and into an account and back: nothing of a token gets lost. */
static void
test_every_kind (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autofree char *issuer = NULL;
      g_autofree char *name = NULL;
      g_autoptr (FobOtp) expected = fob_otp_uri_parse (uris[i], -1, &issuer, &name, NULL);
      g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
      g_autoptr (FobAccountDraft) edited = NULL;
      g_autoptr (FobAccount) account = NULL;

      g_test_message ("%s", uris[i]);
      g_assert_true (fob_account_draft_load_uri (draft, uris[i], NULL));
      assert_builds (draft, expected);

      account = fob_account_draft_build (draft, NULL);
      edited = fob_account_draft_new_from_account (account);
      fob_account_draft_set_secret_text (edited, "");
      fob_account_draft_set_pin_text (edited, "");
      assert_builds (edited, expected);
    }
}

/* The same text is another secret for another kind. */
static void
test_secret_follows_kind (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  FobSecret *secret = NULL;

  fob_account_draft_set_secret_text (draft, "ABCDEF22");
  secret = fob_account_draft_get_secret (draft);
  g_assert_cmpuint (fob_secret_get_size (secret), ==, 5);

  g_object_set (draft, "kind", FOB_OTP_KIND_MOTP, NULL);
  secret = fob_account_draft_get_secret (draft);
  g_assert_cmpuint (fob_secret_get_size (secret), ==, 4);
  assert_refused (draft, FOB_OTP_ERROR_PIN);
  fob_account_draft_set_pin_text (draft, "1234");
  g_assert_true (fob_account_draft_has_pin (draft));

  fob_account_draft_set_secret_text (draft, "e3152afee62599c8");
  g_object_set (draft, "kind", FOB_OTP_KIND_TOTP, NULL);
  assert_refused (draft, FOB_OTP_ERROR_SECRET);
}

static void
test_typed (void)
{
  g_autoptr (FobAccountDraft) draft = fob_account_draft_new ();
  g_autoptr (FobOtp) motp = NULL;
  char code[FOB_OTP_CODE_SIZE];

  assert_refused (draft, FOB_OTP_ERROR_SECRET);
  g_object_set (draft, "kind", FOB_OTP_KIND_MOTP, "digits", 9, "period", 99, "algorithm", 2, NULL);
  fob_account_draft_set_secret_text (draft, "e3152afee62599c8");
  fob_account_draft_set_pin_text (draft, "1234");
  motp = fob_account_draft_build_otp (draft, NULL);
  g_assert_true (fob_otp_code (motp, 165892298, code, NULL));
  g_assert_cmpstr (code, ==, "e7d8b6");

  fob_account_draft_set_secret_text (draft, SECRET);
  g_object_set (draft, "kind", FOB_OTP_KIND_OCRA, NULL);
  assert_refused (draft, FOB_OTP_ERROR_SUITE);
  g_object_set (draft, "suite", "OCRA-1:HOTP-SHA1-6:QN08", "counter", "x", NULL);
  assert_refused (draft, FOB_OTP_ERROR_COUNTER);
  g_object_set (draft, "kind", G_MAXUINT, "counter", "0", NULL);
  assert_refused (draft, FOB_OTP_ERROR_KIND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/account-draft/every-kind", test_every_kind);
  g_test_add_func ("/app/account-draft/secret-follows-kind", test_secret_follows_kind);
  g_test_add_func ("/app/account-draft/typed", test_typed);

  return g_test_run ();
}
