/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-ocra.h"

/* RFC 6287 appendix C: the seed repeats to the length of the hash. */
#define SEED "1234567890123456789012345678901234567890123456789012345678901234"

/* "Mar 25 2008, 12:06:30 GMT", the moment of all vectors with a time; its minute is 0x132d0b6. */
#define VECTOR_TIME 1206446790

/* What no vector looks at. */
#define NONE 0

typedef struct
{
  const char *suite;
  gsize key_size;
  guint64 counter;
  const char *challenge;
  const char *second_challenge;
  const char *code;
} Vector;

#define ONE_WAY_1 "OCRA-1:HOTP-SHA1-6:QN08", 20, NONE
#define ONE_WAY_2 "OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1", 32
#define ONE_WAY_3 "OCRA-1:HOTP-SHA256-8:QN08-PSHA1", 32, NONE
#define ONE_WAY_4 "OCRA-1:HOTP-SHA512-8:C-QN08", 64
#define ONE_WAY_5 "OCRA-1:HOTP-SHA512-8:QN08-T1M", 64, NONE
#define MUTUAL_1  "OCRA-1:HOTP-SHA256-8:QA08", 32, NONE
#define MUTUAL_2  "OCRA-1:HOTP-SHA512-8:QA08", 64, NONE
#define MUTUAL_3  "OCRA-1:HOTP-SHA512-8:QA08-PSHA1", 64, NONE
#define SIGN_1    "OCRA-1:HOTP-SHA256-8:QA08", 32, NONE
#define SIGN_2    "OCRA-1:HOTP-SHA512-8:QA10-T1M", 64, NONE

