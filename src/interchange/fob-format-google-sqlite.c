/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-sqlite.h"

/* The database of Google Authenticator for Android, from a phone that gives it away. */

#define TABLE "accounts"

enum
{
  TYPE_TOTP,
  TYPE_HOTP,
};

static gboolean
probe (FobDocument *document)
{
  g_autoptr (FobSqlite) database = fob_sqlite_open (fob_document_get_bytes (document));

  return database != NULL && fob_sqlite_has_column (database, TABLE, "email") &&
         fob_sqlite_has_column (database, TABLE, "secret") &&
         (fob_sqlite_has_column (database, TABLE, "provider") ||
          fob_sqlite_has_column (database, TABLE, "isencrypted"));
}

static void
read_row (FobSqliteRow *row, gconstpointer context, FobImport *import)
{
  const char *email = fob_sqlite_get_text (row, "email");
  const char *colon = strchr (email, ':');
  const gint64 type = fob_sqlite_get_number (row, "type");
  g_autofree char *issuer = g_strdup (fob_sqlite_get_text (row, "issuer"));
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  if (*issuer == '\0' && colon != NULL)
    {
      g_free (issuer);
      issuer = g_strndup (email, (gsize) (colon - email));
    }
  fields.issuer = issuer;
  fields.name = email;
  fields.secret_text = fob_sqlite_get_text (row, "secret");
  fields.counter = (guint64) MAX (fob_sqlite_get_number (row, "counter"), 0);
  if (type == TYPE_HOTP)
    fields.kind = FOB_OTP_KIND_HOTP;
  else if (type != TYPE_TOTP)
    fob_import_fields_set_kind (&fields, "?");
  if (fob_sqlite_get_number (row, "isencrypted") > 0)
    fob_import_fields_set_problem (
      &fields, _ ("Only the phone itself can read this account. Export it there, in QR codes."));
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

const FobFormat fob_format_google_sqlite = {
  .id = "google-sqlite",
  .label = N_ ("Google Authenticator (database)"),
  .probe = probe,
  .parse = parse,
};
