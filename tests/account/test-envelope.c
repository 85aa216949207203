/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-envelope.h"
#include "fob-payload.h"

#define CONTENT "{\"version\":3,\"entries\":[],\"groups\":[]}"

static FobSecret *
secret (const char *text)
{
  return fob_secret_new (text, strlen (text));
}

static GBytes *
seal (const char *passphrase, const char *content)
{
  g_autoptr (FobSecret) key = secret (passphrase);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEnvelope) envelope = fob_envelope_new (key, &error);
  g_autoptr (GBytes) data = g_bytes_new (content, strlen (content));
  GBytes *file;

  g_assert_no_error (error);
  file = fob_envelope_seal (envelope, data, 7, &error);
  g_assert_no_error (error);

  return file;
}

static void
assert_opens (GBytes *file, const char *passphrase, const char *content)
{
  g_autoptr (FobSecret) key = secret (passphrase);
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEnvelope) envelope = fob_envelope_open (file, key, &opened, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), content,
                   strlen (content));
}

static void
assert_fails (GBytes *file, const char *passphrase, FobAccountError code)
{
  g_autoptr (FobSecret) key = secret (passphrase);
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_envelope_open (file, key, &opened, &error));
  g_assert_error (error, FOB_ACCOUNT_ERROR, (gint) code);
  g_assert_null (opened);
}

static GBytes *
replace (GBytes *file, const char *from, const char *to)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  GString *changed = g_string_new (text);
  gsize size;

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  size = changed->len;

  return g_bytes_new_take (g_string_free (changed, FALSE), size);
}

static void
test_round_trip (void)
{
  static const char *const passphrases[] = {
    "correct horse battery staple",
    "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c \xf0\x9f\x94\x91",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (passphrases); i++)
    {
      g_autoptr (GBytes) file = seal (passphrases[i], CONTENT);

      assert_opens (file, passphrases[i], CONTENT);
      g_assert_cmpuint (fob_envelope_peek_generation (file), ==, 7);
    }
}

static void
test_wrong_then_right (void)
{
  g_autoptr (GBytes) file = seal ("right", CONTENT);

  assert_fails (file, "wrong", FOB_ACCOUNT_ERROR_PASSPHRASE);
  assert_fails (file, "Right", FOB_ACCOUNT_ERROR_PASSPHRASE);
  assert_opens (file, "right", CONTENT);
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) file = seal ("right", CONTENT);
  g_autoptr (GBytes) no_db = replace (file, "\"db\":\"", "\"db\":\"AAAA");
  g_autoptr (GBytes) newer = replace (file, "\"version\":1", "\"version\":2");
  g_autoptr (GBytes) huge = replace (file, "\"n\":", "\"n\":536870912,\"was\":");
  g_autoptr (GBytes) odd = replace (file, "\"n\":", "\"n\":32767,\"was\":");
  g_autoptr (GBytes) slotless = replace (file, "\"slots\":[", "\"slots\":7,\"x\":[");
  g_autoptr (GBytes) plain = g_bytes_new (CONTENT, strlen (CONTENT));
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  gsize size = g_bytes_get_size (file);

  assert_fails (no_db, "right", FOB_ACCOUNT_ERROR_DAMAGED);
  assert_fails (newer, "right", FOB_ACCOUNT_ERROR_VERSION);
  assert_fails (huge, "right", FOB_ACCOUNT_ERROR_LIMITS);
  assert_fails (odd, "right", FOB_ACCOUNT_ERROR_LIMITS);
  assert_fails (slotless, "right", FOB_ACCOUNT_ERROR_FORMAT);
  assert_fails (plain, "right", FOB_ACCOUNT_ERROR_VERSION);
  assert_fails (empty, "right", FOB_ACCOUNT_ERROR_FORMAT);
  for (gsize length = 0; length < size; length += size / 20 + 1)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, length);

      assert_fails (cut, "right", FOB_ACCOUNT_ERROR_FORMAT);
    }
}

