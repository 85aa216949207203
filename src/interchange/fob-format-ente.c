/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-json.h"
#include "fob-kdf.h"
#include "fob-uri-lines.h"
#include "fob-wipe.h"

/* Exports of Ente Auth: URIs with a parameter of their own that says the rest in JSON, as text, in
 * JSON, or encrypted. Text without that parameter is as good a list of URIs. */

#define VERSION       1
#define DISPLAY_MARK  "codeDisplay="
#define OLD_SEPARATOR ",otpauth://"
#define BYTES_PER_KIB 1024

static gboolean
is_encrypted (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return json_is_object (json_object_get (root, "kdfParams")) &&
         json_is_string (json_object_get (root, "encryptedData"));
}

static gboolean
is_json (json_t *root)
{
  json_t *items = json_object_get (root, "items");

  return json_is_string (json_object_get (json_array_get (items, 0), "rawData"));
}

static gboolean
probe (FobDocument *document)
{
  const char *text = fob_document_get_text (document, NULL);

  if (text == NULL)
    return FALSE;
  if (is_encrypted (document) || is_json (fob_document_get_json (document)))
    return TRUE;

  return g_ascii_strncasecmp (text, "otpauth://", strlen ("otpauth://")) == 0 &&
         (strstr (text, DISPLAY_MARK) != NULL || strstr (text, OLD_SEPARATOR) != NULL);
}

static void
read_code (const char *uri, json_t *display, FobImport *import)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;
  gsize i;
  json_t *tag;

  fields.uri = uri;
  fields.note = fob_json_get_text (display, "note");
  fields.pinned = fob_json_get_flag (display, "pinned");
  json_array_foreach (json_object_get (display, "tags"), i, tag)
    g_ptr_array_add (tags, (gpointer) json_string_value (tag));
  fields.tags = tags;
  if (fob_json_get_flag (display, "trashed"))
    fob_import_fields_set_problem (
      &fields, _ ("This account is in Ente Auth’s trash. Restore it there if you need it."));
  fob_import_fields_take (&fields, import);
}

/* Returns: (transfer full) (nullable): what the parameter says; NULL when it is not there, or is
 * broken, which some versions of the app have managed. */
static json_t *
parse_display (const char *uri)
{
  const char *start = strstr (uri, DISPLAY_MARK);
  g_autofree char *text = NULL;

  if (start == NULL)
    return NULL;
  start += strlen (DISPLAY_MARK);
  text = g_uri_unescape_segment (start, start + strcspn (start, "&#"), NULL);

  return text != NULL ? json_loads (text, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
}

static void
read_line (const char *line, gsize length, FobImport *import)
{
  g_auto (FobWipedString) copy = g_strndup (line, length);
  char *start = copy;

  while (start != NULL)
    {
      char *next = strstr (start, OLD_SEPARATOR);
      json_t *display;

      if (next != NULL)
        *next++ = '\0';
      display = parse_display (start);
      read_code (start, display, import);
      json_decref (display);
      start = next;
    }
}

static gboolean
read_text (const char *text, FobImport *import, GCancellable *cancellable, GError **error)
{
  const char *cursor = text;
  const char *line;
  gsize length;

  if (text == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  while ((line = fob_uri_lines_next (&cursor, &length)) != NULL)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read_line (line, length, import);
    }

  return TRUE;
}

static void
read_item (json_t *item, gconstpointer context, FobImport *import)
{
  read_code (fob_json_get_text (item, "rawData"), json_object_get (item, "display"), import);
}

static FobSecret *
derive (json_t *root, FobSecret *passphrase, GError **error)
{
  json_t *params = json_object_get (root, "kdfParams");
  guint64 memory = 0;
  guint64 passes = 0;
  gsize size = 0;
  g_autofree guint8 *salt = fob_json_get_base64 (params, "salt", &size);

  if (salt == NULL || !fob_json_read_number (params, "memLimit", &memory) ||
      !fob_json_read_number (params, "opsLimit", &passes))
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }

  return fob_kdf_argon2id (passphrase, salt, size, passes, memory / BYTES_PER_KIB, 1, error);
}

/* One message of libsodium's secretstream. */
static GBytes *
open_stream (const guint8 *header, const guint8 *data, gsize size, FobSecret *key)
{
  crypto_secretstream_xchacha20poly1305_state state;
  const gsize plain_size = size - crypto_secretstream_xchacha20poly1305_ABYTES;
  guint8 *plain = g_malloc (plain_size + 1);
  guint8 tag;
  gsize key_size;
  gboolean opened;

  opened =
    crypto_secretstream_xchacha20poly1305_init_pull (&state, header,
                                                     fob_secret_get_data (key, &key_size)) == 0 &&
    crypto_secretstream_xchacha20poly1305_pull (&state, plain, NULL, &tag, data, size, NULL, 0) ==
      0;
  fob_wipe (&state, sizeof state);
  if (!opened)
    {
      fob_wipe (plain, plain_size);
      g_free (plain);
      return NULL;
    }

  return fob_wipe_bytes_new_take (plain, plain_size);
}

/* Returns: (transfer full) (nullable): what is a plain export. */
static FobDocument *
decrypt (json_t *root, FobSecret *passphrase, GError **error)
{
  gsize header_size = 0;
  gsize size = 0;
  g_autofree guint8 *header = fob_json_get_base64 (root, "encryptionNonce", &header_size);
  g_autofree guint8 *data = fob_json_get_base64 (root, "encryptedData", &size);
  g_autoptr (FobSecret) key = NULL;
  g_autoptr (GBytes) plain = NULL;

  if (header == NULL || data == NULL ||
      header_size != crypto_secretstream_xchacha20poly1305_HEADERBYTES ||
      size <= crypto_secretstream_xchacha20poly1305_ABYTES)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }
  key = derive (root, passphrase, error);
  if (key == NULL)
    return NULL;
  if (sodium_init () < 0)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_CRYPTO, error);
      return NULL;
    }
  plain = open_stream (header, data, size, key);
  if (plain == NULL)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_PASSPHRASE, error);
      return NULL;
    }

  return fob_document_new (plain, error);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  json_t *root = fob_document_get_json (document);
  g_autoptr (FobDocument) decrypted = NULL;

  if (json_integer_value (json_object_get (root, "version")) > VERSION)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_VERSION, error);
  if (is_encrypted (document))
    {
      decrypted = decrypt (root, passphrase, error);
      if (decrypted == NULL)
        return FALSE;
      document = decrypted;
      root = fob_document_get_json (document);
    }
  fob_json_init ();
  if (is_json (root))
    return fob_import_read_entries (json_object_get (root, "items"), read_item, NULL, import,
                                    cancellable, error);

  return read_text (fob_document_get_text (document, NULL), import, cancellable, error);
}

const FobFormat fob_format_ente = {
  .id = "ente",
  .label = N_ ("Ente Auth"),
  .probe = probe,
  .needs_passphrase = is_encrypted,
  .parse = parse,
};
