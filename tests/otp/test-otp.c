/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-hmac.h"
#include "fob-otp.h"

#define N_THREADS 4

/* RFC 6238 appendix B: the seed repeats to the length of the hash, as the errata make plain. */
#define SEED_64 "1234567890123456789012345678901234567890123456789012345678901234"

typedef struct
{
  const char *hmac;
  guint32 truncated;
  const char *code;
} HotpRow;

/* RFC 4226 appendix D. */
static const HotpRow rfc4226[] = {
  { "cc93cf18508d94934c64b65d8ba7667fb7cde4b0", 1284755224, "755224" },
  { "75a48a19d4cbe100644e8ac1397eea747a2d33ab", 1094287082, "287082" },
  { "0bacb7fa082fef30782211938bc1c5e70416ff44", 137359152, "359152" },
  { "66c28227d03a2d5529262ff016a1e6ef76557ece", 1726969429, "969429" },
  { "a904c900a64b35909874b33e61c5938a8e15ed1c", 1640338314, "338314" },
  { "a37e783d7b7233c083d4f62926c7a25f238d0316", 868254676, "254676" },
  { "bc9cd28561042c83f219324d3c607256c03272ae", 1918287922, "287922" },
  { "a4fb960c0bc06e1eabb804e5b397cdc4b45596fa", 82162583, "162583" },
  { "1b3c89f65e6c9e883012052823443f048b4332db", 673399871, "399871" },
  { "1637409809a679dc698207310c8c7fc07290d9e5", 645520489, "520489" },
};

typedef struct
{
  gint64 time;
  const char *codes[3];
} TotpRow;

/* RFC 6238 appendix B: SHA-1, SHA-256, SHA-512. */
static const TotpRow rfc6238[] = {
  { 59, { "94287082", "46119246", "90693936" } },
  { 1111111109, { "07081804", "68084774", "25091201" } },
  { 1111111111, { "14050471", "67062674", "99943326" } },
  { 1234567890, { "89005924", "91819424", "93441116" } },
  { 2000000000, { "69279037", "90698825", "38618901" } },
  { 20000000000, { "65353130", "77737706", "47863826" } },
};

static const gsize seed_sizes[] = { 20, 32, 64 };

static FobOtp *
make_otp (FobOtpKind kind, FobOtpAlgorithm algorithm, guint digits, gsize key_size)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new (SEED_64, key_size);
  g_autoptr (GError) error = NULL;
  FobOtp *otp = NULL;

  params.kind = kind;
  params.algorithm = algorithm;
  params.digits = digits;
  params.secret = secret;
  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return otp;
}

