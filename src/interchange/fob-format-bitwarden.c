/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-bitwarden-decrypt.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"

/* JSON exports of Bitwarden, of which only logins with a token are looked at, and of Bitwarden
 * Authenticator, which has nothing else. */

#define ANDROID_NO_NAME ":null"

static gboolean
has_folders (json_t *root)
{
  return json_object_get (root, "folders") != NULL || json_object_get (root, "collections") != NULL;
}

static gboolean
is_export (json_t *root)
{
  return json_is_array (json_object_get (root, "items")) &&
         json_is_false (json_object_get (root, "encrypted"));
}

static gboolean
is_encrypted (FobDocument *document)
{
  return json_is_true (json_object_get (fob_document_get_json (document), "encrypted"));
}

/* Otherwise the key of the account would be needed. */
static gboolean
is_protected (FobDocument *document)
{
  return is_encrypted (document) &&
         json_is_true (json_object_get (fob_document_get_json (document), "passwordProtected"));
}

static gboolean
probe (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return is_encrypted (document) || (is_export (root) && has_folders (root));
}

static gboolean
probe_authenticator (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return is_export (root) && !has_folders (root);
}

static void
read_item (json_t *item, gconstpointer folders, FobImport *import)
{
  json_t *login = json_object_get (item, "login");
  const char *token = fob_json_get_text (login, "totp");
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autofree char *issuer = g_strdup (fob_json_get_text (item, "name"));
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  if (*token == '\0')
    return;
  if (g_str_has_suffix (issuer, ANDROID_NO_NAME))
    issuer[strlen (issuer) - strlen (ANDROID_NO_NAME)] = '\0';
  fob_import_fields_set_token (&fields, token);
  fields.issuer = issuer;
  fields.name = fob_json_get_text (login, "username");
  fields.pinned = fob_json_get_flag (item, "favorite");
  g_ptr_array_add (tags, (gpointer) fob_json_look_up (item, "folderId", (GHashTable *) folders));
  fields.tags = tags;
  fob_import_fields_take (&fields, import);
}

static gboolean
read_export (json_t *root, FobImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) folders =
    fob_json_index_texts (json_object_get (root, "folders"), "id", "name");

  return fob_import_read_entries (json_object_get (root, "items"), read_item, folders, import,
                                  cancellable, error);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  json_t *root = fob_document_get_json (document);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (FobDocument) decrypted = NULL;

  if (!is_encrypted (document))
    return read_export (root, import, cancellable, error);

  if (!is_protected (document))
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_UNSUPPORTED,
                           _ ("Only Bitwarden itself can read this export, with the account it was "
                              "made in. Export once more, as “password protected”."));
      return FALSE;
    }
  plain = fob_bitwarden_decrypt (root, passphrase, error);
  if (plain == NULL)
    return FALSE;
  decrypted = fob_document_new (plain, error);

  return decrypted != NULL &&
         read_export (fob_document_get_json (decrypted), import, cancellable, error);
}

const FobFormat fob_format_bitwarden = {
  .id = "bitwarden",
  .label = N_ ("Bitwarden"),
  .probe = probe,
  .needs_passphrase = is_protected,
  .parse = parse,
};

const FobFormat fob_format_bitwarden_authenticator = {
  .id = "bitwarden-authenticator",
  .label = N_ ("Bitwarden Authenticator"),
  .probe = probe_authenticator,
  .parse = parse,
};
