/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-sqlite.h"

#include <string.h>

#include "fob-interchange-error.h"
#include "fob-wipe.h"

static const char magic[16] = "SQLite format 3";

/* In the header: how the file is written and read; 2 for a write-ahead log, which is not here. */
#define WRITE_VERSION_OFFSET 18
#define READ_VERSION_OFFSET  19
#define ROLLBACK_JOURNAL     1
#define HEADER_SIZE          100

#define FIELD_SIZE_MAX (1024 * 1024)

struct _FobSqlite
{
  sqlite3 *db;
  GBytes *bytes;
};

gboolean
fob_sqlite_probe (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= HEADER_SIZE && memcmp (data, magic, sizeof magic) == 0;
}

FobSqlite *
fob_sqlite_open (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (FobSqlite) self = NULL;
  guint8 *copy;

  if (!fob_sqlite_probe (bytes))
    return NULL;

  copy = g_memdup2 (data, size);
  copy[WRITE_VERSION_OFFSET] = ROLLBACK_JOURNAL;
  copy[READ_VERSION_OFFSET] = ROLLBACK_JOURNAL;
  self = g_new0 (FobSqlite, 1);
  self->bytes = fob_wipe_bytes_new_take (copy, size);
  if (sqlite3_open_v2 (":memory:", &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) !=
        SQLITE_OK ||
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK ||
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK ||
      sqlite3_deserialize (self->db, "main", copy, (sqlite3_int64) size, (sqlite3_int64) size,
                           SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    return NULL;
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, FIELD_SIZE_MAX);

  return g_steal_pointer (&self);
}

void
fob_sqlite_free (FobSqlite *self)
{
  g_clear_pointer (&self->db, sqlite3_close);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

gboolean
fob_sqlite_has_column (FobSqlite *self, const char *table, const char *column)
{
  return sqlite3_table_column_metadata (self->db, "main", table, column, NULL, NULL, NULL, NULL,
                                        NULL) == SQLITE_OK;
}

static gboolean
read_rows (FobSqliteRow *row,
           FobSqliteRowFunc read,
           gconstpointer context,
           FobImport *import,
           GCancellable *cancellable,
           GError **error)
{
  int result;

  while ((result = sqlite3_step (row)) == SQLITE_ROW)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read (row, context, import);
    }

  return result == SQLITE_DONE || fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
}

gboolean
fob_sqlite_read_table (FobSqlite *self,
                       const char *table,
                       FobSqliteRowFunc read,
                       gconstpointer context,
                       FobImport *import,
                       GCancellable *cancellable,
                       GError **error)
{
  char *query = sqlite3_mprintf ("SELECT * FROM main.\"%w\"", table);
  FobSqliteRow *row = NULL;
  gboolean done;

  /* No view, which could compute without end. */
  if (query != NULL && fob_sqlite_has_column (self, table, NULL) &&
      sqlite3_prepare_v2 (self->db, query, -1, &row, NULL) == SQLITE_OK)
    done = read_rows (row, read, context, import, cancellable, error);
  else
    done = fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  sqlite3_finalize (row);
  sqlite3_free (query);

  return done;
}

static int
find_column (FobSqliteRow *row, const char *column)
{
  for (int i = 0; i < sqlite3_column_count (row); i++)
    {
      if (g_ascii_strcasecmp (sqlite3_column_name (row, i), column) == 0)
        return i;
    }

  return -1;
}

const char *
fob_sqlite_get_text (FobSqliteRow *row, const char *column)
{
  const int i = find_column (row, column);
  const char *text = i >= 0 ? (const char *) sqlite3_column_text (row, i) : NULL;

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : "";
}

gint64
fob_sqlite_get_number (FobSqliteRow *row, const char *column)
{
  const int i = find_column (row, column);

  return i >= 0 ? sqlite3_column_int64 (row, i) : 0;
}
