/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-account.h"

static FobOtp *
create_otp (guint64 counter)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (GError) error = NULL;
  FobOtp *otp;

  params.kind = FOB_OTP_KIND_HOTP;
  params.counter = counter;
  params.secret = secret;
  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return otp;
}

static FobAccount *
create (void)
{
  g_autoptr (FobOtp) otp = create_otp (7);

  return fob_account_new ("GitHub", "alice", otp);
}

static void
test_new (void)
{
  g_autoptr (FobOtp) otp = create_otp (7);
  g_autoptr (FobAccount) account = fob_account_new ("GitHub", "alice", otp);
  g_autoptr (FobAccount) bare = fob_account_new (NULL, "", otp);

  g_assert_true (g_uuid_string_is_valid (fob_account_get_id (account)));
  g_assert_cmpstr (fob_account_get_issuer (account), ==, "GitHub");
  g_assert_cmpstr (fob_account_get_name (account), ==, "alice");
  g_assert_cmpstr (fob_account_get_note (account), ==, "");
  g_assert_false (fob_account_get_pinned (account));
  g_assert_true (fob_otp_equal (fob_account_get_otp (account), otp));
  g_assert_cmpstr (fob_account_get_issuer (bare), ==, "");
  g_assert_cmpstr (fob_account_get_name (bare), ==, "");
}

/* Two accounts with the same names and the same secret are still two. */
static void
test_identity (void)
{
  g_autoptr (FobAccount) a = create ();
  g_autoptr (FobAccount) b = create ();

  g_assert_cmpstr (fob_account_get_id (a), !=, fob_account_get_id (b));
  g_assert_false (fob_account_equal (a, b));
  g_assert_true (fob_account_equal (a, a));
}

/* @changed: (transfer full): differs from @account in more than nothing, and never in its id */
static void
assert_changed (FobAccount *account, FobAccount *changed)
{
  g_autoptr (FobAccount) owned = changed;

  g_assert_true (owned != account);
  g_assert_cmpstr (fob_account_get_id (owned), ==, fob_account_get_id (account));
  g_assert_false (fob_account_equal (account, owned));
}

static void
test_with (void)
{
  g_autoptr (FobAccount) account = create ();
  g_autoptr (FobOtp) advanced = create_otp (8);
  g_autoptr (FobOtp) same = create_otp (7);
  g_autoptr (FobAccount) equal = fob_account_with_otp (account, same);
  g_autoptr (FobAccount) noted = fob_account_with_note (account, "in the safe");
  g_autoptr (FobAccount) renamed = fob_account_with_names (noted, "GitLab", "bob");

  assert_changed (account, fob_account_with_names (account, "GitLab", "alice"));
  assert_changed (account, fob_account_with_names (account, "GitHub", "bob"));
  assert_changed (account, fob_account_with_note (account, "in the safe"));
  assert_changed (account, fob_account_with_pinned (account, TRUE));
  assert_changed (account, fob_account_with_otp (account, advanced));
  g_assert_true (fob_account_equal (account, equal));
  /* A change leaves the rest, and the account that it was made from. */
  g_assert_cmpstr (fob_account_get_note (renamed), ==, "in the safe");
  g_assert_cmpstr (fob_account_get_name (renamed), ==, "bob");
  g_assert_cmpstr (fob_account_get_name (noted), ==, "alice");
  g_assert_cmpstr (fob_account_get_note (account), ==, "");
}

static void
test_properties (void)
{
  g_autoptr (FobAccount) account = create ();
  g_autoptr (FobAccount) pinned = fob_account_with_pinned (account, TRUE);
  g_autoptr (FobOtp) otp = NULL;
  g_autofree char *id = NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autofree char *note = NULL;
  gboolean is_pinned;

  g_object_get (pinned, "id", &id, "issuer", &issuer, "name", &name, "note", &note, "pinned",
                &is_pinned, "otp", &otp, NULL);
  g_assert_cmpstr (id, ==, fob_account_get_id (account));
  g_assert_cmpstr (issuer, ==, "GitHub");
  g_assert_cmpstr (name, ==, "alice");
  g_assert_cmpstr (note, ==, "");
  g_assert_true (is_pinned);
  g_assert_true (fob_otp_equal (otp, fob_account_get_otp (account)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/account/new", test_new);
  g_test_add_func ("/account/account/identity", test_identity);
  g_test_add_func ("/account/account/with", test_with);
  g_test_add_func ("/account/account/properties", test_properties);

  return g_test_run ();
}
