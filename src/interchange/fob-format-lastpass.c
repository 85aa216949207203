/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"

/* Exports of LastPass Authenticator, with names as they were edited and as they came. */

static gboolean
probe (FobDocument *document)
{
  json_t *accounts = json_object_get (fob_document_get_json (document), "accounts");
  json_t *first = json_array_get (accounts, 0);

  return json_object_get (first, "issuerName") != NULL ||
         json_object_get (first, "originalIssuerName") != NULL ||
         json_object_get (first, "timeStep") != NULL;
}

static void
read_account (json_t *account, gconstpointer folders, FobImport *import)
{
  static const char *const issuer_keys[] = { "issuerName", "originalIssuerName", NULL };
  static const char *const name_keys[] = { "userName", "originalUserName", NULL };
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = fob_json_get_first_text (account, issuer_keys);
  fields.name = fob_json_get_first_text (account, name_keys);
  fields.secret_text = fob_json_get_text (account, "secret");
  fields.algorithm = fob_json_get_text (account, "algorithm");
  fob_import_fields_read_numbers (&fields, account, "digits", "timeStep", NULL);
  fields.pinned = fob_json_get_flag (account, "isFavorite");
  g_ptr_array_add (tags, (gpointer) fob_json_look_up (json_object_get (account, "folderData"),
                                                      "folderId", (GHashTable *) folders));
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
  g_autoptr (GHashTable) folders =
    fob_json_index_texts (json_object_get (root, "folders"), "id", "name");

  /* Folder 0 is no folder, although one with that number may be listed. */
  g_hash_table_remove (folders, "0");

  return fob_import_read_entries (json_object_get (root, "accounts"), read_account, folders, import,
                                  cancellable, error);
}

const FobFormat fob_format_lastpass = {
  .id = "lastpass",
  .label = N_ ("LastPass Authenticator"),
  .probe = probe,
  .parse = parse,
};