static void
assert_code (FobOtp *otp, gint64 time, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char code[FOB_OTP_CODE_SIZE];

  g_assert_true (fob_otp_code (otp, time, code, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, expected);
}

static void
test_rfc4226 (void)
{
  g_autoptr (FobOtp) first = make_otp (FOB_OTP_KIND_HOTP, FOB_OTP_ALGORITHM_SHA1, 6, 20);
  g_autoptr (FobOtp) whole = make_otp (FOB_OTP_KIND_HOTP, FOB_OTP_ALGORITHM_SHA1, 10, 20);

  for (guint64 i = 0; i < G_N_ELEMENTS (rfc4226); i++)
    {
      g_autoptr (FobOtp) otp = fob_otp_with_counter (first, i, NULL);
      g_autoptr (FobOtp) ten_digits = fob_otp_with_counter (whole, i, NULL);
      g_autoptr (GString) hex = g_string_new (NULL);
      g_autofree char *truncated = g_strdup_printf ("%010u", rfc4226[i].truncated);
      guint64 message = GUINT64_TO_BE (i);
      guint8 mac[FOB_HASH_SIZE_MAX];

      g_assert_cmpuint (fob_hmac_compute_once (FOB_OTP_ALGORITHM_SHA1, SEED_64, 20, &message,
                                               sizeof message, mac),
                        ==, 20);
      for (gsize j = 0; j < 20; j++)
        g_string_append_printf (hex, "%02x", mac[j]);
      g_assert_cmpstr (hex->str, ==, rfc4226[i].hmac);

      assert_code (ten_digits, 0, truncated);
      /* The first code is made from the bare key, later ones from the key made ready. */
      assert_code (otp, 0, rfc4226[i].code);
      assert_code (otp, -1, rfc4226[i].code);
      assert_code (otp, G_MAXINT64, rfc4226[i].code);
    }
}

static void
test_rfc6238 (void)
{
  for (FobOtpAlgorithm a = FOB_OTP_ALGORITHM_SHA1; a <= FOB_OTP_ALGORITHM_SHA512; a++)
    {
      g_autoptr (FobOtp) warm = make_otp (FOB_OTP_KIND_TOTP, a, 8, seed_sizes[a]);

      for (gsize i = 0; i < G_N_ELEMENTS (rfc6238); i++)
        {
          g_autoptr (FobOtp) cold = make_otp (FOB_OTP_KIND_TOTP, a, 8, seed_sizes[a]);

          assert_code (cold, rfc6238[i].time, rfc6238[i].codes[a]);
          assert_code (warm, rfc6238[i].time, rfc6238[i].codes[a]);
        }
    }
}

/* Fewer digits are the end of more digits, zeros in front included. */
static void
test_digits (void)
{
  g_autoptr (FobOtp) longest = make_otp (FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA1, 10, 20);
  char all[FOB_OTP_CODE_SIZE];

  for (gint64 time = 0; time < 30 * 500; time += 30)
    {
      g_assert_true (fob_otp_code (longest, time, all, NULL));
      g_assert_cmpuint (strlen (all), ==, 10);
      g_assert_cmpstr (all, <, "2147483648");

      for (guint digits = FOB_OTP_DIGITS_MIN; digits < 10; digits++)
        {
          g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA1, digits, 20);

          assert_code (otp, time, all + 10 - digits);
        }
    }
}

static void
test_time_bounds (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA1, 8, 20);
  const gint64 before[] = { -1, -30, -31, G_MININT64 };
  char code[FOB_OTP_CODE_SIZE] = "x";

  for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fob_otp_code (otp, before[i], code, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_TIME);
      g_assert_cmpstr (code, ==, "");
    }

  /* RFC 4226 appendix D, counter 0; the last second of a step is the same code. */
  assert_code (otp, 0, "84755224");
  assert_code (otp, 29, "84755224");
  assert_code (otp, 30, "94287082");
  /* After 2106, when 32 bits run out, and at the end of all time (values of Python's hmac module).
   */
  assert_code (otp, G_GINT64_CONSTANT (4294967296), "59791428");
  assert_code (otp, G_MAXINT64, "48451934");
}

static void
test_counter_bounds (void)
{
  g_autoptr (FobOtp) first = make_otp (FOB_OTP_KIND_HOTP, FOB_OTP_ALGORITHM_SHA1, 8, 20);
  g_autoptr (FobOtp) large = fob_otp_with_counter (first, G_GUINT64_CONSTANT (1) << 32, NULL);
  g_autoptr (FobOtp) last = fob_otp_with_counter (first, G_MAXUINT64, NULL);

  g_assert_cmpuint (fob_otp_get_counter (last), ==, G_MAXUINT64);
  assert_code (large, 0, "55999456");
  assert_code (last, 0, "63094451");
}

