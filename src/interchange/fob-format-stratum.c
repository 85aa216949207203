/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"

/* Backups of Stratum, once Authenticator Pro. */

#define CUSTOM_ICON_MARK '@'

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
probe (FobDocument *document)
{
  return json_is_array (json_object_get (fob_document_get_json (document), "Authenticators"));
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

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  return read_content (fob_document_get_json (document), import, cancellable, error);
}

const FobFormat fob_format_stratum = {
  .id = "stratum",
  .label = N_ ("Stratum"),
  .probe = probe,
  .parse = parse,
};
