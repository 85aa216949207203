/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-sqlite.h"
#include "fob-wipe.h"

/* The database of Microsoft Authenticator for Android, from a phone that gives it away. */

#define TABLE            "accounts"
#define MICROSOFT_DIGITS 8

enum
{
  TYPE_TOTP,
  TYPE_MICROSOFT,
  TYPE_WORK_OR_SCHOOL,
};

static gboolean
probe (FobDocument *document)
{
  g_autoptr (FobSqlite) database = fob_sqlite_open (fob_document_get_bytes (document));

  return database != NULL && fob_sqlite_has_column (database, TABLE, "oath_secret_key");
}

static FobSecret *
read_base64 (const char *text)
{
  gsize size;
  guint8 *data = fob_base64_decode (text, strlen (text), &size);
  FobSecret *secret;

  if (data == NULL)
    return NULL;
  secret = fob_secret_new (data, size);
  fob_wipe (data, size);
  g_free (data);

  return secret;
}

static void
read_row (FobSqliteRow *row, gconstpointer context, FobImport *import)
{
  const gint64 type = fob_sqlite_get_number (row, "account_type");
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = fob_sqlite_get_text (row, "name");
  fields.name = fob_sqlite_get_text (row, "username");
  fields.secret_text = fob_sqlite_get_text (row, "oath_secret_key");
  if (*fields.secret_text == '\0' &&
      *fob_sqlite_get_text (row, "encrypted_oath_secret_key") != '\0')
    fob_import_fields_set_problem (
      &fields, _ ("Only the phone itself can read this account. Set it up anew for Keyfob."));
  if (type == TYPE_MICROSOFT)
    {
      fields.digits = MICROSOFT_DIGITS;
      fields.secret = secret = read_base64 (fields.secret_text);
      fields.secret_text = NULL;
    }
  else if (type == TYPE_WORK_OR_SCHOOL)
    fob_import_fields_set_problem (
      &fields, _ ("Work and school accounts cannot be moved. Set it up anew for Keyfob."));
  else if (type != TYPE_TOTP)
    fob_import_fields_set_kind (&fields, "?");
  fob_import_fields_take (&fields, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (FobSqlite) database = fob_sqlite_open (fob_document_get_bytes (document));

  if (database == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);

  return fob_sqlite_read_table (database, TABLE, read_row, NULL, import, cancellable, error);
}

const FobFormat fob_format_microsoft = {
  .id = "microsoft",
  .label = N_ ("Microsoft Authenticator"),
  .probe = probe,
  .parse = parse,
};