static void
test_seconds_left (void)
{
  g_autoptr (FobOtp) totp = make_otp (FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA1, 6, 20);
  g_autoptr (FobOtp) hotp = make_otp (FOB_OTP_KIND_HOTP, FOB_OTP_ALGORITHM_SHA1, 6, 20);

  g_assert_cmpuint (fob_otp_seconds_left (totp, 0), ==, 30);
  g_assert_cmpuint (fob_otp_seconds_left (totp, 1), ==, 29);
  g_assert_cmpuint (fob_otp_seconds_left (totp, 29), ==, 1);
  g_assert_cmpuint (fob_otp_seconds_left (totp, 30), ==, 30);
  g_assert_cmpuint (fob_otp_seconds_left (totp, -1), ==, 1);
  g_assert_cmpuint (fob_otp_seconds_left (totp, -30), ==, 30);
  g_assert_cmpuint (fob_otp_seconds_left (totp, -31), ==, 1);
  g_assert_cmpuint (fob_otp_seconds_left (totp, G_MAXINT64), >=, 1);
  g_assert_cmpuint (fob_otp_seconds_left (totp, G_MININT64), >=, 1);
  g_assert_cmpuint (fob_otp_seconds_left (hotp, 17), ==, 0);
}

static void
assert_refused (const FobOtpParams *params, FobOtpError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_otp_new (params, &error);

  g_assert_error (error, FOB_OTP_ERROR, (int) code);
  g_assert_null (otp);
}

static void
test_bounds (void)
{
  g_autofree guint8 *bytes = g_malloc0 (FOB_OTP_SECRET_SIZE_MAX + 1);
  g_autoptr (FobSecret) secret = fob_secret_new (bytes, 20);
  g_autoptr (FobSecret) none = fob_secret_new (NULL, 0);
  g_autoptr (FobSecret) longest = fob_secret_new (bytes, FOB_OTP_SECRET_SIZE_MAX);
  g_autoptr (FobSecret) too_long = fob_secret_new (bytes, FOB_OTP_SECRET_SIZE_MAX + 1);
  g_autoptr (FobOtp) otp = NULL;
  FobOtpParams params = FOB_OTP_PARAMS_INIT;

  assert_refused (&params, FOB_OTP_ERROR_SECRET);
  params.secret = none;
  assert_refused (&params, FOB_OTP_ERROR_SECRET);
  params.secret = too_long;
  assert_refused (&params, FOB_OTP_ERROR_SECRET);

  params.secret = secret;
  params.digits = FOB_OTP_DIGITS_MIN - 1;
  assert_refused (&params, FOB_OTP_ERROR_DIGITS);
  params.digits = FOB_OTP_DIGITS_MAX + 1;
  assert_refused (&params, FOB_OTP_ERROR_DIGITS);

  params.digits = FOB_OTP_DIGITS_MAX;
  params.period = FOB_OTP_PERIOD_MIN - 1;
  assert_refused (&params, FOB_OTP_ERROR_PERIOD);
  params.period = FOB_OTP_PERIOD_MAX + 1;
  assert_refused (&params, FOB_OTP_ERROR_PERIOD);

  params.period = FOB_OTP_PERIOD_MAX;
  params.algorithm = (FobOtpAlgorithm) 99;
  assert_refused (&params, FOB_OTP_ERROR_ALGORITHM);
  params.algorithm = FOB_OTP_ALGORITHM_SHA512;
  params.kind = (FobOtpKind) 99;
  assert_refused (&params, FOB_OTP_ERROR_KIND);

  params.kind = FOB_OTP_KIND_TOTP;
  params.secret = longest;
  otp = fob_otp_new (&params, NULL);
  g_assert_nonnull (otp);
}

