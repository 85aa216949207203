/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-decrypt.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-kdf.h"
#include "fob-wipe.h"

/* Exports of Proton Authenticator, plain and encrypted: a URI per entry. */

#define VERSION 1
#define AAD     "proton.authenticator.export.v1"
/* Of Argon2id; the memory in KiB. */
#define PASSES 2
#define MEMORY 19456
#define LANES  1

#define STEAM_SCHEME "steam://"

static gboolean
is_encrypted (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return json_is_string (json_object_get (root, "salt")) &&
         json_is_string (json_object_get (root, "content"));
}

static gboolean
probe (FobDocument *document)
{
  json_t *entries = json_object_get (fob_document_get_json (document), "entries");
  json_t *content = json_object_get (json_array_get (entries, 0), "content");

  return is_encrypted (document) || json_is_string (json_object_get (content, "uri"));
}

/* Returns: (nullable): the key of a Steam URI that has it in base64, without padding. */
static FobSecret *
read_base64_key (const char *uri)
{
  const char *text = uri + strlen (STEAM_SCHEME);
  g_autoptr (FobSecret) base32 = fob_secret_new_from_base32 (text, -1, NULL);
  g_auto (FobWipedString) padded = NULL;
  guint8 *data;
  FobSecret *secret;
  gsize size;

  if (base32 != NULL)
    return NULL;
  padded = g_strconcat (text, "===", NULL);
  data = fob_base64_decode (padded, strlen (text) + (4 - strlen (text) % 4) % 4, &size);
  if (data == NULL)
    return NULL;
  secret = fob_secret_new (data, size);
  fob_wipe (data, size);
  g_free (data);

  return secret;
}

static void
read_entry (json_t *entry, gconstpointer context, FobImport *import)
{
  json_t *content = json_object_get (entry, "content");
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.uri = fob_json_get_text (content, "uri");
  fields.name = fob_json_get_text (content, "name");
  fields.note = fob_json_get_text (entry, "note");
  if (g_str_has_prefix (fields.uri, STEAM_SCHEME))
    secret = read_base64_key (fields.uri);
  if (secret != NULL)
    {
      fields.uri = NULL;
      fields.kind = FOB_OTP_KIND_STEAM;
      fields.issuer = "Steam";
      fields.secret = secret;
    }
  fob_import_fields_take (&fields, import);
}

/* Returns: (transfer full) (nullable): what is a plain export. */
static FobDocument *
decrypt (json_t *root, FobSecret *passphrase, GError **error)
{
  g_autofree guint8 *salt = NULL;
  g_autofree guint8 *content = NULL;
  g_autoptr (FobSecret) key = NULL;
  g_autoptr (GBytes) plain = NULL;
  gsize salt_size;
  gsize size;

  salt = fob_json_get_base64 (root, "salt", &salt_size);
  content = fob_json_get_base64 (root, "content", &size);
  if (salt == NULL || content == NULL ||
      size < FOB_DECRYPT_GCM_NONCE_SIZE + FOB_DECRYPT_GCM_TAG_SIZE)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }
  key = fob_kdf_argon2id (passphrase, salt, salt_size, PASSES, MEMORY, LANES, error);
  if (key == NULL)
    return NULL;

  plain = fob_decrypt_gcm (key, content, AAD, strlen (AAD), content + FOB_DECRYPT_GCM_NONCE_SIZE,
                           size - FOB_DECRYPT_GCM_NONCE_SIZE);
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
      root = fob_document_get_json (decrypted);
    }

  return fob_import_read_entries (json_object_get (root, "entries"), read_entry, NULL, import,
                                  cancellable, error);
}

const FobFormat fob_format_proton = {
  .id = "proton",
  .label = N_ ("Proton Authenticator"),
  .probe = probe,
  .needs_passphrase = is_encrypted,
  .parse = parse,
};
