/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "fob-import.h"

G_BEGIN_DECLS

/**
 * FobSqlite:
 *
 * The database of another program, read out of memory and never written to.
 */
typedef struct _FobSqlite FobSqlite;

/* A row that is being read. */
typedef sqlite3_stmt FobSqliteRow;

/* Reads one row, adding or skipping an account. */
typedef void (*FobSqliteRowFunc) (FobSqliteRow *row, gconstpointer context, FobImport *import);

/* Returns: whether @bytes start like a database. */
gboolean fob_sqlite_probe (GBytes *bytes);

/* Returns: (transfer full) (nullable): NULL when it is none. */
FobSqlite *fob_sqlite_open (GBytes *bytes);
void fob_sqlite_free (FobSqlite *self);

/* Returns: whether there is a table @table (no view) with a column @column. */
gboolean fob_sqlite_has_column (FobSqlite *self, const char *table, const char *column);

/**
 * fob_sqlite_read_table:
 *
 * Reads every row of a table by @read.
 *
 * Returns: FALSE when cancelled, or with FOB_INTERCHANGE_ERROR_FORMAT when the table is not there
 *   or broken.
 */
gboolean fob_sqlite_read_table (FobSqlite *self,
                                const char *table,
                                FobSqliteRowFunc read,
                                gconstpointer context,
                                FobImport *import,
                                GCancellable *cancellable,
                                GError **error);

/* Returns: (transfer none): valid UTF-8, "" for a column that is not there, NULL or no text. Until
 * the row is left. */
const char *fob_sqlite_get_text (FobSqliteRow *row, const char *column);

/* Returns: 0 for a column that is not there, NULL or no number. */
gint64 fob_sqlite_get_number (FobSqliteRow *row, const char *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobSqlite, fob_sqlite_free)

G_END_DECLS
