/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-counter-codes.h"

static FobOtp *
create_otp (guint64 counter)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  FobOtp *otp;

  params.kind = FOB_OTP_KIND_HOTP;
  params.counter = counter;
  params.secret = secret;
  otp = fob_otp_new (&params, NULL);
  g_assert_nonnull (otp);

  return otp;
}

static void
changed_cb (FobCounterCodes *codes, const char *account_id, gpointer user_data)
{
  g_string_append_printf (user_data, "%s;", account_id);
}

static void
test_remembers (void)
{
  g_autoptr (FobCounterCodes) codes = fob_counter_codes_new ();
  g_autoptr (FobOtp) first = create_otp (5);
  g_autoptr (FobOtp) second = create_otp (6);
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (codes, "changed", G_CALLBACK (changed_cb), heard);
  g_assert_null (fob_counter_codes_lookup (codes, "a"));
  fob_counter_codes_set (codes, "a", first);
  g_assert_true (fob_counter_codes_lookup (codes, "a") == first);
  g_assert_null (fob_counter_codes_lookup (codes, "b"));
  fob_counter_codes_set (codes, "a", second);
  g_assert_true (fob_counter_codes_lookup (codes, "a") == second);
  g_assert_cmpstr (heard->str, ==, "a;a;");
}

static void
test_forgets (void)
{
  g_autoptr (FobCounterCodes) codes = fob_counter_codes_new ();
  g_autoptr (FobOtp) otp = create_otp (5);

  fob_counter_codes_set (codes, "a", otp);
  fob_counter_codes_clear (codes);
  g_assert_null (fob_counter_codes_lookup (codes, "a"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/counter-codes/remembers", test_remembers);
  g_test_add_func ("/app/counter-codes/forgets", test_forgets);

  return g_test_run ();
}
