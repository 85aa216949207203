/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* The kinds that no RFC describes. */

#include <string.h>

#include "fob-otp.h"

typedef struct
{
  const char *secret;
  const char *pin;
  gint64 time;
  const char *code;
} Vector;

/* KeePassXC, tests/TestTotp.cpp (the first two); libcotp, tests/test_totp.c (the last). */
static const Vector steam[] = {
  { "63BEDWCQZKTQWPESARIERL5DTTQFCJTK", NULL, 1511200518, "FR8RV" },
  { "63BEDWCQZKTQWPESARIERL5DTTQFCJTK", NULL, 1511200714, "9P3VP" },
  { "ON2XAZLSMR2XAZLSONSWG4TFOQ======", NULL, 3000030, "YRGQJ" },
};

/* Aegis, MOTPTest.java (the first two); the last computed with md5sum. */
static const Vector motp[] = {
  { "e3152afee62599c8", "1234", 165892298, "e7d8b6" },
  { "E3152AFEE62599C8", "1234", 123456789, "4ebfb2" },
  { "e3152afee62599c8", "1234", 1659540020, "2d704f" },
};

/* KeeYaOtp and Aegis, YAOTPTest.java. */
static const Vector yandex[] = {
  { "6SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY", "5239", 1641559648, "umozdicq" },
  { "LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPI", "7586", 1581064020, "oactmacq" },
  { "LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPI", "7586", 1581090810, "wemdwrix" },
  { "JBGSAU4G7IEZG6OY4UAXX62JU4AAAAAAHTSG4HXU3M", "5210481216086702", 1581091469, "dfrpywob" },
  { "JBGSAU4G7IEZG6OY4UAXX62JU4AAAAAAHTSG4HXU3M", "5210481216086702", 1581093059, "vunyprpd" },
};

static FobOtp *
make_token (FobOtpKind kind, const char *secret_text, const char *pin_text, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = kind == FOB_OTP_KIND_MOTP
                                   ? fob_secret_new_from_hex (secret_text, -1, NULL)
                                   : fob_secret_new_from_base32 (secret_text, -1, NULL);
  g_autoptr (FobSecret) pin =
    pin_text != NULL ? fob_secret_new (pin_text, strlen (pin_text)) : NULL;

  fob_otp_params_set_kind (&params, kind);
  params.secret = secret;
  params.pin = pin;

  return fob_otp_new (&params, error);
}

static void
check_vectors (FobOtpKind kind, const Vector *vectors, gsize n_vectors)
{
  for (gsize i = 0; i < n_vectors; i++)
    {
      g_autoptr (FobOtp) otp = make_token (kind, vectors[i].secret, vectors[i].pin, NULL);

      /* From the bare key, then from the key made ready. */
      for (int turn = 0; turn < 3; turn++)
        {
          g_autoptr (GError) error = NULL;
          char code[FOB_OTP_CODE_SIZE];

          g_assert_true (fob_otp_code (otp, vectors[i].time, code, &error));
          g_assert_no_error (error);
          g_assert_cmpstr (code, ==, vectors[i].code);
        }
    }
}

static void
test_steam (void)
{
  check_vectors (FOB_OTP_KIND_STEAM, steam, G_N_ELEMENTS (steam));
}

static void
test_motp (void)
{
  check_vectors (FOB_OTP_KIND_MOTP, motp, G_N_ELEMENTS (motp));
}

static void
test_yandex (void)
{
  check_vectors (FOB_OTP_KIND_YANDEX, yandex, G_N_ELEMENTS (yandex));
}

/* Only the first 16 bytes are the key. */
static void
test_yandex_short (void)
{
  g_autofree char *short_secret = g_strndup (yandex[0].secret, 26);
  g_autoptr (FobOtp) otp = make_token (FOB_OTP_KIND_YANDEX, short_secret, yandex[0].pin, NULL);
  char code[FOB_OTP_CODE_SIZE];

  g_assert_true (fob_otp_code (otp, yandex[0].time, code, NULL));
  g_assert_cmpstr (code, ==, yandex[0].code);
}

