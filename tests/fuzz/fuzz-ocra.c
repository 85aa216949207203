/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fuzz.h"

#include <string.h>

#include "fob-ocra.h"

/* Up to five lines: suite, challenge, second challenge, PIN, session. What makes an answer must
 * verify it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 5);
  guint n_lines = g_strv_length (lines);
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (FobSecret) pin = n_lines > 3 ? fob_secret_new (lines[3], strlen (lines[3])) : NULL;
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GError) error = NULL;
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  FobOcraInput input = { .unix_time = 1700000000 };
  char code[FOB_OCRA_CODE_SIZE];

  fob_otp_params_set_kind (&params, FOB_OTP_KIND_OCRA);
  params.suite = n_lines > 0 ? lines[0] : "";
  params.secret = secret;
  otp = fob_otp_new (&params, &error);
  g_assert_true ((otp == NULL) == (error != NULL));
  if (otp == NULL)
    return 0;

  input.challenge = n_lines > 1 ? lines[1] : NULL;
  input.second_challenge = n_lines > 2 && lines[2][0] != '\0' ? lines[2] : NULL;
  input.pin = pin;
  input.session = n_lines > 4 ? (const guint8 *) lines[4] : NULL;
  input.session_size = n_lines > 4 ? strlen (lines[4]) : 0;

  if (!fob_ocra_answer (otp, &input, code, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }

  g_assert_cmpuint (strlen (code), <, sizeof code);
  g_assert_true (fob_ocra_verify (otp, &input, code, NULL));
  code[0] ^= 1;
  g_assert_false (fob_ocra_verify (otp, &input, code, NULL));
  return 0;
}
