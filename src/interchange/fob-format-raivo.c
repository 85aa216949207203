/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-zip.h"

/* Exports of Raivo OTP: JSON in which every value is a text, in an encrypted ZIP archive or taken
 * out of it. */

#define MEMBER "raivo-otp-export.json"

static gboolean
is_zip (FobDocument *document)
{
  return fob_zip_find (fob_document_get_bytes (document), MEMBER, NULL);
}

static gboolean
probe (FobDocument *document)
{
  json_t *first = json_array_get (fob_document_get_json (document), 0);

  return (json_is_string (json_object_get (first, "kind")) &&
          json_object_get (first, "timer") != NULL) ||
         is_zip (document);
}

static gboolean
needs_passphrase (FobDocument *document)
{
  gboolean encrypted = FALSE;

  return fob_zip_find (fob_document_get_bytes (document), MEMBER, &encrypted) && encrypted;
}

static void
read_entry (json_t *entry, gconstpointer context, FobImport *import)
{
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = fob_json_get_text (entry, "issuer");
  fields.name = fob_json_get_text (entry, "account");
  fob_import_fields_set_kind (&fields, fob_json_get_text (entry, "kind"));
  fields.secret_text = fob_json_get_text (entry, "secret");
  fields.algorithm = fob_json_get_text (entry, "algorithm");
  fob_import_fields_read_numbers (&fields, entry, "digits", "timer", "counter");
  fields.pinned = fob_json_get_flag (entry, "pinned");
  fob_import_fields_take (&fields, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (FobDocument) member = NULL;

  if (is_zip (document))
    {
      content = fob_zip_extract (fob_document_get_bytes (document), MEMBER, passphrase, error);
      if (content == NULL)
        return FALSE;
      member = fob_document_new (content, error);
      if (member == NULL)
        return FALSE;
      document = member;
    }

  return fob_import_read_entries (fob_document_get_json (document), read_entry, NULL, import,
                                  cancellable, error);
}

const FobFormat fob_format_raivo = {
  .id = "raivo",
  .label = N_ ("Raivo OTP"),
  .probe = probe,
  .needs_passphrase = needs_passphrase,
  .parse = parse,
};
