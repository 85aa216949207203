/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"

/* The accounts that Duo Mobile keeps on a phone. Its own, which answer push messages, have no token
 * to take along. */

static gboolean
probe (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);
  gsize i;
  json_t *entry;

  json_array_foreach (root, i, entry)
  {
    if (json_is_object (json_object_get (entry, "otpGenerator")))
      return TRUE;
  }

  return FALSE;
}

static void
read_entry (json_t *entry, gconstpointer context, FobImport *import)
{
  json_t *generator = json_object_get (entry, "otpGenerator");
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.name = fob_json_get_text (entry, "name");
  if (!json_is_object (generator))
    fob_import_fields_set_problem (
      &fields, _ ("This account answers push messages. It has no codes that could be moved."));
  if (json_is_integer (json_object_get (generator, "counter")))
    fields.kind = FOB_OTP_KIND_HOTP;
  fields.secret_text = fob_json_get_text (generator, "otpSecret");
  fob_import_fields_read_numbers (&fields, generator, NULL, NULL, "counter");
  fob_import_fields_take (&fields, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  return fob_import_read_entries (fob_document_get_json (document), read_entry, NULL, import,
                                  cancellable, error);
}

const FobFormat fob_format_duo = {
  .id = "duo",
  .label = N_ ("Duo Mobile"),
  .probe = probe,
  .parse = parse,
};