static void
assert_refused (FobOtpKind kind, const char *secret, const char *pin, FobOtpError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (make_token (kind, secret, pin, &error));
  g_assert_error (error, FOB_OTP_ERROR, (int) code);
}

static void
test_yandex_broken (void)
{
  const char *good = yandex[0].secret;

  /* Every mistyped character shows in the checksum, but for one that only the dropped bits hold. */
  for (gsize i = 0; good[i + 1] != '\0'; i++)
    {
      g_autofree char *typo = g_strdup (good);

      typo[i] = typo[i] == 'A' ? 'B' : 'A';
      assert_refused (FOB_OTP_KIND_YANDEX, typo, "5239", FOB_OTP_ERROR_SECRET);
    }

  assert_refused (FOB_OTP_KIND_YANDEX, "GEZDGNBVGY3TQOJQ", "5239", FOB_OTP_ERROR_SECRET);
  assert_refused (FOB_OTP_KIND_YANDEX, good, "52a9", FOB_OTP_ERROR_PIN);
  assert_refused (FOB_OTP_KIND_YANDEX, good, "12345678901234567", FOB_OTP_ERROR_PIN);
}

static void
test_pin_missing (void)
{
  const FobOtpKind kinds[] = { FOB_OTP_KIND_MOTP, FOB_OTP_KIND_YANDEX };
  const char *const secrets[] = { motp[0].secret, yandex[0].secret };
  const Vector *const vectors[] = { &motp[0], &yandex[0] };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (FobOtp) otp = make_token (kinds[i], secrets[i], NULL, NULL);
      g_autoptr (FobOtp) empty = make_token (kinds[i], secrets[i], "", NULL);
      g_autoptr (FobSecret) pin = fob_secret_new (vectors[i]->pin, strlen (vectors[i]->pin));
      g_autoptr (FobOtp) complete = NULL;
      g_autoptr (FobOtp) incomplete = NULL;
      g_autoptr (GError) error = NULL;
      char code[FOB_OTP_CODE_SIZE] = "x";

      /* An empty PIN is none. */
      g_assert_null (fob_otp_get_pin (empty));
      g_assert_true (fob_otp_equal (otp, empty));

      g_assert_false (fob_otp_code (otp, 0, code, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN);
      g_assert_cmpstr (code, ==, "");

      complete = fob_otp_with_pin (otp, pin, NULL);
      g_assert_false (fob_otp_equal (otp, complete));
      g_assert_true (fob_otp_code (complete, vectors[i]->time, code, NULL));
      g_assert_cmpstr (code, ==, vectors[i]->code);
      incomplete = fob_otp_with_pin (complete, NULL, NULL);
      g_assert_true (fob_otp_equal (otp, incomplete));
    }
}

