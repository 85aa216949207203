/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fuzz.h"

#include <string.h>

#include "fob-hotp-verify.h"
#include "fob-totp-verify.h"

/* Windows are kept small, so that the fuzzer tries much rather than waits long. */
#define WINDOW_MAX 32

/* The numbers in front of what was typed. */
typedef struct
{
  guint64 counter;
  gint64 unix_time;
  gint64 drift;
  gint64 last_step;
  guint8 window;
  guint8 kind;
} Numbers;

static void
try_hotp (FobOtp *otp, const char *typed, guint window)
{
  guint64 start = fob_otp_get_counter (otp);
  guint64 counter = 0;
  guint64 later = 0;
  g_autoptr (FobOtp) next = NULL;

  (void) fob_hotp_resync (otp, typed, typed, window, &counter, NULL);
  if (!fob_hotp_verify (otp, typed, window, &counter, NULL))
    return;

  g_assert_cmpuint (counter - start, <=, window);
  if (counter == G_MAXUINT64)
    return;

  /* One digit may well be the code of the next counter, too, but never again of this one. */
  next = fob_otp_with_counter (otp, counter + 1, NULL);
  if (fob_hotp_verify (next, typed, window, &later, NULL))
    g_assert_cmpuint (later, >, counter);
}

static void
try_totp (FobOtp *otp, const char *typed, const Numbers *numbers, guint window)
{
  FobTotpState state = { numbers->drift, numbers->last_step };
  FobTotpState before = state;

  if (!fob_totp_verify (otp, typed, numbers->unix_time, window, &state, NULL))
    {
      g_assert_cmpint (state.drift, ==, before.drift);
      g_assert_cmpint (state.last_step, ==, before.last_step);
      return;
    }

  g_assert_cmpint (state.last_step, >, before.last_step);
  g_assert_cmpint (ABS (state.drift), <=, FOB_VERIFY_DRIFT_MAX);
  before = state;
  g_assert_false (fob_totp_verify (otp, typed, numbers->unix_time, 0, &state, NULL));
  g_assert_cmpint (state.last_step, ==, before.last_step);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const FobOtpKind kinds[] = { FOB_OTP_KIND_TOTP, FOB_OTP_KIND_HOTP, FOB_OTP_KIND_STEAM };
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (FobOtp) otp = NULL;
  g_autofree char *typed = NULL;
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  Numbers numbers;
  guint window = 0;

  if (size < sizeof numbers)
    return 0;

  memcpy (&numbers, data, sizeof numbers);
  typed = g_strndup ((const char *) data + sizeof numbers, size - sizeof numbers);
  window = numbers.window % WINDOW_MAX;

  fob_otp_params_set_kind (&params, kinds[numbers.kind % G_N_ELEMENTS (kinds)]);
  params.counter = numbers.counter;
  params.secret = secret;
  /* Short codes, so that the fuzzer hits some. */
  if (params.kind != FOB_OTP_KIND_STEAM)
    params.digits = 1;
  if (params.kind == FOB_OTP_KIND_TOTP)
    params.period = 1 + numbers.kind;
  otp = fob_otp_new (&params, NULL);

  if (params.kind == FOB_OTP_KIND_HOTP)
    try_hotp (otp, typed, window);
  else
    try_totp (otp, typed, &numbers, window);
  return 0;
}
