/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-decrypt.h"
#include "fob-export-lost.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-json.h"
#include "fob-kdf.h"
#include "fob-wipe.h"

/* Backups of Stratum, once Authenticator Pro: plain, and encrypted in two ways. */

#define CUSTOM_ICON_MARK '@'
/* In characters. */
#define ISSUER_LENGTH_MAX 32
#define NAME_LENGTH_MAX   40

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

/* Returns: (nullable): the MIME type of an image that the app can show. */
static const char *
icon_type (GBytes *icon)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (icon, &size);

  if (size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";

  return NULL;
}

static GBytes *
read_icon (json_t *entry, GHashTable *icons, const char **type)
{
  const char *id = fob_json_get_text (entry, "Icon");
  const char *text = *id == CUSTOM_ICON_MARK ? g_hash_table_lookup (icons, id + 1) : NULL;
  g_autofree guint8 *data = NULL;
  g_autoptr (GBytes) icon = NULL;
  gsize size;

  if (text != NULL)
    data = fob_base64_decode (text, strlen (text), &size);
  if (data == NULL)
    return NULL;
  icon = g_bytes_new_take (g_steal_pointer (&data), size);
  *type = icon_type (icon);

  return *type != NULL ? g_steal_pointer (&icon) : NULL;
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
  fields.whole_name = TRUE;
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

static gboolean
lost (FobAccount *account, GPtrArray *reasons)
{
  const guint writable = FOB_EXPORT_KIND (FOB_OTP_KIND_TOTP) | FOB_EXPORT_KIND (FOB_OTP_KIND_HOTP) |
                         FOB_EXPORT_KIND (FOB_OTP_KIND_MOTP) |
                         FOB_EXPORT_KIND (FOB_OTP_KIND_STEAM) |
                         FOB_EXPORT_KIND (FOB_OTP_KIND_YANDEX);
  GBytes *icon = fob_account_get_icon (account);

  if (!fob_export_has_kind (account, writable, reasons))
    return FALSE;
  if (icon != NULL && icon_type (icon) == NULL)
    fob_export_add_reason (reasons, _ ("Icons that are neither PNG nor JPEG are left out."));
  if (g_utf8_strlen (fob_export_get_issuer (account), -1) > ISSUER_LENGTH_MAX ||
      g_utf8_strlen (fob_account_get_name (account), -1) > NAME_LENGTH_MAX)
    fob_export_add_reason (reasons, _ ("Stratum cuts long issuers and account names off."));
  fob_export_lost_parts (account, FOB_EXPORT_TAGS | FOB_EXPORT_ICON, reasons);

  return TRUE;
}

/* Whole backups being put together. */
typedef struct
{
  json_t *authenticators;
  json_t *categories;
  json_t *bindings;
  json_t *icons;
  GHashTable *category_ids; /* name -> id */
  GHashTable *secrets;      /* texts that are taken */
  GHashTable *icon_ids;     /* of those that are written already */
} Writer;

/* Categories are joined by the text of the secret. Two accounts with the same one stay apart by
 * their padding; a key in hex has none. Returns: (transfer full): free with fob_wipe_free_string ()
 */
static char *
dup_secret_text (FobOtp *otp, GHashTable *taken)
{
  FobSecret *secret = fob_otp_get_secret (otp);
  char *text;

  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_MOTP)
    return fob_secret_dup_hex (secret);
  text = fob_secret_dup_base32 (secret);
  while (g_hash_table_contains (taken, text))
    {
      char *padded = g_strconcat (text, "=", NULL);

      fob_wipe_free_string (text);
      text = padded;
    }
  g_hash_table_add (taken, g_strdup (text));

  return text;
}

static void
write_tags (Writer *self, FobAccount *account, const char *secret)
{
  const char *const *tags = fob_account_get_tags (account);

  for (gsize i = 0; tags[i] != NULL; i++)
    {
      const char *id = g_hash_table_lookup (self->category_ids, tags[i]);

      if (id == NULL)
        {
          char *fresh = g_uuid_string_random ();

          g_hash_table_insert (self->category_ids, g_strdup (tags[i]), fresh);
          id = fresh;
          json_array_append_new (self->categories,
                                 json_pack ("{s:s, s:s, s:i}", "Id", id, "Name", tags[i], "Ranking",
                                            (int) json_array_size (self->categories)));
        }
      json_array_append_new (self->bindings, json_pack ("{s:s, s:s, s:i}", "AuthenticatorSecret",
                                                        secret, "CategoryId", id, "Ranking",
                                                        (int) json_array_size (self->bindings)));
    }
}

