/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-hotp-verify.h"
#include "fob-totp-verify.h"

/* RFC 4226 appendix D, counters 0 to 9. */
static const char *const codes[] = { "755224", "287082", "359152", "969429", "338314",
                                     "254676", "287922", "162583", "399871", "520489" };

static FobOtp *
make_otp (FobOtpKind kind, guint64 counter)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);

  fob_otp_params_set_kind (&params, kind);
  params.counter = counter;
  params.secret = secret;

  return fob_otp_new (&params, NULL);
}

static void
assert_hotp (guint64 next, guint window, const char *code, gint64 expected)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_HOTP, next);
  g_autoptr (GError) error = NULL;
  guint64 counter = 4711;

  if (expected >= 0)
    {
      g_assert_true (fob_hotp_verify (otp, code, window, &counter, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (counter, ==, (guint64) expected);
    }
  else
    {
      g_assert_false (fob_hotp_verify (otp, code, window, &counter, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CODE);
      g_assert_cmpuint (counter, ==, 4711);
    }
}

/* Every code, from every counter, through every window. */
static void
test_hotp_window (void)
{
  for (guint64 next = 0; next < G_N_ELEMENTS (codes); next++)
    {
      for (guint window = 0; window < G_N_ELEMENTS (codes); window++)
        {
          for (guint64 i = 0; i < G_N_ELEMENTS (codes); i++)
            {
              gboolean inside = i >= next && i <= next + window;

              assert_hotp (next, window, codes[i], inside ? (gint64) i : -1);
            }
        }
    }
}

static void
test_hotp_single_use (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_HOTP, 0);

  for (guint64 i = 0; i < G_N_ELEMENTS (codes); i += 3)
    {
      g_autoptr (FobOtp) next = NULL;
      g_autoptr (GError) error = NULL;
      guint64 counter = 0;

      g_assert_true (fob_hotp_verify (otp, codes[i], 5, &counter, NULL));
      g_assert_cmpuint (counter, ==, i);
      next = fob_otp_with_counter (otp, counter + 1, NULL);
      g_assert_false (fob_hotp_verify (next, codes[i], 5, &counter, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CODE);

      fob_otp_unref (otp);
      otp = g_steal_pointer (&next);
    }
}

static void
test_hotp_last_counter (void)
{
  g_autoptr (FobOtp) last = make_otp (FOB_OTP_KIND_HOTP, G_MAXUINT64);
  g_autoptr (FobOtp) near = make_otp (FOB_OTP_KIND_HOTP, G_MAXUINT64 - 2);
  char code[FOB_OTP_CODE_SIZE];
  guint64 counter = 0;

  g_assert_true (fob_otp_code (last, 0, code, NULL));
  g_assert_true (fob_hotp_verify (last, code, FOB_VERIFY_WINDOW_MAX, &counter, NULL));
  g_assert_cmpuint (counter, ==, G_MAXUINT64);
  g_assert_true (fob_hotp_verify (near, code, FOB_VERIFY_WINDOW_MAX, &counter, NULL));
  g_assert_cmpuint (counter, ==, G_MAXUINT64);
  g_assert_false (fob_hotp_resync (last, code, code, FOB_VERIFY_WINDOW_MAX, &counter, NULL));
}

static void
test_typed (void)
{
  const char *const right[] = { "755224", "755 224", " 755-224\n", "7 5 5 2 2 4" };
  const char *const wrong[] = { "",
                                "75522",
                                "7552244",
                                "0755224",
                                "755225",
                                "75522a",
                                "755224\x01",
                                "+755224",
                                "755224.",
                                "٧٥٥٢٢٤",
                                "755224755224755224",
                                "0",
                                "000000" };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    assert_hotp (0, 0, right[i], 0);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_hotp (0, 0, wrong[i], -1);
}

static void
test_hotp_resync (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_HOTP, 2);
  g_autoptr (GError) error = NULL;
  guint64 counter = 0;

  for (guint64 i = 2; i + 1 < G_N_ELEMENTS (codes); i++)
    {
      g_assert_true (
        fob_hotp_resync (otp, codes[i], codes[i + 1], (guint) i - 2, &counter, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (counter, ==, i + 1);
    }

  /* The wrong way round, with a gap, twice the same, before the counter, behind the window. */
  g_assert_false (fob_hotp_resync (otp, codes[4], codes[3], 10, &counter, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CODE);
  g_assert_false (fob_hotp_resync (otp, codes[3], codes[5], 10, &counter, NULL));
  g_assert_false (fob_hotp_resync (otp, codes[3], codes[3], 10, &counter, NULL));
  g_assert_false (fob_hotp_resync (otp, codes[1], codes[2], 10, &counter, NULL));
  g_assert_false (fob_hotp_resync (otp, codes[5], codes[6], 2, &counter, NULL));
  g_assert_false (fob_hotp_resync (otp, codes[5], "", 10, &counter, NULL));
}

static gboolean
verify_step (FobOtp *otp, guint step, gint64 now, guint window, FobTotpState *state)
{
  return fob_totp_verify (otp, codes[step], now, window, state, NULL);
}

static void
test_totp_window (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_TOTP, 0);

  for (guint now = 0; now < G_N_ELEMENTS (codes); now++)
    {
      for (guint window = 0; window < G_N_ELEMENTS (codes); window++)
        {
          for (guint step = 0; step < G_N_ELEMENTS (codes); step++)
            {
              FobTotpState state = FOB_TOTP_STATE_INIT;
              gboolean inside = ABS ((int) now - (int) step) <= (int) window;

              g_assert_cmpint (verify_step (otp, step, now * 30 + 29, window, &state), ==, inside);
              g_assert_cmpint (state.last_step, ==, inside ? (gint64) step : -1);
              g_assert_cmpint (state.drift, ==, inside ? (gint64) step - (gint64) now : 0);
            }
        }
    }
}

static void
test_totp_single_use (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_TOTP, 0);
  FobTotpState state = FOB_TOTP_STATE_INIT;

  g_assert_true (verify_step (otp, 4, 4 * 30, 2, &state));
  for (guint step = 0; step <= 4; step++)
    g_assert_false (verify_step (otp, step, 4 * 30 + 15, 9, &state));
  g_assert_true (verify_step (otp, 5, 4 * 30 + 16, 2, &state));
  g_assert_false (verify_step (otp, 5, 5 * 30, 2, &state));
  g_assert_false (verify_step (otp, 4, 5 * 30, 2, &state));
  /* Neither when the clock is set back. */
  g_assert_false (verify_step (otp, 5, 0, 9, &state));
}

static void
test_totp_drift (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_TOTP, 0);
  FobTotpState state = FOB_TOTP_STATE_INIT;

  /* A clock that runs away is followed one step at a time. */
  g_assert_true (verify_step (otp, 1, 0 * 30, 1, &state));
  g_assert_cmpint (state.drift, ==, 1);
  g_assert_true (verify_step (otp, 4, 2 * 30, 1, &state));
  g_assert_cmpint (state.drift, ==, 2);
  g_assert_true (verify_step (otp, 7, 4 * 30, 1, &state));
  g_assert_cmpint (state.drift, ==, 3);
  /* And back. */
  g_assert_true (verify_step (otp, 9, 7 * 30, 1, &state));
  g_assert_cmpint (state.drift, ==, 2);
}

static void
test_totp_drift_limit (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_TOTP, 0);
  FobTotpState state = { G_MININT64, -1 };

  /* What was stored is not believed beyond the limit, and no step is before 1970. */
  g_assert_false (verify_step (otp, 5, G_MAXINT64, FOB_VERIFY_WINDOW_MAX, &state));
  g_assert_true (verify_step (otp, 5, (FOB_VERIFY_DRIFT_MAX + 5) * 30, 0, &state));
  g_assert_cmpint (state.drift, ==, -FOB_VERIFY_DRIFT_MAX);
  state.last_step = -1;
  g_assert_false (
    verify_step (otp, 5, (FOB_VERIFY_DRIFT_MAX + 6) * 30, FOB_VERIFY_WINDOW_MAX, &state));
}

