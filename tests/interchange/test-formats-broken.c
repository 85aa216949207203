/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <jansson.h>
#include <string.h>

#include "fob-json.h"
#include "format-case.h"

/* Whatever is in a file, it is read or there is a message, and no more than that happens. */

#define STEP 10

static void
check_survives (GBytes *bytes, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobImport) import = import_bytes (bytes, passphrase, &error);

  if (import == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == FOB_INTERCHANGE_ERROR);
      g_assert_cmpstr (error->message, !=, "");
    }
  else
    {
      g_autofree char *text = describe_import (import);

      g_assert_no_error (error);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

/* How far apart the places are that are looked at: farther where a format fixes a slow key
 * derivation. */
static gsize
get_step (const FormatCase *self, GBytes *bytes)
{
  const gboolean slow =
    self->passphrase != NULL &&
    (g_str_equal (self->format, "stratum") || g_str_equal (self->format, "authenticator-plus"));

  return slow ? g_bytes_get_size (bytes) / 4 : STEP;
}

static void
check_cut (gconstpointer data)
{
  const FormatCase *self = data;
  g_autoptr (GBytes) bytes = format_case_load (self);
  const gsize step = get_step (self, bytes);

  for (gsize size = 0; size < g_bytes_get_size (bytes); size += step)
    {
      g_autoptr (GBytes) start = g_bytes_new_from_bytes (bytes, 0, size);

      check_survives (start, self->passphrase);
    }
}

static void
check_flipped (gconstpointer data)
{
  const FormatCase *self = data;
  g_autoptr (GBytes) bytes = format_case_load (self);
  gsize size;
  const guint8 *original = g_bytes_get_data (bytes, &size);
  const gsize step = get_step (self, bytes);

  for (gsize i = 0; i < size; i += step)
    {
      guint8 *copy = g_memdup2 (original, size);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);

      copy[i] ^= (guint8) (1 << (i / step % 8));
      check_survives (changed, self->passphrase);
    }
}

static const char *const replacements[] = {
  "null", "true", "-1",  "0",  "1e300", "9223372036854775807", "\"99999999999999999999\"",
  "\"\"", "[]",   "[7]", "{}", "\"x\"",
};

static void
check_root (json_t *root, const char *passphrase)
{
  g_autoptr (GBytes) bytes = fob_json_dump (root);

  check_survives (bytes, passphrase);
}

/* Puts each replacement where each value is, @container being somewhere in @root. */
static void
replace_each (json_t *root, json_t *container, const char *passphrase)
{
  const gsize n = json_is_array (container) ? json_array_size (container) : 0;
  const char *key;
  void *next;
  json_t *value;

  for (gsize i = 0; i < n; i++)
    {
      value = json_incref (json_array_get (container, i));
      replace_each (root, value, passphrase);
      for (gsize k = 0; k < G_N_ELEMENTS (replacements); k++)
        {
          json_array_set_new (container, i, json_loads (replacements[k], JSON_DECODE_ANY, NULL));
          check_root (root, passphrase);
        }
      json_array_set_new (container, i, value);
    }
  json_object_foreach_safe (container, next, key, value)
  {
    json_incref (value);
    replace_each (root, value, passphrase);
    for (gsize k = 0; k < G_N_ELEMENTS (replacements); k++)
      {
        json_object_set_new (container, key, json_loads (replacements[k], JSON_DECODE_ANY, NULL));
        check_root (root, passphrase);
      }
    json_object_set_new (container, key, value);
  }
}

static void
check_wrong_types (gconstpointer data)
{
  const FormatCase *self = data;
  g_autoptr (GBytes) bytes = format_case_load (self);
  json_t *root;

  fob_json_init ();
  root = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
  if (root == NULL)
    {
      g_test_skip ("not JSON");
      return;
    }
  replace_each (root, root, self->passphrase);
  json_decref (root);
}

static void
check_passphrases (gconstpointer data)
{
  const FormatCase *self = data;
  g_autoptr (GBytes) bytes = format_case_load (self);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) none = NULL;

  g_assert_null (import_bytes (bytes, "Password 1", &wrong));
  g_assert_error (wrong, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_PASSPHRASE);
  g_assert_null (import_bytes (bytes, NULL, &none));
  g_assert_error (none, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE);
}