/* A broken slot neither hides a good one nor takes the blame for a wrong passphrase. */
static void
test_slots (void)
{
  g_autoptr (GBytes) file = seal ("right", CONTENT);
  g_autoptr (GBytes) before = replace (file, "\"slots\":[", "\"slots\":[{\"type\":1},");
  g_autoptr (GBytes) after =
    replace (file, "\"is_backup\":false}", "\"is_backup\":false},{\"type\":1}");
  g_autoptr (GBytes) broken = replace (file, "\"salt\":\"", "\"salt\":\"zz");
  g_autoptr (GBytes) biometric = replace (file, "\"type\":1", "\"type\":2");
  g_autoptr (GBytes) small = replace (file, "\"r\":8", "\"r\":1");
  g_autoptr (GBytes) undefined = replace (small, "\"n\":", "\"n\":65536,\"was\":");
  g_autoptr (GBytes) negative = replace (file, "\"p\":", "\"p\":-3,\"was\":");
  g_autoptr (GBytes) deep = NULL;
  GString *brackets = g_string_new (NULL);

  assert_opens (before, "right", CONTENT);
  assert_fails (before, "wrong", FOB_ACCOUNT_ERROR_PASSPHRASE);
  assert_opens (after, "right", CONTENT);
  assert_fails (after, "wrong", FOB_ACCOUNT_ERROR_PASSPHRASE);
  assert_fails (broken, "right", FOB_ACCOUNT_ERROR_FORMAT);
  assert_fails (biometric, "right", FOB_ACCOUNT_ERROR_FORMAT);
  assert_fails (undefined, "right", FOB_ACCOUNT_ERROR_LIMITS);
  assert_fails (negative, "right", FOB_ACCOUNT_ERROR_LIMITS);

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (brackets, '[');
  deep = g_string_free_to_bytes (brackets);
  assert_fails (deep, "right", FOB_ACCOUNT_ERROR_FORMAT);
}

/* Sealing again takes no scrypt, another nonce, and keeps what others put into the header. */
static void
test_seal_again (void)
{
  g_autoptr (GBytes) file = seal ("right", CONTENT);
  g_autoptr (GBytes) foreign =
    replace (file, "\"slots\":[", "\"tomorrow\":true,\"slots\":[{\"type\":2,\"uuid\":\"bio\"},");
  g_autoptr (FobSecret) key = secret ("right");
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) reopened = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEnvelope) envelope = fob_envelope_open (foreign, key, &content, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  again = fob_envelope_seal (envelope, content, 8, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (again, foreign));
  text = g_strndup (g_bytes_get_data (again, NULL), g_bytes_get_size (again));
  g_assert_nonnull (strstr (text, "\"tomorrow\":true"));
  g_assert_nonnull (strstr (text, "\"uuid\":\"bio\""));
  g_assert_null (strstr (text, "entries"));
  assert_opens (again, "right", CONTENT);
  reopened = fob_envelope_reopen (envelope, again, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (reopened, content));
}

static void
test_reopen_other (void)
{
  g_autoptr (FobSecret) key = secret ("right");
  g_autoptr (FobEnvelope) envelope = fob_envelope_new (key, NULL);
  g_autoptr (GBytes) other = seal ("right", CONTENT);
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_envelope_reopen (envelope, other, &error));
  g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE);
}

/* A file that an Aegis phone wrote, where the reference files are at hand. */
static void
test_aegis_file (void)
{
  const char *folder = g_getenv ("FOB_TEST_FIXTURES");
  g_autofree char *path =
    g_build_filename (folder != NULL ? folder : "", "aegis.encrypted.json", NULL);
  g_autoptr (FobSecret) key = secret ("test");
  g_autofree char *data = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autoptr (FobPayload) payload = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (folder == NULL || !g_file_get_contents (path, &data, &size, NULL))
    {
      g_test_skip ("The reference files are not at hand");
      return;
    }
  file = g_bytes_new (data, size);
  envelope = fob_envelope_open (file, key, &content, &error);
  g_assert_no_error (error);
  payload = fob_payload_parse (content, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fob_payload_get_n_accounts (payload), >, 5);
  g_assert_cmpuint (fob_payload_get_n_unreadable (payload), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/envelope/round-trip", test_round_trip);
  g_test_add_func ("/account/envelope/wrong-then-right", test_wrong_then_right);
  g_test_add_func ("/account/envelope/damaged", test_damaged);
  g_test_add_func ("/account/envelope/slots", test_slots);
  g_test_add_func ("/account/envelope/seal-again", test_seal_again);
  g_test_add_func ("/account/envelope/reopen-other", test_reopen_other);
  g_test_add_func ("/account/envelope/aegis-file", test_aegis_file);

  return g_test_run ();
}
