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

/* Backups of Stratum, once Authenticator Pro: plain, and encrypted in two ways. */

#define CUSTOM_ICON_MARK '@'

#define MAGIC_SIZE   16
#define STRONG_MAGIC "AUTHENTICATORPRO"
#define LEGACY_MAGIC "AuthenticatorPro"
/* Of Argon2id; the memory in KiB. */
#define STRONG_SALT_SIZE 16
#define STRONG_PASSES    3
#define STRONG_MEMORY    65536
#define STRONG_LANES     4
/* Of PBKDF2. */
#define LEGACY_SALT_SIZE 20
#define LEGACY_ROUNDS    64000
/* What is before the content in either. */
#define HEADER_SIZE_MAX (MAGIC_SIZE + LEGACY_SALT_SIZE + FOB_DECRYPT_CBC_BLOCK_SIZE)

/* What an entry needs of the rest of the file. */
typedef struct
{
  GHashTable *categories; /* id -> name */
  GHashTable *bindings;   /* text of a secret -> GPtrArray of names */
  GHashTable *icons;      /* id -> base64 */
} Context;

static const FobOtpKind kinds[] = {
  [1] = FOB_OTP_KIND_HOTP,  [2] = FOB_OTP_KIND_TOTP,   [3] = FOB_OTP_KIND_MOTP,
  [4] = FOB_OTP_KIND_STEAM, [5] = FOB_OTP_KIND_YANDEX,
};

static const char *const algorithms[] = { "SHA1", "SHA256", "SHA512" };

static gboolean
has_magic (FobDocument *document, const char *magic)
{
  gsize size;
  const char *data = g_bytes_get_data (fob_document_get_bytes (document), &size);

  return size > MAGIC_SIZE && memcmp (data, magic, MAGIC_SIZE) == 0;
}

static gboolean
is_encrypted (FobDocument *document)
{
  return has_magic (document, STRONG_MAGIC) || has_magic (document, LEGACY_MAGIC);
}

static gboolean
probe (FobDocument *document)
{
  return is_encrypted (document) ||
         json_is_array (json_object_get (fob_document_get_json (document), "Authenticators"));
}

static GHashTable *
index_bindings (json_t *root, GHashTable *categories)
{
  GHashTable *bindings =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  gsize i;
  json_t *binding;

  json_array_foreach (json_object_get (root, "AuthenticatorCategories"), i, binding)
  {
    const char *secret = fob_json_get_text (binding, "AuthenticatorSecret");
    const char *name = fob_json_look_up (binding, "CategoryId", categories);
    GPtrArray *names = g_hash_table_lookup (bindings, secret);

    if (names == NULL)
      {
        names = g_ptr_array_new ();
        g_hash_table_insert (bindings, (gpointer) secret, names);
      }
    g_ptr_array_add (names, (gpointer) name);
  }

  return bindings;
}

static void
read_kind (json_t *entry, FobImportFields *fields)
{
  guint64 type = 2;

  if (fob_json_read_number (entry, "Type", &type) && type >= 1 && type < G_N_ELEMENTS (kinds))
    fields->kind = kinds[type];
  else
    fob_import_fields_set_problem (
      fields, _ ("This kind of account is not known. Update Keyfob, or add it by hand."));
}

static void
read_algorithm (json_t *entry, FobImportFields *fields)
{
  guint64 algorithm = 0;

  if (fob_json_read_number (entry, "Algorithm", &algorithm) &&
      algorithm < G_N_ELEMENTS (algorithms))
    fields->algorithm = algorithms[algorithm];
  else
    fob_import_fields_set_problem (
      fields, _ ("Keyfob cannot make codes with the algorithm of this account."));
}

