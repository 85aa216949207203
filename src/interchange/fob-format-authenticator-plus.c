/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-sqlcipher.h"
#include "fob-sqlite.h"
#include "fob-uri-lines.h"
#include "fob-zip.h"

/* Authenticator Plus: its database, encrypted by SQLCipher or not, and its export, a list of URIs
 * in an encrypted ZIP archive. */

#define MEMBER          "Accounts.txt"
#define TABLE           "accounts"
#define NO_CATEGORY     "All Accounts"
#define BLIZZARD_DIGITS 8

enum
{
  TYPE_TOTP,
  TYPE_HOTP,
  TYPE_BLIZZARD,
};

static gboolean
is_zip (FobDocument *document)
{
  return fob_zip_find (fob_document_get_bytes (document), MEMBER, NULL);
}

static gboolean
is_sqlite (FobDocument *document)
{
  g_autoptr (FobSqlite) database = fob_sqlite_open (fob_document_get_bytes (document));

  return database != NULL && fob_sqlite_has_column (database, TABLE, "category") &&
         fob_sqlite_has_column (database, TABLE, "secret");
}

static gboolean
probe (FobDocument *document)
{
  return is_zip (document) || is_sqlite (document);
}

/* An encrypted database has no mark. */
static gboolean
guess (FobDocument *document)
{
  return fob_document_get_text (document, NULL) == NULL &&
         fob_sqlcipher_probe (fob_document_get_bytes (document));
}

static gboolean
needs_passphrase (FobDocument *document)
{
  gboolean encrypted = FALSE;

  if (fob_zip_find (fob_document_get_bytes (document), MEMBER, &encrypted))
    return encrypted;

  return !fob_sqlite_probe (fob_document_get_bytes (document));
}

static void
read_row (FobSqliteRow *row, gconstpointer context, FobImport *import)
{
  const char *category = fob_sqlite_get_text (row, "category");
  const gint64 type = fob_sqlite_get_number (row, "type");
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = fob_sqlite_get_text (row, "issuer");
  fields.name = fob_sqlite_get_text (row, "email");
  fields.secret_text = fob_sqlite_get_text (row, "secret");
  fields.counter = (guint64) MAX (fob_sqlite_get_number (row, "counter"), 0);
  if (type == TYPE_HOTP)
    fields.kind = FOB_OTP_KIND_HOTP;
  else if (type == TYPE_BLIZZARD)
    {
      fields.secret = secret = fob_secret_new_from_hex (fields.secret_text, -1, NULL);
      fields.secret_text = NULL;
      fields.digits = BLIZZARD_DIGITS;
    }
  else if (type != TYPE_TOTP)
    fob_import_fields_set_kind (&fields, "?");
  if (!g_str_equal (category, NO_CATEGORY))
    g_ptr_array_add (tags, (gpointer) category);
  fields.tags = tags;
  fob_import_fields_take (&fields, import);
}

static gboolean
read_database (GBytes *bytes, FobImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (FobSqlite) database = fob_sqlite_open (bytes);

  if (database == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);

  return fob_sqlite_read_table (database, TABLE, read_row, NULL, import, cancellable, error);
}

static gboolean
read_zip (GBytes *zip,
          FobSecret *passphrase,
          FobImport *import,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GBytes) content = fob_zip_extract (zip, MEMBER, passphrase, error);
  g_autoptr (FobDocument) list = NULL;

  if (content == NULL)
    return FALSE;
  list = fob_document_new (content, error);
  if (list == NULL)
    return FALSE;

  return fob_format_uri_list.parse (list, NULL, import, cancellable, error);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  GBytes *bytes = fob_document_get_bytes (document);
  g_autoptr (GBytes) database = NULL;

  if (is_zip (document))
    return read_zip (bytes, passphrase, import, cancellable, error);
  if (fob_sqlite_probe (bytes))
    return read_database (bytes, import, cancellable, error);
  if (!fob_sqlcipher_probe (bytes))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  database = fob_sqlcipher_decrypt (bytes, passphrase, error);

  return database != NULL && read_database (database, import, cancellable, error);
}

const FobFormat fob_format_authenticator_plus = {
  .id = "authenticator-plus",
  .label = N_ ("Authenticator Plus"),
  .probe = probe,
  .guess = guess,
  .needs_passphrase = needs_passphrase,
  .parse = parse,
};