static const Vector vectors[] = {
  /* C.1, one-way challenge-response */
  { ONE_WAY_1, "00000000", NULL, "237653" },
  { ONE_WAY_1, "11111111", NULL, "243178" },
  { ONE_WAY_1, "22222222", NULL, "653583" },
  { ONE_WAY_1, "33333333", NULL, "740991" },
  { ONE_WAY_1, "44444444", NULL, "608993" },
  { ONE_WAY_1, "55555555", NULL, "388898" },
  { ONE_WAY_1, "66666666", NULL, "816933" },
  { ONE_WAY_1, "77777777", NULL, "224598" },
  { ONE_WAY_1, "88888888", NULL, "750600" },
  { ONE_WAY_1, "99999999", NULL, "294470" },
  { ONE_WAY_2, 0, "12345678", NULL, "65347737" },
  { ONE_WAY_2, 1, "12345678", NULL, "86775851" },
  { ONE_WAY_2, 2, "12345678", NULL, "78192410" },
  { ONE_WAY_2, 3, "12345678", NULL, "71565254" },
  { ONE_WAY_2, 4, "12345678", NULL, "10104329" },
  { ONE_WAY_2, 5, "12345678", NULL, "65983500" },
  { ONE_WAY_2, 6, "12345678", NULL, "70069104" },
  { ONE_WAY_2, 7, "12345678", NULL, "91771096" },
  { ONE_WAY_2, 8, "12345678", NULL, "75011558" },
  { ONE_WAY_2, 9, "12345678", NULL, "08522129" },
  { ONE_WAY_3, "00000000", NULL, "83238735" },
  { ONE_WAY_3, "11111111", NULL, "01501458" },
  { ONE_WAY_3, "22222222", NULL, "17957585" },
  { ONE_WAY_3, "33333333", NULL, "86776967" },
  { ONE_WAY_3, "44444444", NULL, "86807031" },
  { ONE_WAY_4, 0, "00000000", NULL, "07016083" },
  { ONE_WAY_4, 1, "11111111", NULL, "63947962" },
  { ONE_WAY_4, 2, "22222222", NULL, "70123924" },
  { ONE_WAY_4, 3, "33333333", NULL, "25341727" },
  { ONE_WAY_4, 4, "44444444", NULL, "33203315" },
  { ONE_WAY_4, 5, "55555555", NULL, "34205738" },
  { ONE_WAY_4, 6, "66666666", NULL, "44343969" },
  { ONE_WAY_4, 7, "77777777", NULL, "51946085" },
  { ONE_WAY_4, 8, "88888888", NULL, "20403879" },
  { ONE_WAY_4, 9, "99999999", NULL, "31409299" },
  { ONE_WAY_5, "00000000", NULL, "95209754" },
  { ONE_WAY_5, "11111111", NULL, "55907591" },
  { ONE_WAY_5, "22222222", NULL, "22048402" },
  { ONE_WAY_5, "33333333", NULL, "24218844" },
  { ONE_WAY_5, "44444444", NULL, "36209546" },
  /* C.2, mutual challenge-response: the server's answer, then the client's */
  { MUTUAL_1, "CLI22220", "SRV11110", "28247970" },
  { MUTUAL_1, "CLI22221", "SRV11111", "01984843" },
  { MUTUAL_1, "CLI22222", "SRV11112", "65387857" },
  { MUTUAL_1, "CLI22223", "SRV11113", "03351211" },
  { MUTUAL_1, "CLI22224", "SRV11114", "83412541" },
  { MUTUAL_1, "SRV11110", "CLI22220", "15510767" },
  { MUTUAL_1, "SRV11111", "CLI22221", "90175646" },
  { MUTUAL_1, "SRV11112", "CLI22222", "33777207" },
  { MUTUAL_1, "SRV11113", "CLI22223", "95285278" },
  { MUTUAL_1, "SRV11114", "CLI22224", "28934924" },
  { MUTUAL_2, "CLI22220", "SRV11110", "79496648" },
  { MUTUAL_2, "CLI22221", "SRV11111", "76831980" },
  { MUTUAL_2, "CLI22222", "SRV11112", "12250499" },
  { MUTUAL_2, "CLI22223", "SRV11113", "90856481" },
  { MUTUAL_2, "CLI22224", "SRV11114", "12761449" },
  { MUTUAL_3, "SRV11110", "CLI22220", "18806276" },
  { MUTUAL_3, "SRV11111", "CLI22221", "70020315" },
  { MUTUAL_3, "SRV11112", "CLI22222", "01600026" },
  { MUTUAL_3, "SRV11113", "CLI22223", "18951020" },
  { MUTUAL_3, "SRV11114", "CLI22224", "32528969" },
  /* C.3, plain signature */
  { SIGN_1, "SIG10000", NULL, "53095496" },
  { SIGN_1, "SIG11000", NULL, "04110475" },
  { SIGN_1, "SIG12000", NULL, "31331128" },
  { SIGN_1, "SIG13000", NULL, "76028668" },
  { SIGN_1, "SIG14000", NULL, "46554205" },
  { SIGN_2, "SIG1000000", NULL, "77537423" },
  { SIGN_2, "SIG1100000", NULL, "31970405" },
  { SIGN_2, "SIG1200000", NULL, "10235557" },
  { SIGN_2, "SIG1300000", NULL, "95213541" },
  { SIGN_2, "SIG1400000", NULL, "65360607" },
};

static FobOtp *
make_token (const char *suite, gsize key_size, guint64 counter, const char *pin_text)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new (SEED, key_size);
  g_autoptr (FobSecret) pin =
    pin_text != NULL ? fob_secret_new (pin_text, strlen (pin_text)) : NULL;
  g_autoptr (GError) error = NULL;
  FobOtp *otp = NULL;

  fob_otp_params_set_kind (&params, FOB_OTP_KIND_OCRA);
  params.suite = suite;
  params.counter = counter;
  params.secret = secret;
  params.pin = pin;
  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return otp;
}

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (FobOtp) otp =
        make_token (vectors[i].suite, vectors[i].key_size, vectors[i].counter, "1234");
      FobOcraInput input = { .challenge = vectors[i].challenge,
                             .second_challenge = vectors[i].second_challenge,
                             .unix_time = VECTOR_TIME };

      g_test_message ("vector %" G_GSIZE_FORMAT, i);
      for (int turn = 0; turn < 3; turn++)
        {
          g_autoptr (GError) error = NULL;
          char code[FOB_OCRA_CODE_SIZE];

          g_assert_true (fob_ocra_answer (otp, &input, code, &error));
          g_assert_no_error (error);
          g_assert_cmpstr (code, ==, vectors[i].code);
          g_assert_true (fob_ocra_verify (otp, &input, code, &error));
          g_assert_no_error (error);
        }
    }
}

