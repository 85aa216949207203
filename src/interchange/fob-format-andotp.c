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

/* Backups of andOTP, plain and encrypted, and of the first GNOME Authenticator, which had nearly
 * the same. */

/* What the app has ever taken, generously: the only thing to tell such a file by. */
#define ROUNDS_MIN 1000
#define ROUNDS_MAX 1000000

#define SALT_SIZE       12
#define NEW_HEADER_SIZE (sizeof (guint32) + SALT_SIZE + FOB_DECRYPT_GCM_NONCE_SIZE)

static guint32
get_rounds (FobDocument *document)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (fob_document_get_bytes (document), &size);

  if (size < NEW_HEADER_SIZE + FOB_DECRYPT_GCM_TAG_SIZE)
    return 0;

  return ((guint32) data[0] << 24) | ((guint32) data[1] << 16) | ((guint32) data[2] << 8) | data[3];
}

/* There is no mark but that it is no text. */
static gboolean
is_encrypted (FobDocument *document)
{
  return fob_document_get_text (document, NULL) == NULL;
}

static gboolean
probe (FobDocument *document)
{
  json_t *first = json_array_get (fob_document_get_json (document), 0);

  return json_is_string (json_object_get (first, "secret")) &&
         json_is_string (json_object_get (first, "type"));
}

static gboolean
guess (FobDocument *document)
{
  const guint32 rounds = get_rounds (document);

  return is_encrypted (document) && rounds >= ROUNDS_MIN && rounds <= ROUNDS_MAX;
}

/* Returns: (transfer full): the key behind base32 of its hexadecimal digits. */
static FobSecret *
read_motp_key (json_t *entry)
{
  g_autoptr (FobSecret) text =
    fob_secret_new_from_base32 (fob_json_get_text (entry, "secret"), -1, NULL);
  gsize size = 0;
  const char *digits = text != NULL ? fob_secret_get_data (text, &size) : NULL;

  return digits != NULL ? fob_secret_new_from_hex (digits, (gssize) size, NULL) : NULL;
}

/* Old versions had the issuer in the label alone: `Issuer - label`. */
static char *
cut_issuer (FobImportFields *fields)
{
  const char *dash = strstr (fields->name, " - ");
  char *issuer;

  if (dash == NULL)
    return NULL;
  issuer = g_strndup (fields->name, (gsize) (dash - fields->name));
  fields->issuer = issuer;
  fields->name = dash + strlen (" - ");

  return issuer;
}

static void
read_tags (json_t *entry, GPtrArray *tags)
{
  gsize i;
  json_t *tag;

  json_array_foreach (json_object_get (entry, "tags"), i, tag)
    g_ptr_array_add (tags, (gpointer) json_string_value (tag));
}

static void
read_entry (json_t *entry, gconstpointer context, FobImport *import)
{
  const char *type = fob_json_get_text (entry, "type");
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (FobSecret) secret = NULL;
  g_autofree char *issuer = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  read_tags (entry, tags);
  fields.tags = tags;
  fields.issuer = fob_json_get_text (entry, "issuer");
  fields.name = fob_json_get_text (entry, "label");
  if (json_object_get (entry, "issuer") == NULL && g_ascii_strcasecmp (type, "otp") == 0)
    {
      fields.issuer = tags->len > 0 ? tags->pdata[0] : NULL;
      fields.tags = NULL;
    }
  else if (json_object_get (entry, "issuer") == NULL)
    issuer = cut_issuer (&fields);
  fob_import_fields_set_kind (&fields, type);
  if (fields.kind == FOB_OTP_KIND_MOTP)
    fields.secret = secret = read_motp_key (entry);
  else
    fields.secret_text = fob_json_get_text (entry, "secret");
  fields.algorithm = fob_json_get_text (entry, "algorithm");
  fob_import_fields_read_numbers (&fields, entry, "digits", "period", "counter");
  fob_import_fields_take (&fields, import);
}

/* Rounds, salt, nonce, what is encrypted with its tag. */
static GBytes *
decrypt_new (const guint8 *data, gsize size, guint32 rounds, FobSecret *passphrase)
{
  const guint8 *salt = data + sizeof rounds;
  g_autoptr (FobSecret) key = fob_kdf_pbkdf2 (passphrase, FOB_OTP_ALGORITHM_SHA1, salt, SALT_SIZE,
                                              rounds, FOB_DECRYPT_KEY_SIZE, NULL);

  return key != NULL ? fob_decrypt_gcm (key, salt + SALT_SIZE, NULL, 0, data + NEW_HEADER_SIZE,
                                        size - NEW_HEADER_SIZE)
                     : NULL;
}

/* Nonce, what is encrypted with its tag. */
static GBytes *
decrypt_old (const guint8 *data, gsize size, FobSecret *passphrase)
{
  g_autoptr (FobSecret) key = fob_kdf_sha256 (passphrase, NULL);

  return key != NULL && size > FOB_DECRYPT_GCM_NONCE_SIZE
           ? fob_decrypt_gcm (key, data, NULL, 0, data + FOB_DECRYPT_GCM_NONCE_SIZE,
                              size - FOB_DECRYPT_GCM_NONCE_SIZE)
           : NULL;
}

/* Returns: (transfer full) (nullable): what is a plain backup. */
static FobDocument *
decrypt (FobDocument *document, FobSecret *passphrase, GError **error)
{
  const guint32 rounds = get_rounds (document);
  gsize size;
  const guint8 *data = g_bytes_get_data (fob_document_get_bytes (document), &size);
  g_autoptr (GBytes) plain = NULL;

  if (rounds >= ROUNDS_MIN && rounds <= ROUNDS_MAX)
    plain = decrypt_new (data, size, rounds, passphrase);
  if (plain == NULL)
    plain = decrypt_old (data, size, passphrase);
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
  g_autoptr (FobDocument) decrypted = NULL;

  if (is_encrypted (document))
    {
      decrypted = decrypt (document, passphrase, error);
      if (decrypted == NULL)
        return FALSE;
      document = decrypted;
    }

  return fob_import_read_entries (fob_document_get_json (document), read_entry, NULL, import,
                                  cancellable, error);
}

const FobFormat fob_format_andotp = {
  .id = "andotp",
  .label = N_ ("andOTP"),
  .probe = probe,
  .guess = guess,
  .needs_passphrase = is_encrypted,
  .parse = parse,
};
