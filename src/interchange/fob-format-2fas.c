/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"

/* Backups of 2FAS, schemas 1 to 4. Members that say nothing may be absent or null. */

#define SCHEMA_VERSION 4

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

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  json_t *root = fob_document_get_json (document);
  g_autoptr (GHashTable) groups = NULL;

  if (json_integer_value (json_object_get (root, "schemaVersion")) > SCHEMA_VERSION)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_VERSION, error);
  if (is_encrypted (document))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_CRYPTO, error);

  groups = fob_json_index_texts (json_object_get (root, "groups"), "id", "name");

  return fob_import_read_entries (json_object_get (root, "services"), read_service, groups, import,
                                  cancellable, error);
}

const FobFormat fob_format_2fas = {
  .id = "2fas",
  .label = N_ ("2FAS"),
  .probe = probe,
  .needs_passphrase = is_encrypted,
  .parse = parse,
};