static void
test_pin_not_wanted (void)
{
  g_autoptr (FobOtp) otp = make_token (FOB_OTP_KIND_TOTP, "GEZDGNBVGY3TQOJQ", "1234", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_otp_get_pin (otp));
  g_assert_null (fob_otp_with_pin (otp, NULL, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND);
}

static void
test_pin_too_long (void)
{
  g_autofree char *longest = g_strnfill (FOB_OTP_PIN_SIZE_MAX, '1');
  g_autofree char *too_long = g_strnfill (FOB_OTP_PIN_SIZE_MAX + 1, '1');
  g_autofree char *secret = g_strnfill (FOB_OTP_SECRET_SIZE_MAX * 2, 'f');
  g_autoptr (FobOtp) otp = make_token (FOB_OTP_KIND_MOTP, secret, longest, NULL);
  char code[FOB_OTP_CODE_SIZE];

  /* The longest of everything at the end of all time. */
  g_assert_true (fob_otp_code (otp, G_MAXINT64, code, NULL));
  g_assert_cmpuint (strlen (code), ==, FOB_OTP_MOTP_DIGITS);
  assert_refused (FOB_OTP_KIND_MOTP, secret, too_long, FOB_OTP_ERROR_PIN);
}

/* Fields with only one value take no other. */
static void
test_fixed_fields (void)
{
  const FobOtpKind kinds[] = { FOB_OTP_KIND_STEAM, FOB_OTP_KIND_MOTP, FOB_OTP_KIND_YANDEX };
  g_autoptr (FobSecret) secret = fob_secret_new ("1234567890123456", 16);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const FobOtpKindInfo *info = fob_otp_kind_get_info (kinds[i]);
      FobOtpParams params = FOB_OTP_PARAMS_INIT;
      g_autoptr (FobOtp) otp = NULL;
      g_autoptr (GError) error = NULL;

      fob_otp_params_set_kind (&params, kinds[i]);
      params.secret = secret;
      otp = fob_otp_new (&params, &error);
      g_assert_no_error (error);
      g_assert_true (fob_otp_is_time_based (otp));
      g_assert_cmpuint (fob_otp_get_period (otp), ==, info->period);
      g_assert_cmpuint (fob_otp_get_digits (otp), ==, info->digits);

      params.digits = FOB_OTP_DIGITS_MAX;
      g_assert_null (fob_otp_new (&params, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_DIGITS);
      g_clear_error (&error);

      params.digits = info->digits;
      params.period = 60;
      g_assert_null (fob_otp_new (&params, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PERIOD);
      g_clear_error (&error);

      params.period = info->period;
      params.algorithm = FOB_OTP_ALGORITHM_SHA512;
      g_assert_null (fob_otp_new (&params, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_ALGORITHM);
    }
}

static void
test_md5_only_for_motp (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("1234567890123456", 16);
  g_autoptr (GError) error = NULL;

  params.secret = secret;
  params.algorithm = FOB_OTP_ALGORITHM_MD5;
  g_assert_null (fob_otp_new (&params, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_ALGORITHM);
}

static void
test_hex (void)
{
  const char *const broken[] = { "", "  ", "a", "abc", "0x12", "gg", "12 3", "\xc3\xa4\xc3\xa4" };
  g_autoptr (FobSecret) secret = fob_secret_new_from_hex (" 00-fF 7a\n", -1, NULL);
  g_autofree char *text = fob_secret_dup_hex (secret);
  g_autofree char *too_long = g_strnfill (FOB_OTP_SECRET_SIZE_MAX * 2 + 1, '0');

  g_assert_cmpstr (text, ==, "00ff7a");
  g_assert_null (fob_secret_new_from_hex (too_long, -1, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fob_secret_new_from_hex (broken[i], -1, &error));
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET);
    }
}

static void
test_weak (void)
{
  g_autoptr (FobOtp) weak = make_token (FOB_OTP_KIND_TOTP, "GEZDGNBVGY3TQOJQGEZDGNBV", NULL, NULL);
  g_autoptr (FobOtp) strong =
    make_token (FOB_OTP_KIND_TOTP, "GEZDGNBVGY3TQOJQGEZDGNBVGY", NULL, NULL);

  g_assert_true (fob_otp_is_weak (weak));
  g_assert_false (fob_otp_is_weak (strong));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/kinds/steam", test_steam);
  g_test_add_func ("/otp/kinds/motp", test_motp);
  g_test_add_func ("/otp/kinds/yandex", test_yandex);
  g_test_add_func ("/otp/kinds/yandex-short", test_yandex_short);
  g_test_add_func ("/otp/kinds/yandex-broken", test_yandex_broken);
  g_test_add_func ("/otp/kinds/pin-missing", test_pin_missing);
  g_test_add_func ("/otp/kinds/pin-not-wanted", test_pin_not_wanted);
  g_test_add_func ("/otp/kinds/pin-too-long", test_pin_too_long);
  g_test_add_func ("/otp/kinds/fixed-fields", test_fixed_fields);
  g_test_add_func ("/otp/kinds/md5-only-for-motp", test_md5_only_for_motp);
  g_test_add_func ("/otp/kinds/hex", test_hex);
  g_test_add_func ("/otp/kinds/weak", test_weak);

  return g_test_run ();
}
