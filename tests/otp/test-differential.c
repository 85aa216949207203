/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Random tokens, by us and by somebody else: oathtool. The random seed is in the output. */

#include <string.h>

#include "fob-otp.h"

#define N_TOKENS 10000

#define KEY_SIZE_MAX 150
#define TIME_MAX     (G_GINT64_CONSTANT (1) << 33)

/* The counters or time steps that follow the first. */
#define WINDOW_MAX 3

typedef struct
{
  FobOtp *otp;
  gint64 time;
  guint window;
  char *hex;
} Token;

static void
token_clear (Token *self)
{
  fob_otp_unref (self->otp);
  g_free (self->hex);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Token, token_clear)

static guint64
random_number (void)
{
  return (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
}

static Token
make_random_token (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  guint8 key[KEY_SIZE_MAX];
  Token token;

  for (gsize i = 0; i < sizeof key; i++)
    key[i] = (guint8) g_test_rand_int ();
  secret = fob_secret_new (key, (gsize) g_test_rand_int_range (1, KEY_SIZE_MAX + 1));

  params.secret = secret;
  params.digits = (guint) g_test_rand_int_range (6, 9);
  params.period = (guint64) g_test_rand_int_range (1, 301);
  params.algorithm = (FobOtpAlgorithm) g_test_rand_int_range (0, FOB_OTP_ALGORITHM_SHA512 + 1);
  if (g_test_rand_int_range (0, 4) == 0)
    {
      /* oathtool has SHA-1 only, and its counter is a signed number. */
      params.kind = FOB_OTP_KIND_HOTP;
      params.algorithm = FOB_OTP_ALGORITHM_SHA1;
      params.counter = random_number () >> g_test_rand_int_range (2, 64);
    }

  token.otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);
  token.time = (gint64) (random_number () % (guint64) TIME_MAX);
  token.window = (guint) g_test_rand_int_range (0, WINDOW_MAX + 1);
  token.hex = fob_secret_dup_hex (secret);
  return token;
}

static char *
ask_oathtool (const Token *token)
{
  FobOtp *otp = token->otp;
  g_autofree char *kind = NULL;
  g_autofree char *digits = g_strdup_printf ("--digits=%u", fob_otp_get_digits (otp));
  g_autofree char *window = g_strdup_printf ("--window=%u", token->window);
  g_autofree char *moment = NULL;
  g_autofree char *step = NULL;
  char *output = NULL;
  int status = 0;
  g_autoptr (GError) error = NULL;

  if (fob_otp_is_time_based (otp))
    {
      g_autofree char *name =
        g_ascii_strdown (fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp)), -1);

      kind = g_strconcat ("--totp=", name, NULL);
      moment = g_strdup_printf ("--now=@%" G_GINT64_FORMAT, token->time);
      step = g_strdup_printf ("--time-step-size=%" G_GUINT64_FORMAT "s", fob_otp_get_period (otp));
    }
  else
    {
      kind = g_strdup ("--hotp");
      moment = g_strdup_printf ("--counter=%" G_GUINT64_FORMAT, fob_otp_get_counter (otp));
    }

  {
    const char *argv[] = { "oathtool",
                           kind,
                           digits,
                           window,
                           moment,
                           step != NULL ? step : token->hex,
                           step != NULL ? token->hex : NULL,
                           NULL };

    g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL,
                                 G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL,
                                 &output, NULL, &status, &error));
  }
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return output;
}

static char *
ask_ourselves (const Token *token)
{
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i <= token->window; i++)
    {
      gint64 period = (gint64) fob_otp_get_period (token->otp);
      g_autoptr (FobOtp) otp =
        fob_otp_is_time_based (token->otp)
          ? fob_otp_ref (token->otp)
          : fob_otp_with_counter (token->otp, fob_otp_get_counter (token->otp) + i, NULL);
      char code[FOB_OTP_CODE_SIZE];

      g_assert_true (fob_otp_code (otp, token->time + i * period, code, NULL));
      g_string_append_printf (codes, "%s\n", code);
    }

  return g_string_free (codes, FALSE);
}

static void
test_oathtool (void)
{
  g_autofree char *path = g_find_program_in_path ("oathtool");

  if (path == NULL)
    {
      g_test_skip ("oathtool is not installed");
      return;
    }

  for (int i = 0; i < N_TOKENS; i++)
    {
      g_auto (Token) token = make_random_token ();
      g_autofree char *theirs = ask_oathtool (&token);
      g_autofree char *ours = ask_ourselves (&token);

      g_assert_cmpstr (ours, ==, theirs);
    }

  g_test_message ("%d tokens agree", N_TOKENS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/differential/oathtool", test_oathtool);

  return g_test_run ();
}