static void
test_letters (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret =
    fob_secret_new_from_base32 ("63BEDWCQZKTQWPESARIERL5DTTQFCJTK", -1, NULL);
  g_autoptr (FobOtp) otp = NULL;
  FobTotpState state = FOB_TOTP_STATE_INIT;

  fob_otp_params_set_kind (&params, FOB_OTP_KIND_STEAM);
  params.secret = secret;
  otp = fob_otp_new (&params, NULL);

  g_assert_false (fob_totp_verify (otp, "fr8rw", 1511200518, 1, &state, NULL));
  g_assert_true (fob_totp_verify (otp, "fr8rv", 1511200518, 1, &state, NULL));
  g_assert_false (fob_totp_verify (otp, "FR8RV", 1511200518, 1, &state, NULL));
}

static void
test_refused (void)
{
  g_autoptr (FobOtp) totp = make_otp (FOB_OTP_KIND_TOTP, 0);
  g_autoptr (FobOtp) hotp = make_otp (FOB_OTP_KIND_HOTP, 0);
  g_autoptr (FobOtp) motp = make_otp (FOB_OTP_KIND_MOTP, 0);
  g_autoptr (GError) error = NULL;
  FobTotpState state = FOB_TOTP_STATE_INIT;
  guint64 counter = 0;

  g_assert_false (fob_hotp_verify (totp, codes[0], 1, &counter, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND);
  g_clear_error (&error);
  g_assert_false (fob_hotp_resync (totp, codes[0], codes[1], 1, &counter, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND);
  g_clear_error (&error);
  g_assert_false (fob_totp_verify (hotp, codes[0], 0, 1, &state, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND);
  g_clear_error (&error);
  g_assert_false (fob_totp_verify (motp, "123456", 0, 1, &state, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN);
  g_clear_error (&error);
  g_assert_false (fob_totp_verify (totp, codes[0], -1, 1, &state, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_TIME);
  g_clear_error (&error);
  g_assert_false (fob_totp_verify (totp, codes[0], 0, FOB_VERIFY_WINDOW_MAX + 1, &state, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_WINDOW);
  g_clear_error (&error);
  g_assert_false (fob_hotp_verify (hotp, codes[0], G_MAXUINT, &counter, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_WINDOW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/verify/hotp-window", test_hotp_window);
  g_test_add_func ("/otp/verify/hotp-single-use", test_hotp_single_use);
  g_test_add_func ("/otp/verify/hotp-last-counter", test_hotp_last_counter);
  g_test_add_func ("/otp/verify/typed", test_typed);
  g_test_add_func ("/otp/verify/hotp-resync", test_hotp_resync);
  g_test_add_func ("/otp/verify/totp-window", test_totp_window);
  g_test_add_func ("/otp/verify/totp-single-use", test_totp_single_use);
  g_test_add_func ("/otp/verify/totp-drift", test_totp_drift);
  g_test_add_func ("/otp/verify/totp-drift-limit", test_totp_drift_limit);
  g_test_add_func ("/otp/verify/letters", test_letters);
  g_test_add_func ("/otp/verify/refused", test_refused);

  return g_test_run ();
}
