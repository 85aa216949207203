/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-wipe.h"
#include "fob-zip.h"

/* Exports of 1Password (1PUX): a ZIP archive with everything in one JSON file, of which only fields
 * with one-time codes are looked at. */

#define MEMBER "export.data"

static gboolean
probe (FobDocument *document)
{
  return fob_zip_find (fob_document_get_bytes (document), MEMBER, NULL);
}

static const char *
find_username (json_t *details)
{
  gsize i;
  json_t *field;

  json_array_foreach (json_object_get (details, "loginFields"), i, field)
  {
    if (g_str_equal (fob_json_get_text (field, "designation"), "username"))
      return fob_json_get_text (field, "value");
  }

  return "";
}

static void
read_token (json_t *item, const char *vault, const char *token, FobImport *import)
{
  json_t *overview = json_object_get (item, "overview");
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;
  guint64 favourite = 0;
  gsize i;
  json_t *tag;

  fob_import_fields_set_token (&fields, token);
  fields.issuer = fob_json_get_text (overview, "title");
  fields.name = find_username (json_object_get (item, "details"));
  if (g_str_equal (fob_json_get_text (item, "state"), "archived"))
    fob_import_fields_set_problem (&fields,
                                   _ ("This account was deleted or archived where it comes from."));
  g_ptr_array_add (tags, (char *) vault);
  json_array_foreach (json_object_get (overview, "tags"), i, tag)
    g_ptr_array_add (tags, (char *) json_string_value (tag));
  fields.tags = tags;
  if (fob_json_read_number (item, "favIndex", &favourite))
    fields.pinned = favourite > 0;
  fob_import_fields_take (&fields, import);
}

static void
read_item (json_t *item, const char *vault, FobImport *import)
{
  json_t *details = json_object_get (item, "details");
  gsize i;
  gsize j;
  json_t *section;
  json_t *field;

  json_array_foreach (json_object_get (details, "sections"), i, section)
  {
    json_array_foreach (json_object_get (section, "fields"), j, field)
    {
      const char *token = fob_json_get_text (json_object_get (field, "value"), "totp");

      if (*token != '\0')
        read_token (item, vault, token, import);
    }
  }
}

/* The name of a vault that everybody has says nothing. */
static const char *
get_vault_name (json_t *vault)
{
  json_t *attributes = json_object_get (vault, "attrs");

  return g_str_equal (fob_json_get_text (attributes, "type"), "P")
           ? ""
           : fob_json_get_text (attributes, "name");
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GBytes) bytes =
    fob_zip_extract (fob_document_get_bytes (document), MEMBER, NULL, error);
  g_autoptr (FobDocument) data = bytes != NULL ? fob_document_new (bytes, error) : NULL;
  json_t *accounts;
  json_t *account;
  json_t *vault;
  json_t *item;
  gsize i;
  gsize j;
  gsize k;

  if (data == NULL)
    return FALSE;
  accounts = json_object_get (fob_document_get_json (data), "accounts");
  if (!json_is_array (accounts))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  json_array_foreach (accounts, i, account)
    json_array_foreach (json_object_get (account, "vaults"), j, vault)
      json_array_foreach (json_object_get (vault, "items"), k, item)
  {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    read_item (item, get_vault_name (vault), import);
  }

  return TRUE;
}

const FobFormat fob_format_1password = {
  .id = "1password",
  .label = N_ ("1Password"),
  .probe = probe,
  .parse = parse,
};
