/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-base32.h"
#include "fob-secret.h"
#include "fob-otp-error.h"
#include "fob-otp-limits.h"
#include "fob-wipe.h"

typedef struct
{
  const char *text;
  const char *data;
} Vector;

/* RFC 4648 section 10, padded as printed there. */
static const Vector rfc4648[] = {
  { "MY======", "f" },    { "MZXQ====", "fo" },    { "MZXW6===", "foo" },
  { "MZXW6YQ=", "foob" }, { "MZXW6YTB", "fooba" }, { "MZXW6YTBOI======", "foobar" },
};

/* As people have it. */
static const Vector quirks[] = {
  { "mzxw6ytboi", "foobar" },
  { "MzXw 6YtB oI", "foobar" },
  { " MZXW-6YTB-OI\r\n", "foobar" },
  { "MZXW_6YTB_OI", "foobar" },
  { "MZXW\t6YTB", "fooba" },
  { "MZXW\xc2\xa0"
    "6YTB",
    "fooba" },
  { "MZXW6=", "foo" },
  { "MZXW6=== === \n", "foo" },
  { "MZXW6==========", "foo" },
  { "MZXW6YTBOI = = =", "foobar" },
  /* One, three or six left-over characters: no encoder writes them, people type them. */
  { "MZXW6YTBO", "fooba" },
  { "MZXW6YTBOIA", "foobar" },
  { "MZXW6YTBOIAAAA", "foobar\0\0" },
  /* Left-over bits that are not zero. */
  { "MZ", "f" },
  { "MZXW7", "foo" },
};

static const char *const broken[] = {
  "",
  " ",
  "A",
  "=",
  "========",
  "- -",
  "MZXW0",
  "MZXW1",
  "MZXW8",
  "MZXW9",
  "MZXW6!",
  "MZ=XW6",
  "MY======MY",
  "=MZXW6",
  "MZXW6\xc2",
  "MZXW6\xc2\xa1",
  "M\xc3\x84XW6",
  "MZXW6+YT",
  "MZXW/6YT",
  "MZXW6,MZXW6",
  "secret!",
  "0x6d7a",
  "MZXW\342\200\2136YTB",
};

static void
assert_decodes (const char *text, const char *expected, gsize expected_size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobSecret) secret = fob_secret_new_from_base32 (text, -1, &error);
  gconstpointer data = NULL;
  gsize size = 0;

  g_assert_no_error (error);
  data = fob_secret_get_data (secret, &size);
  g_assert_cmpmem (data, size, expected, expected_size);
}

static void
test_rfc4648 (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rfc4648); i++)
    {
      const char *data = rfc4648[i].data;
      g_autofree char *text = fob_base32_encode ((const guint8 *) data, strlen (data));
      g_autofree char *unpadded = g_strndup (rfc4648[i].text, strcspn (rfc4648[i].text, "="));

      assert_decodes (rfc4648[i].text, data, strlen (data));
      assert_decodes (unpadded, data, strlen (data));
      g_assert_cmpstr (text, ==, unpadded);
    }
}

static void
test_quirks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quirks); i++)
    {
      gsize size = 0;

      g_test_message ("quirk %" G_GSIZE_FORMAT, i);
      g_assert_true (fob_base32_decoded_size (quirks[i].text, strlen (quirks[i].text), &size));
      /* The NULs at the end of one row are part of its data. */
      g_assert_cmpuint (size, >=, strlen (quirks[i].data));
      assert_decodes (quirks[i].text, quirks[i].data, size);
    }
}

static void
test_broken (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FobSecret) secret = fob_secret_new_from_base32 (broken[i], -1, &error);

      g_test_message ("broken %" G_GSIZE_FORMAT, i);
      g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET);
      g_assert_null (secret);
      if (strlen (broken[i]) > 4)
        g_assert_null (strstr (error->message, broken[i]));
    }
}

static void
test_embedded_nul (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobSecret) whole = fob_secret_new_from_base32 ("MZXW\0"
                                                            "6YTB",
                                                            9, &error);
  g_autoptr (FobSecret) first = NULL;

  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET);
  g_assert_null (whole);

  /* The length counts, not a NUL: there is none after the first four characters. */
  first = fob_secret_new_from_base32 ("MZXW6YTB", 4, NULL);
  g_assert_cmpuint (fob_secret_get_size (first), ==, 2);
}

static void
test_size_limit (void)
{
  g_autofree guint8 *data = g_malloc0 (FOB_OTP_SECRET_SIZE_MAX + 1);
  g_autofree char *longest = fob_base32_encode (data, FOB_OTP_SECRET_SIZE_MAX);
  g_autofree char *too_long = fob_base32_encode (data, FOB_OTP_SECRET_SIZE_MAX + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobSecret) secret = fob_secret_new_from_base32 (longest, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fob_secret_get_size (secret), ==, FOB_OTP_SECRET_SIZE_MAX);
  g_assert_null (fob_secret_new_from_base32 (too_long, -1, &error));
  g_assert_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET);
}

static void
test_round_trip (void)
{
  guint8 data[64];

  for (gsize size = 1; size <= sizeof data; size++)
    {
      for (int turn = 0; turn < 50; turn++)
        {
          g_autofree char *text = NULL;

          for (gsize i = 0; i < size; i++)
            data[i] = (guint8) g_test_rand_int ();

          text = fob_base32_encode (data, size);
          g_assert_cmpuint (strlen (text), ==, (size * 8 + 4) / 5);
          assert_decodes (text, (const char *) data, size);
        }
    }
}

static void
test_encode_nothing (void)
{
  g_autofree char *text = fob_base32_encode (NULL, 0);

  g_assert_cmpstr (text, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/base32/rfc4648", test_rfc4648);
  g_test_add_func ("/otp/base32/lesson-23-quirks", test_quirks);
  g_test_add_func ("/otp/base32/broken", test_broken);
  g_test_add_func ("/otp/base32/embedded-nul", test_embedded_nul);
  g_test_add_func ("/otp/base32/size-limit", test_size_limit);
  g_test_add_func ("/otp/base32/round-trip", test_round_trip);
  g_test_add_func ("/otp/base32/encode-nothing", test_encode_nothing);

  return g_test_run ();
}