typedef struct
{
  const char *text;
  FobOcraSuite fields;
} SuiteRow;

static const SuiteRow suites[] = {
  { "OCRA-1:HOTP-SHA1-4:QN04",
    { "", FOB_OTP_ALGORITHM_SHA1, 4, FALSE, FOB_OCRA_FORMAT_NUMERIC, 4 } },
  { "OCRA-1:HOTP-SHA512-10:C-QH64-PSHA256-S512-T48H",
    { "", FOB_OTP_ALGORITHM_SHA512, 10, TRUE, FOB_OCRA_FORMAT_HEX, 64, TRUE,
      FOB_OTP_ALGORITHM_SHA256, 512, 48 * 3600 } },
  { "OCRA-1:HOTP-SHA256-0:QA10-PSHA512-T59S",
    { "", FOB_OTP_ALGORITHM_SHA256, 0, FALSE, FOB_OCRA_FORMAT_ALPHANUMERIC, 10, TRUE,
      FOB_OTP_ALGORITHM_SHA512, 0, 59 } },
  { "OCRA-1:HOTP-SHA1-6:QN08-S064",
    { "", FOB_OTP_ALGORITHM_SHA1, 6, FALSE, FOB_OCRA_FORMAT_NUMERIC, 8, FALSE, 0, 64, 0 } },
  { "OCRA-1:HOTP-SHA1-6:QN08-S-T",
    { "", FOB_OTP_ALGORITHM_SHA1, 6, FALSE, FOB_OCRA_FORMAT_NUMERIC, 8, FALSE, 0, 64, 60 } },
  { "OCRA-1:HOTP-SHA1-6:QN08-S1-T05M",
    { "", FOB_OTP_ALGORITHM_SHA1, 6, FALSE, FOB_OCRA_FORMAT_NUMERIC, 8, FALSE, 0, 1, 300 } },
  { "ocra-1:hotp-sha1-6:c-qa08-psha1-s128-t1h",
    { "", FOB_OTP_ALGORITHM_SHA1, 6, TRUE, FOB_OCRA_FORMAT_ALPHANUMERIC, 8, TRUE,
      FOB_OTP_ALGORITHM_SHA1, 128, 3600 } },
};