/* Returns: (transfer full): what the entry says of its icon. */
static json_t *
write_icon (Writer *self, FobAccount *account)
{
  GBytes *icon = fob_account_get_icon (account);
  g_autofree char *data = NULL;
  g_autofree char *id = NULL;

  if (icon == NULL || icon_type (icon) == NULL)
    return json_null ();
  id = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, icon);
  data = g_base64_encode (g_bytes_get_data (icon, NULL), g_bytes_get_size (icon));
  if (g_hash_table_add (self->icon_ids, g_strdup (id)))
    json_array_append_new (self->icons, json_pack ("{s:s, s:s}", "Id", id, "Data", data));

  return json_sprintf ("%c%s", CUSTOM_ICON_MARK, id);
}

static int
find_type (FobOtpKind kind)
{
  for (gsize i = 1; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i] == kind)
        return (int) i;
    }

  return 0;
}

/* The algorithms of other kinds are not looked at. */
static int
find_algorithm (FobOtpAlgorithm algorithm)
{
  const char *name = fob_otp_algorithm_to_string (algorithm);

  for (gsize i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      if (g_str_equal (algorithms[i], name))
        return (int) i;
    }

  return 0;
}

static json_t *
write_pin (FobOtp *otp)
{
  FobSecret *pin = fob_otp_get_pin (otp);
  const char *text;
  gsize size;

  if (pin == NULL)
    return json_null ();
  text = fob_secret_get_data (pin, &size);

  return json_stringn (text, size);
}

static void
write_account (Writer *self, FobAccount *account)
{
  FobOtp *otp = fob_account_get_otp (account);
  g_auto (FobWipedString) secret = dup_secret_text (otp, self->secrets);
  json_t *entry =
    json_pack ("{s:i, s:o, s:s, s:s, s:s, s:o, s:i, s:i, s:I, s:I, s:i, s:i}", "Type",
               find_type (fob_otp_get_kind (otp)), "Icon", write_icon (self, account), "Issuer",
               fob_export_get_issuer (account), "Username", fob_account_get_name (account),
               "Secret", secret, "Pin", write_pin (otp), "Algorithm",
               find_algorithm (fob_otp_get_algorithm (otp)), "Digits",
               (int) fob_otp_get_digits (otp), "Period",
               (json_int_t) MAX (fob_otp_get_period (otp), fob_otp_is_time_based (otp) ? 1 : 30),
               "Counter", (json_int_t) fob_otp_get_counter (otp), "CopyCount", 0, "Ranking",
               (int) json_array_size (self->authenticators));

  json_array_append_new (self->authenticators, entry);
  write_tags (self, account, secret);
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  g_autoptr (GHashTable) category_ids =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) secrets =
    g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) fob_wipe_free_string, NULL);
  g_autoptr (GHashTable) icon_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Writer writer = { .category_ids = category_ids, .secrets = secrets, .icon_ids = icon_ids };
  json_t *root;
  GBytes *file;

  fob_json_init ();
  writer.authenticators = json_array ();
  writer.categories = json_array ();
  writer.bindings = json_array ();
  writer.icons = json_array ();
  for (guint i = 0; i < accounts->len; i++)
    write_account (&writer, accounts->pdata[i]);
  root = json_pack ("{s:o, s:o, s:o, s:o}", "Authenticators", writer.authenticators, "Categories",
                    writer.categories, "AuthenticatorCategories", writer.bindings, "CustomIcons",
                    writer.icons);
  file = fob_json_dump (root);
  json_decref (root);

  return file;
}

const FobFormat fob_format_stratum = {
  .id = "stratum",
  .label = N_ ("Stratum"),
  .suffix = ".authpro.json",
  .text = TRUE,
  .probe = probe,
  .needs_passphrase = is_encrypted,
  .parse = parse,
  .lost = lost,
  .serialise = serialise,
};
