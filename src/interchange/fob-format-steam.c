/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-wipe.h"

/* Files of Steam: the `.maFile` of an account, or what the app keeps of several. */

static gboolean
is_account (json_t *object)
{
  return json_is_string (json_object_get (object, "shared_secret"));
}

static gboolean
probe (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);
  json_t *accounts = json_object_get (root, "accounts");
  void *first = json_object_iter (accounts);

  return is_account (root) || (first != NULL && is_account (json_object_iter_value (first)));
}

static void
read_account (json_t *account, const char *id, FobImport *import)
{
  const char *uri = fob_json_get_text (account, "uri");
  gsize size = 0;
  guint8 *data = fob_json_get_base64 (account, "shared_secret", &size);
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.kind = FOB_OTP_KIND_STEAM;
  fields.issuer = "Steam";
  fields.name = fob_json_get_text (account, "account_name");
  if (*fields.name == '\0')
    fields.name = id;
  if (data != NULL)
    {
      fields.secret = secret = fob_secret_new (data, size);
      fob_wipe (data, size);
      g_free (data);
    }
  else if (*uri != '\0')
    fields.uri = uri;
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
  const char *id;
  json_t *account;

  if (is_account (root))
    {
      read_account (root, NULL, import);
      return TRUE;
    }
  if (!json_is_object (json_object_get (root, "accounts")))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  json_object_foreach (json_object_get (root, "accounts"), id, account)
  {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    read_account (account, id, import);
  }

  return TRUE;
}

const FobFormat fob_format_steam = {
  .id = "steam",
  .label = N_ ("Steam"),
  .probe = probe,
  .parse = parse,
};
