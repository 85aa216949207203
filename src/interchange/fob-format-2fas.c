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

/* Backups of 2FAS, schemas 1 to 4. Members that say nothing may be absent or null. */

#define SCHEMA_VERSION 4
#define ROUNDS         10000
/* Readers ask for them, and go by the schema. */
#define APP_VERSION_CODE 5000000
#define APP_VERSION_NAME "5.0.0"

static gboolean
is_encrypted (FobDocument *document)
{
  return *fob_json_get_text (fob_document_get_json (document), "servicesEncrypted") != '\0';
}

static gboolean
probe (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return json_is_array (json_object_get (root, "services")) &&
         (json_is_integer (json_object_get (root, "schemaVersion")) ||
          json_is_integer (json_object_get (root, "appVersionCode")) || is_encrypted (document));
}

/* What a person sees there is the name of the service; the issuer is what the URI once said. */
static void
read_names (FobImportFields *fields, json_t *service, json_t *otp)
{
  static const char *const name_keys[] = { "account", "label", NULL };

  fields->issuer = fob_json_get_text (otp, "issuer");
  if (*fields->issuer == '\0')
    fields->issuer = fob_json_get_text (service, "name");
  fields->name = fob_json_get_first_text (otp, name_keys);
  /* Without an account the label repeats the issuer. */
  if (g_str_equal (fields->name, fields->issuer))
    fields->name = fob_json_get_text (otp, "account");
  fields->whole_name = *fob_json_get_text (otp, "account") != '\0';
}

static void
read_service (json_t *service, gconstpointer groups, FobImport *import)
{
  json_t *otp = json_object_get (service, "otp");
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  read_names (&fields, service, otp);
  fob_import_fields_set_kind (&fields, fob_json_get_text (otp, "tokenType"));
  fields.secret_text = fob_json_get_text (service, "secret");
  fields.algorithm = fob_json_get_text (otp, "algorithm");
  fob_import_fields_read_numbers (&fields, otp, "digits", "period", "counter");
  g_ptr_array_add (tags, (gpointer) fob_json_look_up (service, "groupId", (GHashTable *) groups));
  fields.tags = tags;
  fob_import_fields_take (&fields, import);
}

/* Three parts in base64: what is encrypted with its tag, salt, nonce. */
typedef struct
{
  guint8 *parts[3];
  gsize sizes[3];
} Sealed;

static void
sealed_clear (Sealed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->parts); i++)
    g_clear_pointer (&self->parts[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sealed, sealed_clear)

static gboolean
sealed_read (Sealed *self, json_t *root, const char *key)
{
  g_auto (GStrv) texts = g_strsplit (fob_json_get_text (root, key), ":", 4);

  if (g_strv_length (texts) != G_N_ELEMENTS (self->parts))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (self->parts); i++)
    {
      self->parts[i] = fob_base64_decode (texts[i], strlen (texts[i]), &self->sizes[i]);
      if (self->parts[i] == NULL)
        return FALSE;
    }

  return self->sizes[2] == FOB_DECRYPT_GCM_NONCE_SIZE;
}

static GBytes *
sealed_open (Sealed *self, FobSecret *key)
{
  return fob_decrypt_gcm (key, self->parts[2], NULL, 0, self->parts[0], self->sizes[0]);
}

/* The reference is a text that is encrypted with the same key, to tell a wrong passphrase from a
 * damaged file. Returns: (transfer full) (nullable): the services, as a document. */
static FobDocument *
decrypt (json_t *root, FobSecret *passphrase, GError **error)
{
  g_auto (Sealed) services = { 0 };
  g_auto (Sealed) reference = { 0 };
  g_autoptr (FobSecret) key = NULL;
  g_autoptr (GBytes) known = NULL;
  g_autoptr (GBytes) content = NULL;

  if (!sealed_read (&services, root, "servicesEncrypted"))
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }
  key = fob_kdf_pbkdf2 (passphrase, FOB_OTP_ALGORITHM_SHA256, services.parts[1], services.sizes[1],
                        ROUNDS, FOB_DECRYPT_KEY_SIZE, error);
  if (key == NULL)
    return NULL;
  content = sealed_open (&services, key);
  if (content != NULL)
    return fob_document_new (content, error);

  if (sealed_read (&reference, root, "reference"))
    known = sealed_open (&reference, key);
  fob_interchange_fail (
    known != NULL ? FOB_INTERCHANGE_ERROR_DAMAGED : FOB_INTERCHANGE_ERROR_PASSPHRASE, error);

  return NULL;
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  json_t *root = fob_document_get_json (document);
  json_t *services = json_object_get (root, "services");
  g_autoptr (FobDocument) decrypted = NULL;
  g_autoptr (GHashTable) groups = NULL;

  if (json_integer_value (json_object_get (root, "schemaVersion")) > SCHEMA_VERSION)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_VERSION, error);

  if (is_encrypted (document))
    {
      decrypted = decrypt (root, passphrase, error);
      if (decrypted == NULL)
        return FALSE;
      services = fob_document_get_json (decrypted);
    }
  groups = fob_json_index_texts (json_object_get (root, "groups"), "id", "name");

  return fob_import_read_entries (services, read_service, groups, import, cancellable, error);
}

