/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"

/* Backups of andOTP, and of the first GNOME Authenticator, which had nearly the same. */

static gboolean
probe (FobDocument *document)
{
  json_t *first = json_array_get (fob_document_get_json (document), 0);

  return json_is_string (json_object_get (first, "secret")) &&
         json_is_string (json_object_get (first, "type"));
}

/* Returns: (transfer full): the key behind base32 of its hexadecimal digits. */
static FobSecret *
read_motp_key (json_t *entry)
{
  g_autoptr (FobSecret) text =
    fob_secret_new_from_base32 (fob_json_get_text (entry, "secret"), -1, NULL);
  gsize size = 0;
  const char *digits = text != NULL ? fob_secret_get_data (text, &size) : NULL;

  return digits != NULL ? fob_secret_new_from_hex (digits, (gssize) size, NULL) : NULL;
}

/* Old versions had the issuer in the label alone: `Issuer - label`. */
static char *
cut_issuer (FobImportFields *fields)
{
  const char *dash = strstr (fields->name, " - ");
  char *issuer;

  if (dash == NULL)
    return NULL;
  issuer = g_strndup (fields->name, (gsize) (dash - fields->name));
  fields->issuer = issuer;
  fields->name = dash + strlen (" - ");

  return issuer;
}

static void
read_tags (json_t *entry, GPtrArray *tags)
{
  gsize i;
  json_t *tag;

  json_array_foreach (json_object_get (entry, "tags"), i, tag)
    g_ptr_array_add (tags, (gpointer) json_string_value (tag));
}

static void
read_entry (json_t *entry, gconstpointer context, FobImport *import)
{
  const char *type = fob_json_get_text (entry, "type");
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (FobSecret) secret = NULL;
  g_autofree char *issuer = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  read_tags (entry, tags);
  fields.tags = tags;
  fields.issuer = fob_json_get_text (entry, "issuer");
  fields.name = fob_json_get_text (entry, "label");
  if (json_object_get (entry, "issuer") == NULL && g_ascii_strcasecmp (type, "otp") == 0)
    {
      fields.issuer = tags->len > 0 ? tags->pdata[0] : NULL;
      fields.tags = NULL;
    }
  else if (json_object_get (entry, "issuer") == NULL)
    issuer = cut_issuer (&fields);
  fob_import_fields_set_kind (&fields, type);
  fields.secret_text = fob_json_get_text (entry, "secret");
  if (fields.kind == FOB_OTP_KIND_MOTP)
    fields.secret = secret = read_motp_key (entry);
  fields.algorithm = fob_json_get_text (entry, "algorithm");
  fob_import_fields_read_numbers (&fields, entry, "digits", "period", "counter");
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

const FobFormat fob_format_andotp = {
  .id = "andotp",
  .label = N_ ("andOTP"),
  .probe = probe,
  .parse = parse,
};
