/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-wipe.h"

/* Exports of Proton Authenticator: a URI per entry. */

#define STEAM_SCHEME "steam://"

static gboolean
probe (FobDocument *document)
{
  json_t *entries = json_object_get (fob_document_get_json (document), "entries");
  json_t *content = json_object_get (json_array_get (entries, 0), "content");

  return json_is_string (json_object_get (content, "uri"));
}

/* Returns: (nullable): the key of a Steam URI that has it in base64, without padding. */
static FobSecret *
read_base64_key (const char *uri)
{
  const char *text = uri + strlen (STEAM_SCHEME);
  g_autoptr (FobSecret) base32 = fob_secret_new_from_base32 (text, -1, NULL);
  g_auto (FobWipedString) padded = NULL;
  guint8 *data;
  FobSecret *secret;
  gsize size;

  if (base32 != NULL)
    return NULL;
  padded = g_strconcat (text, "===", NULL);
  data = fob_base64_decode (padded, strlen (text) + (4 - strlen (text) % 4) % 4, &size);
  if (data == NULL)
    return NULL;
  secret = fob_secret_new (data, size);
  fob_wipe (data, size);
  g_free (data);

  return secret;
}

static void
read_entry (json_t *entry, gconstpointer context, FobImport *import)
{
  json_t *content = json_object_get (entry, "content");
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.uri = fob_json_get_text (content, "uri");
  fields.name = fob_json_get_text (content, "name");
  fields.note = fob_json_get_text (entry, "note");
  if (g_str_has_prefix (fields.uri, STEAM_SCHEME))
    secret = read_base64_key (fields.uri);
  if (secret != NULL)
    {
      fields.uri = NULL;
      fields.kind = FOB_OTP_KIND_STEAM;
      fields.issuer = "Steam";
      fields.secret = secret;
    }
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

  return fob_import_read_entries (json_object_get (root, "entries"), read_entry, NULL, import,
                                  cancellable, error);
}

const FobFormat fob_format_proton = {
  .id = "proton",
  .label = N_ ("Proton Authenticator"),
  .probe = probe,
  .parse = parse,
};