static GBytes *
read_icon (json_t *entry, GHashTable *icons, const char **type)
{
  const char *id = fob_json_get_text (entry, "Icon");
  const char *text = *id == CUSTOM_ICON_MARK ? g_hash_table_lookup (icons, id + 1) : NULL;
  g_autofree guint8 *data = NULL;
  gsize size;

  if (text != NULL)
    data = fob_base64_decode (text, strlen (text), &size);
  if (data == NULL)
    return NULL;
  if (size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    *type = "image/png";
  else if (size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    *type = "image/jpeg";
  else
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static void
read_entry (json_t *entry, gconstpointer user_data, FobImport *import)
{
  const Context *context = user_data;
  const char *secret_text = fob_json_get_text (entry, "Secret");
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) icon = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = fob_json_get_text (entry, "Issuer");
  fields.name = fob_json_get_text (entry, "Username");
  fields.pin = fob_json_get_text (entry, "Pin");
  read_kind (entry, &fields);
  read_algorithm (entry, &fields);
  fields.secret_text = secret_text;
  if (fields.kind == FOB_OTP_KIND_MOTP)
    {
      secret = fob_secret_new_from_hex (secret_text, -1, &error);
      fields.secret = secret;
      if (secret == NULL)
        fob_import_fields_set_problem (&fields, error->message);
    }
  fob_import_fields_read_numbers (&fields, entry, "Digits", "Period", "Counter");
  fields.tags = g_hash_table_lookup (context->bindings, secret_text);
  fields.icon = icon = read_icon (entry, context->icons, &fields.icon_type);
  fob_import_fields_take (&fields, import);
}

static gboolean
read_content (json_t *root, FobImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) categories =
    fob_json_index_texts (json_object_get (root, "Categories"), "Id", "Name");
  g_autoptr (GHashTable) bindings = index_bindings (root, categories);
  g_autoptr (GHashTable) icons =
    fob_json_index_texts (json_object_get (root, "CustomIcons"), "Id", "Data");
  const Context context = { categories, bindings, icons };

  return fob_import_read_entries (json_object_get (root, "Authenticators"), read_entry, &context,
                                  import, cancellable, error);
}

static GBytes *
decrypt_strong (const guint8 *data, gsize size, FobSecret *passphrase, GError **error)
{
  const guint8 *nonce = data + STRONG_SALT_SIZE;
  const guint8 *content = nonce + FOB_DECRYPT_GCM_NONCE_SIZE;
  g_autoptr (FobSecret) key = fob_kdf_argon2id (passphrase, data, STRONG_SALT_SIZE, STRONG_PASSES,
                                                STRONG_MEMORY, STRONG_LANES, error);
  GBytes *plain;

  if (key == NULL)
    return NULL;
  plain = fob_decrypt_gcm (key, nonce, NULL, 0, content, size - (gsize) (content - data));
  if (plain == NULL)
    fob_interchange_fail (FOB_INTERCHANGE_ERROR_PASSPHRASE, error);

  return plain;
}

static GBytes *
decrypt_legacy (const guint8 *data, gsize size, FobSecret *passphrase, GError **error)
{
  const guint8 *iv = data + LEGACY_SALT_SIZE;
  const guint8 *content = iv + FOB_DECRYPT_CBC_BLOCK_SIZE;
  g_autoptr (FobSecret) key =
    fob_kdf_pbkdf2 (passphrase, FOB_OTP_ALGORITHM_SHA1, data, LEGACY_SALT_SIZE, LEGACY_ROUNDS,
                    FOB_DECRYPT_KEY_SIZE, error);
  GBytes *plain;

  if (key == NULL)
    return NULL;
  plain = fob_decrypt_cbc (key, iv, content, size - (gsize) (content - data), TRUE);
  if (plain == NULL)
    fob_interchange_fail (FOB_INTERCHANGE_ERROR_PASSPHRASE, error);

  return plain;
}

/* Returns: (transfer full) (nullable): what is a plain backup. */
static FobDocument *
decrypt (FobDocument *document, FobSecret *passphrase, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (fob_document_get_bytes (document), &size);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (FobDocument) decrypted = NULL;

  if (size <= HEADER_SIZE_MAX)
    fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  else if (has_magic (document, STRONG_MAGIC))
    plain = decrypt_strong (data + MAGIC_SIZE, size - MAGIC_SIZE, passphrase, error);
  else
    plain = decrypt_legacy (data + MAGIC_SIZE, size - MAGIC_SIZE, passphrase, error);
  if (plain == NULL)
    return NULL;

  decrypted = fob_document_new (plain, error);
  /* Nothing else tells a wrong passphrase where there is no tag. */
  if (decrypted != NULL && fob_document_get_json (decrypted) == NULL)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_PASSPHRASE, error);
      return NULL;
    }

  return g_steal_pointer (&decrypted);
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

  return read_content (fob_document_get_json (document), import, cancellable, error);
}

const FobFormat fob_format_stratum = {
  .id = "stratum",
  .label = N_ ("Stratum"),
  .probe = probe,
  .needs_passphrase = is_encrypted,
  .parse = parse,
};
