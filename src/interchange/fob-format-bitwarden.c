/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-bitwarden-decrypt.h"
#include "fob-export-lost.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-json.h"
#include "fob-otp-uri.h"
#include "fob-wipe.h"

/* JSON exports of Bitwarden, of which only logins with a token are looked at, and of Bitwarden
 * Authenticator, which has nothing else. */

#define ANDROID_NO_NAME ":null"

#define ITEM_TYPE_LOGIN 1

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
  fields.whole_name = TRUE;
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

static gboolean
lost_authenticator (FobAccount *account, GPtrArray *reasons)
{
  const guint kinds = FOB_EXPORT_KIND (FOB_OTP_KIND_TOTP) | FOB_EXPORT_KIND (FOB_OTP_KIND_STEAM);

  if (!fob_export_has_kind (account, kinds, reasons))
    return FALSE;
  fob_export_lost_parts (account, FOB_EXPORT_PINNED | FOB_EXPORT_NO_ISSUER, reasons);

  return TRUE;
}

/* Returns: (transfer full): free with fob_wipe_free_string () */
static char *
dup_token (FobAccount *account)
{
  FobOtp *otp = fob_account_get_otp (account);
  g_auto (FobWipedString) secret = NULL;

  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_TOTP)
    return fob_otp_uri_format (otp, fob_account_get_issuer (account),
                               fob_account_get_name (account));
  secret = fob_secret_dup_base32 (fob_otp_get_secret (otp));

  return g_strconcat ("steam://", secret, NULL);
}

static json_t *
write_item (FobAccount *account)
{
  g_auto (FobWipedString) token = dup_token (account);
  g_autofree char *id = g_uuid_string_random ();

  return json_pack ("{s:s, s:s, s:n, s:n, s:n, s:n, s:i, s:{s:s, s:s}, s:b}", "id", id, "name",
                    fob_account_get_issuer (account), "folderId", "organizationId", "collectionIds",
                    "notes", "type", ITEM_TYPE_LOGIN, "login", "totp", token, "username",
                    fob_account_get_name (account), "favorite",
                    (int) fob_account_get_pinned (account));
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  json_t *items;
  json_t *root;
  GBytes *file;

  fob_json_init ();
  items = json_array ();
  for (guint i = 0; i < accounts->len; i++)
    json_array_append_new (items, write_item (accounts->pdata[i]));
  root = json_pack ("{s:b, s:o}", "encrypted", 0, "items", items);
  file = fob_json_dump (root);
  json_decref (root);

  return file;
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
  .suffix = ".json",
  .text = TRUE,
  .probe = probe_authenticator,
  .parse = parse,
  .lost = lost_authenticator,
  .serialise = serialise,
};