static void
test_suites (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suites); i++)
    {
      const FobOcraSuite *expected = &suites[i].fields;
      g_autoptr (GError) error = NULL;
      FobOcraSuite suite;

      g_assert_true (fob_ocra_suite_parse (suites[i].text, &suite, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (suite.text, ==, suites[i].text);
      g_assert_cmpint (suite.algorithm, ==, expected->algorithm);
      g_assert_cmpuint (suite.digits, ==, expected->digits);
      g_assert_cmpint (suite.has_counter, ==, expected->has_counter);
      g_assert_cmpint (suite.challenge_format, ==, expected->challenge_format);
      g_assert_cmpuint (suite.challenge_length, ==, expected->challenge_length);
      g_assert_cmpint (suite.has_pin, ==, expected->has_pin);
      g_assert_cmpint (suite.pin_algorithm, ==, expected->pin_algorithm);
      g_assert_cmpuint (suite.session_size, ==, expected->session_size);
      g_assert_cmpuint (suite.time_step, ==, expected->time_step);
    }
}

static const char *const broken_suites[] = {
  "",
  "OCRA",
  "OCRA-1",
  "OCRA-1:",
  "OCRA-2:HOTP-SHA1-6:QN08",
  "OCRA-1:HOTP-SHA1-6",
  "OCRA-1:HOTP-SHA1-6:",
  "OCRA-1:HOTP-SHA1-6:C",
  "OCRA-1:HOTP-SHA1-6:C-",
  "OCRA-1:HOTP-SHA1-6:QN08-",
  "OCRA-1:HOTP-SHA1-6:QN08 ",
  " OCRA-1:HOTP-SHA1-6:QN08",
  "OCRA-1:HOTP-MD5-6:QN08",
  "OCRA-1:HOTP-SHA224-6:QN08",
  "OCRA-1:HOTP-SHA-6:QN08",
  "OCRA-1:TOTP-SHA1-6:QN08",
  "OCRA-1:HOTP-SHA1-1:QN08",
  "OCRA-1:HOTP-SHA1-3:QN08",
  "OCRA-1:HOTP-SHA1-11:QN08",
  "OCRA-1:HOTP-SHA1-100:QN08",
  "OCRA-1:HOTP-SHA1--6:QN08",
  "OCRA-1:HOTP-SHA1-:QN08",
  "OCRA-1:HOTP-SHA1-6:Q",
  "OCRA-1:HOTP-SHA1-6:QN",
  "OCRA-1:HOTP-SHA1-6:Q08",
  "OCRA-1:HOTP-SHA1-6:QX08",
  "OCRA-1:HOTP-SHA1-6:QN03",
  "OCRA-1:HOTP-SHA1-6:QN65",
  "OCRA-1:HOTP-SHA1-6:QN008",
  "OCRA-1:HOTP-SHA1-6:QN08-C",
  "OCRA-1:HOTP-SHA1-6:QN08-P",
  "OCRA-1:HOTP-SHA1-6:QN08-PMD5",
  "OCRA-1:HOTP-SHA1-6:QN08-PSHA1-PSHA1",
  "OCRA-1:HOTP-SHA1-6:QN08-S000",
  "OCRA-1:HOTP-SHA1-6:QN08-S513",
  "OCRA-1:HOTP-SHA1-6:QN08-S0064",
  "OCRA-1:HOTP-SHA1-6:QN08-T0M",
  "OCRA-1:HOTP-SHA1-6:QN08-T60S",
  "OCRA-1:HOTP-SHA1-6:QN08-T60M",
  "OCRA-1:HOTP-SHA1-6:QN08-T49H",
  "OCRA-1:HOTP-SHA1-6:QN08-T1D",
  "OCRA-1:HOTP-SHA1-6:QN08-T1",
  "OCRA-1:HOTP-SHA1-6:QN08-T1M-S064",
  "OCRA-1:HOTP-SHA1-6:QN08-S064-PSHA1",
  "OCRA-1:HOTP-SHA1-6:QN08-T1MX",
  "OCRA-1:HOTP-SHA1-6:QN08-X",
  "OCRA-1:HOTP-SHA1-6:QN08:QN08",
  "OCRA-1:HOTP-SHA1-6:QN08\n",
  "OCRA-1:HOTP-SHA1-6:QN08-T1M\xc3\xa4",
  "OCRA-1:HOTP-SHA1-6:QN08---------------------------------------------------------------",
};

static void
test_broken_suites (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (broken_suites); i++)
    {
      g_autoptr (GError) error = NULL;
      FobOcraSuite suite;

      g_test_message ("%s", broken_suites[i]);
      g_assert_false (fob_ocra_suite_parse (broken_suites[i], &suite, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SUITE);
    }
}

static void
test_suite_missing (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new (SEED, 20);
  g_autoptr (GError) error = NULL;

  fob_otp_params_set_kind (&params, FOB_OTP_KIND_OCRA);
  params.secret = secret;
  g_assert_null (fob_otp_new (&params, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SUITE);
}

static void
assert_refused (FobOtp *otp, const FobOcraInput *input, FobOtpError expected)
{
  g_autoptr (GError) error = NULL;
  char code[FOB_OCRA_CODE_SIZE] = "x";

  g_assert_false (fob_ocra_answer (otp, input, code, &error));
  g_assert_error (error, FOB_OTP_ERROR, (int) expected);
  g_assert_cmpstr (code, ==, "");
  g_clear_error (&error);
  g_assert_false (fob_ocra_verify (otp, input, "123456", &error));
  g_assert_error (error, FOB_OTP_ERROR, (int) expected);
}

static void
test_challenges (void)
{
  const struct
  {
    const char *suite;
    const char *challenge;
    const char *second;
    gboolean good;
  } rows[] = {
    { "OCRA-1:HOTP-SHA1-6:QN08", "1", NULL, TRUE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "12345678", "87654321", TRUE },
    { "OCRA-1:HOTP-SHA1-6:QN08", NULL, NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "123456789", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "1234567a", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "-1234567", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "1234 567", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "12345678", "", FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "12345678", "123456789", FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN08", "12345678", "x", FALSE },
    { "OCRA-1:HOTP-SHA1-6:QA08", "aZ09", NULL, TRUE },
    { "OCRA-1:HOTP-SHA1-6:QA08", "a-b", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QA08", "\xc3\xa4", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QH08", "dEadbee", NULL, TRUE },
    { "OCRA-1:HOTP-SHA1-6:QH08", "0x12", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QH08", "defg", NULL, FALSE },
    { "OCRA-1:HOTP-SHA1-6:QN64", "9999999999999999999999999999999999999999999999999999999999999999",
      "9999999999999999999999999999999999999999999999999999999999999999", TRUE },
    { "OCRA-1:HOTP-SHA1-6:QA64", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
      "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", TRUE },
    { "OCRA-1:HOTP-SHA1-6:QH64", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FobOtp) otp = make_token (rows[i].suite, 20, 0, NULL);
      FobOcraInput input = { .challenge = rows[i].challenge, .second_challenge = rows[i].second };
      char code[FOB_OCRA_CODE_SIZE];

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (rows[i].good)
        g_assert_true (fob_ocra_answer (otp, &input, code, NULL));
      else
        assert_refused (otp, &input, FOB_OTP_ERROR_CHALLENGE);
    }
}

/* The same number in two forms is the same question. */
static void
test_numeric_is_hex (void)
{
  g_autoptr (FobOtp) otp = make_token ("OCRA-1:HOTP-SHA1-6:QN10", 20, 0, NULL);
  FobOcraInput plain = { .challenge = "255" };
  FobOcraInput zeros = { .challenge = "0000000255" };
  FobOcraInput other = { .challenge = "2550" };
  char plain_code[FOB_OCRA_CODE_SIZE];
  char zeros_code[FOB_OCRA_CODE_SIZE];
  char other_code[FOB_OCRA_CODE_SIZE];

  g_assert_true (fob_ocra_answer (otp, &plain, plain_code, NULL));
  g_assert_true (fob_ocra_answer (otp, &zeros, zeros_code, NULL));
  g_assert_true (fob_ocra_answer (otp, &other, other_code, NULL));
  g_assert_cmpstr (plain_code, ==, zeros_code);
  g_assert_cmpstr (plain_code, !=, other_code);
}

static void
test_missing_input (void)
{
  g_autoptr (FobOtp) no_pin = make_token ("OCRA-1:HOTP-SHA1-6:QN08-PSHA1", 20, 0, NULL);
  g_autoptr (FobOtp) session = make_token ("OCRA-1:HOTP-SHA1-6:QN08-S004", 20, 0, NULL);
  g_autoptr (FobOtp) time = make_token ("OCRA-1:HOTP-SHA1-6:QN08-T1M", 20, 0, NULL);
  g_autoptr (FobSecret) pin = fob_secret_new ("1234", 4);
  g_autoptr (FobSecret) empty = fob_secret_new (NULL, 0);
  FobOcraInput input = { .challenge = "12345678" };
  char code[FOB_OCRA_CODE_SIZE];

  assert_refused (no_pin, &input, FOB_OTP_ERROR_PIN);
  input.pin = empty;
  assert_refused (no_pin, &input, FOB_OTP_ERROR_PIN);
  input.pin = pin;
  g_assert_true (fob_ocra_answer (no_pin, &input, code, NULL));

  assert_refused (session, &input, FOB_OTP_ERROR_SESSION);
  input.session = (const guint8 *) "abcde";
  assert_refused (session, &input, FOB_OTP_ERROR_SESSION);
  input.session_size = 5;
  assert_refused (session, &input, FOB_OTP_ERROR_SESSION);
  input.session_size = 4;
  g_assert_true (fob_ocra_answer (session, &input, code, NULL));

  input.unix_time = -1;
  assert_refused (time, &input, FOB_OTP_ERROR_TIME);
  /* Nobody asks for the time. */
  g_assert_true (fob_ocra_answer (session, &input, code, NULL));
}

static void
test_session_is_filled_in_front (void)
{
  g_autoptr (FobOtp) otp = make_token ("OCRA-1:HOTP-SHA1-6:QN08-S004", 20, 0, NULL);
  FobOcraInput two = { .challenge = "1", .session = (const guint8 *) "ab", .session_size = 2 };
  FobOcraInput four = { .challenge = "1", .session = (const guint8 *) "\0\0ab", .session_size = 4 };
  char two_code[FOB_OCRA_CODE_SIZE];
  char four_code[FOB_OCRA_CODE_SIZE];

  g_assert_true (fob_ocra_answer (otp, &two, two_code, NULL));
  g_assert_true (fob_ocra_answer (otp, &four, four_code, NULL));
  g_assert_cmpstr (two_code, ==, four_code);
}

/* Without truncation: the HMAC, here made by GLib. */
static void
test_whole_hmac (void)
{
  const char suite[] = "OCRA-1:HOTP-SHA512-0:QA08";
  g_autoptr (FobOtp) otp = make_token (suite, 64, 0, NULL);
  FobOcraInput input = { .challenge = "SIG10000" };
  guint8 message[sizeof suite + 128] = { 0 };
  g_autofree char *expected = NULL;
  char code[FOB_OCRA_CODE_SIZE];

  memcpy (message, suite, sizeof suite);
  memcpy (message + sizeof suite, "SIG10000", 8);
  expected =
    g_compute_hmac_for_data (G_CHECKSUM_SHA512, (const guchar *) SEED, 64, message, sizeof message);

  g_assert_true (fob_ocra_answer (otp, &input, code, NULL));
  g_assert_cmpstr (code, ==, expected);
}

static void
test_wrong_codes (void)
{
  const char *const wrong[] = { "", "237654", "23765", "2376530", "abcdef", " 237653" };
  g_autoptr (FobOtp) otp = make_token ("OCRA-1:HOTP-SHA1-6:QN08", 20, 0, NULL);
  FobOcraInput input = { .challenge = "00000000" };

  g_assert_true (fob_ocra_verify (otp, &input, "237653", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fob_ocra_verify (otp, &input, wrong[i], &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CODE);
    }
}

static void
test_as_a_token (void)
{
  g_autoptr (FobOtp) counting = make_token ("OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1", 32, 5, "1234");
  g_autoptr (FobOtp) plain = make_token ("OCRA-1:HOTP-SHA256-8:QN08", 32, 5, "1234");
  g_autoptr (FobOtp) next = fob_otp_with_counter (counting, 6, NULL);
  g_autoptr (FobOtp) hotp = NULL;
  g_autoptr (GError) error = NULL;
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  FobOcraInput input = { .challenge = "12345678" };
  char code[FOB_OTP_CODE_SIZE];

  g_assert_cmpuint (fob_otp_get_counter (next), ==, 6);
  g_assert_cmpstr (fob_otp_get_suite (next)->text, ==, "OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1");
  g_assert_nonnull (fob_otp_get_pin (next));
  g_assert_false (fob_otp_is_time_based (counting));
  g_assert_false (fob_otp_equal (counting, plain));

  /* What the suite does not use is not kept. */
  g_assert_cmpuint (fob_otp_get_counter (plain), ==, 0);
  g_assert_null (fob_otp_get_pin (plain));
  g_assert_null (fob_otp_with_counter (plain, 1, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND);
  g_clear_error (&error);

  /* No code without a challenge, no answer from a token that has none. */
  g_assert_false (fob_otp_code (plain, 0, code, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND);
  fob_otp_get_params (plain, &params);
  params.kind = FOB_OTP_KIND_HOTP;
  hotp = fob_otp_new (&params, NULL);
  assert_refused (hotp, &input, FOB_OTP_ERROR_KIND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/ocra/vectors", test_vectors);
  g_test_add_func ("/otp/ocra/suites", test_suites);
  g_test_add_func ("/otp/ocra/broken-suites", test_broken_suites);
  g_test_add_func ("/otp/ocra/suite-missing", test_suite_missing);
  g_test_add_func ("/otp/ocra/challenges", test_challenges);
  g_test_add_func ("/otp/ocra/numeric-is-hex", test_numeric_is_hex);
  g_test_add_func ("/otp/ocra/missing-input", test_missing_input);
  g_test_add_func ("/otp/ocra/session-is-filled-in-front", test_session_is_filled_in_front);
  g_test_add_func ("/otp/ocra/whole-hmac", test_whole_hmac);
  g_test_add_func ("/otp/ocra/wrong-codes", test_wrong_codes);
  g_test_add_func ("/otp/ocra/as-a-token", test_as_a_token);

  return g_test_run ();
}
