/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-hmac.h"

typedef struct
{
  const char *key;
  gsize key_size;
  const char *data;
  gsize data_size;
  const char *sha1;
  const char *sha256;
  const char *sha512;
} Vector;

#define AA_20 "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
#define AA_80 AA_20 AA_20 AA_20 AA_20

/* RFC 2202 (SHA-1) and RFC 4231 (SHA-2), test cases that the two share, and the long keys, which
 * are hashed first. */
static const Vector vectors[] = {
  { "Jefe", 4, "what do ya want for nothing?", 28, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6"
    "fd"
    "caeab1a34d4a6b4b636e070a38bce737" },
  { AA_80, 80, "Test Using Larger Than Block-Size Key - Hash Key First", 54,
    "aa4ae5e15272d00e95705637ce8a3b55ed402112", NULL, NULL },
  { AA_80 AA_20 AA_20 "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa", 131,
    "Test Using Larger Than Block-Size Key - Hash Key First", 54, NULL,
    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e"
    "52"
    "95e64f73f63f0aec8b915a985d786598" },
};

static void
assert_mac (const guint8 *mac, gsize size, const char *expected)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", mac[i]);

  g_assert_cmpstr (hex->str, ==, expected);
}

static void
check (const Vector *vector, FobOtpAlgorithm algorithm, const char *expected)
{
  g_autoptr (FobHmac) hmac = NULL;
  guint8 mac[FOB_HASH_SIZE_MAX];
  gsize size = 0;

  if (expected == NULL)
    return;

  size = fob_hmac_compute_once (algorithm, vector->key, vector->key_size, vector->data,
                                vector->data_size, mac);
  assert_mac (mac, size, expected);

  hmac = fob_hmac_new (algorithm, vector->key, vector->key_size);
  for (int turn = 0; turn < 3; turn++)
    {
      memset (mac, 0, sizeof mac);
      size = fob_hmac_compute (hmac, vector->data, vector->data_size, mac);
      assert_mac (mac, size, expected);
    }
}

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      check (&vectors[i], FOB_OTP_ALGORITHM_SHA1, vectors[i].sha1);
      check (&vectors[i], FOB_OTP_ALGORITHM_SHA256, vectors[i].sha256);
      check (&vectors[i], FOB_OTP_ALGORITHM_SHA512, vectors[i].sha512);
    }
}

/* Every key length around both block sizes, against GLib's own HMAC. */
static void
test_key_lengths (void)
{
  const GChecksumType types[] = { G_CHECKSUM_SHA1, G_CHECKSUM_SHA256, G_CHECKSUM_SHA512 };
  guint8 key[300];

  for (gsize i = 0; i < sizeof key; i++)
    key[i] = (guint8) g_test_rand_int ();

  for (FobOtpAlgorithm a = FOB_OTP_ALGORITHM_SHA1; a <= FOB_OTP_ALGORITHM_SHA512; a++)
    {
      for (gsize size = 1; size <= sizeof key; size++)
        {
          g_autofree char *expected =
            g_compute_hmac_for_data (types[a], key, size, (const guchar *) "message", 7);
          g_autoptr (FobHmac) hmac = fob_hmac_new (a, key, size);
          guint8 mac[FOB_HASH_SIZE_MAX];

          assert_mac (mac, fob_hmac_compute (hmac, "message", 7, mac), expected);
          assert_mac (mac, fob_hmac_compute_once (a, key, size, "message", 7, mac), expected);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/hmac/vectors", test_vectors);
  g_test_add_func ("/otp/hmac/key-lengths", test_key_lengths);

  return g_test_run ();
}