static void
test_fields (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new (SEED_64, 20);
  g_autoptr (FobOtp) totp = NULL;
  g_autoptr (FobOtp) hotp = NULL;
  g_autoptr (FobOtp) later = NULL;
  g_autoptr (FobOtp) same = NULL;
  g_autoptr (GError) error = NULL;

  params.secret = secret;
  params.period = 45;
  params.counter = 7;
  totp = fob_otp_new (&params, NULL);
  params.kind = FOB_OTP_KIND_HOTP;
  hotp = fob_otp_new (&params, NULL);

  /* A field that the kind does not have is nothing, whatever was given. */
  g_assert_cmpuint (fob_otp_get_period (totp), ==, 45);
  g_assert_cmpuint (fob_otp_get_counter (totp), ==, 0);
  g_assert_true (fob_otp_is_time_based (totp));
  g_assert_cmpuint (fob_otp_get_period (hotp), ==, 0);
  g_assert_cmpuint (fob_otp_get_counter (hotp), ==, 7);
  g_assert_false (fob_otp_is_time_based (hotp));

  later = fob_otp_with_counter (hotp, 8, NULL);
  same = fob_otp_with_counter (later, 7, NULL);
  g_assert_cmpuint (fob_otp_get_counter (later), ==, 8);
  g_assert_cmpuint (fob_otp_get_counter (hotp), ==, 7);
  g_assert_false (fob_otp_equal (hotp, later));
  g_assert_true (fob_otp_equal (hotp, same));
  g_assert_false (fob_otp_equal (hotp, totp));

  g_assert_null (fob_otp_with_counter (totp, 1, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND);
}

static void
test_names (void)
{
  const char *const sha1[] = { "SHA1",       "sha1",      "SHA-1",          "HmacSHA1",
                               "HMAC-SHA-1", "hmac_sha1", "Algorithm.sha1", " SHA1 " };
  const char *const unknown[] = { "",         "SHA",  "SHA2",  "SHA224",   "SHA384", "MD4",
                                  "SHA1SHA1", "HMAC", "SHA 1", "SHA2-256", "null" };
  FobOtpAlgorithm algorithm = FOB_OTP_ALGORITHM_SHA512;
  FobOtpKind kind = FOB_OTP_KIND_TOTP;

  for (gsize i = 0; i < G_N_ELEMENTS (sha1); i++)
    {
      algorithm = FOB_OTP_ALGORITHM_SHA512;
      g_assert_true (fob_otp_algorithm_from_string (sha1[i], &algorithm));
      g_assert_cmpint (algorithm, ==, FOB_OTP_ALGORITHM_SHA1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (fob_otp_algorithm_from_string (unknown[i], &algorithm));

  g_assert_true (fob_otp_algorithm_from_string ("HMAC-SHA-512", &algorithm));
  g_assert_cmpint (algorithm, ==, FOB_OTP_ALGORITHM_SHA512);
  g_assert_true (fob_otp_algorithm_from_string ("Algorithm.sha256", &algorithm));
  g_assert_cmpint (algorithm, ==, FOB_OTP_ALGORITHM_SHA256);
  g_assert_cmpstr (fob_otp_algorithm_to_string (FOB_OTP_ALGORITHM_SHA256), ==, "SHA256");

  g_assert_true (fob_otp_kind_from_string ("HOTP", &kind));
  g_assert_cmpint (kind, ==, FOB_OTP_KIND_HOTP);
  g_assert_false (fob_otp_kind_from_string ("", &kind));
  g_assert_false (fob_otp_kind_from_string ("otp", &kind));
  g_assert_cmpstr (fob_otp_kind_to_string (FOB_OTP_KIND_TOTP), ==, "totp");
}

static gpointer
ask_for_codes (gpointer data)
{
  for (int turn = 0; turn < 1000; turn++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rfc6238); i++)
        assert_code (data, rfc6238[i].time, rfc6238[i].codes[1]);
    }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA256, 8, 32);
  GThread *threads[N_THREADS];

  for (gsize i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("codes", ask_for_codes, otp);
  for (gsize i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/otp/rfc4226", test_rfc4226);
  g_test_add_func ("/otp/otp/rfc6238", test_rfc6238);
  g_test_add_func ("/otp/otp/digits", test_digits);
  g_test_add_func ("/otp/otp/time-bounds", test_time_bounds);
  g_test_add_func ("/otp/otp/counter-bounds", test_counter_bounds);
  g_test_add_func ("/otp/otp/seconds-left", test_seconds_left);
  g_test_add_func ("/otp/otp/bounds", test_bounds);
  g_test_add_func ("/otp/otp/fields", test_fields);
  g_test_add_func ("/otp/otp/names", test_names);
  g_test_add_func ("/otp/otp/threads", test_threads);

  return g_test_run ();
}
