/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-freeotp-token.h"
#include "fob-import-fields.h"

/* JSON backups of FreeOTP+. */

static gboolean
probe (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return json_is_array (json_object_get (root, "tokens")) &&
         json_is_array (json_object_get (root, "tokenOrder"));
}

static void
read_token (json_t *token, gconstpointer context, FobImport *import)
{
  fob_freeotp_token_read (token, NULL, FOB_FREEOTP_1, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  json_t *root = fob_document_get_json (document);

  return fob_import_read_entries (json_object_get (root, "tokens"), read_token, NULL, import,
                                  cancellable, error);
}

const FobFormat fob_format_freeotp_plus = {
  .id = "freeotp-plus",
  .label = N_ ("FreeOTP+"),
  .probe = probe,
  .parse = parse,
};