static gboolean
lost (FobAccount *account, GPtrArray *reasons)
{
  const guint kinds = FOB_EXPORT_KIND (FOB_OTP_KIND_TOTP) | FOB_EXPORT_KIND (FOB_OTP_KIND_HOTP) |
                      FOB_EXPORT_KIND (FOB_OTP_KIND_STEAM);
  const guint64 period = fob_otp_get_period (fob_account_get_otp (account));

  if (!fob_export_has_kind (account, kinds, reasons) ||
      !fob_export_has_digits (account, 5, 8, reasons))
    return FALSE;
  if (period != 0 && period != 10 && period != 30 && period != 60 && period != 90)
    {
      fob_export_add_reason (reasons, _ ("2FAS only has time steps of 10, 30, 60 and 90 seconds."));
      return FALSE;
    }
  fob_export_lost_parts (account, FOB_EXPORT_ONE_TAG, reasons);

  return TRUE;
}

static json_t *
write_otp (FobAccount *account)
{
  FobOtp *otp = fob_account_get_otp (account);
  const FobOtpKind kind = fob_otp_get_kind (otp);
  g_autofree char *type = g_ascii_strup (fob_otp_kind_to_string (kind), -1);
  const char *name = fob_account_get_name (account);
  json_t *object =
    json_pack ("{s:s, s:s, s:s, s:i, s:s, s:s, s:s}", "label", name, "account", name, "issuer",
               fob_account_get_issuer (account), "digits", (int) fob_otp_get_digits (otp),
               "algorithm", fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp)), "tokenType",
               type, "source", "manual");

  if (kind == FOB_OTP_KIND_HOTP)
    json_object_set_new (object, "counter", json_integer ((json_int_t) fob_otp_get_counter (otp)));
  else
    json_object_set_new (object, "period", json_integer ((json_int_t) fob_otp_get_period (otp)));

  return object;
}

/* Returns: (transfer none): the id of the group of @tag; a new one goes to @groups. */
static const char *
write_group (json_t *groups, GHashTable *ids, const char *tag, json_int_t now)
{
  const char *known = g_hash_table_lookup (ids, tag);
  char *id;

  if (known != NULL)
    return known;
  id = g_uuid_string_random ();
  g_hash_table_insert (ids, g_strdup (tag), id);
  json_array_append_new (groups, json_pack ("{s:s, s:s, s:b, s:I}", "id", id, "name", tag,
                                            "isExpanded", 1, "updatedAt", now));

  return id;
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  const json_int_t now = g_get_real_time () / 1000;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_t *services;
  json_t *groups;
  json_t *root;
  GBytes *file;

  fob_json_init ();
  services = json_array ();
  groups = json_array ();
  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *account = accounts->pdata[i];
      const char *const *tags = fob_account_get_tags (account);
      g_auto (FobWipedString) secret =
        fob_secret_dup_base32 (fob_otp_get_secret (fob_account_get_otp (account)));
      json_t *service = json_pack ("{s:s, s:s, s:I, s:o, s:{s:i}}", "name",
                                   fob_export_get_issuer (account), "secret", secret, "updatedAt",
                                   now, "otp", write_otp (account), "order", "position", (int) i);

      if (tags[0] != NULL)
        json_object_set_new (service, "groupId",
                             json_string (write_group (groups, ids, tags[0], now)));
      json_array_append_new (services, service);
    }
  root = json_pack ("{s:o, s:o, s:I, s:i, s:i, s:s, s:s}", "services", services, "groups", groups,
                    "updatedAt", now, "schemaVersion", SCHEMA_VERSION, "appVersionCode",
                    APP_VERSION_CODE, "appVersionName", APP_VERSION_NAME, "appOrigin", "android");
  file = fob_json_dump (root);
  json_decref (root);

  return file;
}

const FobFormat fob_format_2fas = {
  .id = "2fas",
  .label = N_ ("2FAS"),
  .suffix = ".2fas",
  .text = TRUE,
  .probe = probe,
  .needs_passphrase = is_encrypted,
  .parse = parse,
  .lost = lost,
  .serialise = serialise,
};