static void
check_refused (const char *text, FobInterchangeError code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (import_bytes (bytes, "x", &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, (int) code);
}

#define BITWARDEN                                                                                  \
  "{\"encrypted\":true,\"passwordProtected\":true,\"salt\":\"c2FsdHk=\","                          \
  "\"encKeyValidation_DO_NOT_EDIT\":\"2.\",\"data\":\"2.\","
#define ENTE                                                                                       \
  "{\"version\":1,\"encryptedData\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"encryptionNonce\":"     \
  "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"kdfParams\":{\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\","

/* Refused before anything is computed: this takes no time and no memory. */
static void
test_limits (void)
{
  static const char *const files[] = {
    BITWARDEN "\"kdfType\":0,\"kdfIterations\":10000001}",
    BITWARDEN "\"kdfType\":0,\"kdfIterations\":0}",
    BITWARDEN "\"kdfType\":0,\"kdfIterations\":9223372036854775807}",
    BITWARDEN "\"kdfType\":1,\"kdfIterations\":3,\"kdfMemory\":4096,\"kdfParallelism\":4}",
    BITWARDEN "\"kdfType\":1,\"kdfIterations\":3,\"kdfMemory\":9223372036854775807,"
              "\"kdfParallelism\":4}",
    BITWARDEN "\"kdfType\":1,\"kdfIterations\":3,\"kdfMemory\":64,\"kdfParallelism\":100000}",
    BITWARDEN "\"kdfType\":1,\"kdfIterations\":1000000000,\"kdfMemory\":64,\"kdfParallelism\":4}",
    BITWARDEN "\"kdfType\":1,\"kdfIterations\":0,\"kdfMemory\":64,\"kdfParallelism\":4}",
    ENTE "\"memLimit\":4611686018427387904,\"opsLimit\":3}}",
    ENTE "\"memLimit\":0,\"opsLimit\":3}}",
    ENTE "\"memLimit\":1073741824,\"opsLimit\":100000}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    check_refused (files[i], FOB_INTERCHANGE_ERROR_LIMITS);
}

static void
test_refusals (void)
{
  check_refused ("{\"encrypted\":true,\"items\":[]}", FOB_INTERCHANGE_ERROR_UNSUPPORTED);
  check_refused (BITWARDEN "\"kdfType\":7}", FOB_INTERCHANGE_ERROR_VERSION);
  check_refused (BITWARDEN "\"kdfType\":0,\"kdfIterations\":1}", FOB_INTERCHANGE_ERROR_FORMAT);
  check_refused ("{\"schemaVersion\":99,\"services\":[]}", FOB_INTERCHANGE_ERROR_VERSION);
  check_refused ("{\"schemaVersion\":3,\"services\":[],\"servicesEncrypted\":\"a:b\"}",
                 FOB_INTERCHANGE_ERROR_FORMAT);
  check_refused ("{\"version\":2,\"salt\":\"AA==\",\"content\":\"AA==\"}",
                 FOB_INTERCHANGE_ERROR_VERSION);
  check_refused ("{\"version\":1,\"salt\":\"AA==\",\"content\":\"AA==\"}",
                 FOB_INTERCHANGE_ERROR_FORMAT);
  check_refused ("AUTHENTICATORPRO", FOB_INTERCHANGE_ERROR_UNKNOWN);
  check_refused ("AUTHENTICATORPRO1", FOB_INTERCHANGE_ERROR_FORMAT);
  check_refused ("", FOB_INTERCHANGE_ERROR_UNKNOWN);
  check_refused ("{}", FOB_INTERCHANGE_ERROR_UNKNOWN);
  check_refused ("[]", FOB_INTERCHANGE_ERROR_UNKNOWN);
  check_refused ("Title,Password\na,b\n", FOB_INTERCHANGE_ERROR_UNKNOWN);
}

static void
add_case (const char *what, const FormatCase *self, guint i, GTestDataFunc function)
{
  g_autofree char *path =
    g_strdup_printf ("/interchange/formats-broken/%s/%s-%u%s", what, self->format, i,
                     self->passphrase != NULL ? "-encrypted" : "");

  g_test_add_data_func (path, self, function);
}

static void
add_cases (const FormatCase *cases, guint first)
{
  for (guint i = 0; cases[i].format != NULL; i++)
    {
      add_case ("cut", &cases[i], first + i, check_cut);
      add_case ("flipped", &cases[i], first + i, check_flipped);
      add_case ("wrong-types", &cases[i], first + i, check_wrong_types);
      if (cases[i].passphrase != NULL)
        add_case ("passphrases", &cases[i], first + i, check_passphrases);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interchange/formats-broken/limits", test_limits);
  g_test_add_func ("/interchange/formats-broken/refusals", test_refusals);
  add_cases (plain_cases, 0);
  add_cases (encrypted_cases, 100);

  return g_test_run ();
}
