/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobCsv:
 *
 * A table of texts with a header (RFC 4180), separated by commas, or by semicolons as some
 * spreadsheets have it. Wiped when freed: such tables are full of passwords.
 */
typedef struct _FobCsv FobCsv;

/* Returns: (transfer full) (nullable): NULL when there is no row after the header. */
FobCsv *fob_csv_parse (const char *text);
void fob_csv_free (FobCsv *self);

/* Without the header. */
guint fob_csv_get_n_rows (FobCsv *self);

/* Returns: how many cells there are in the header. */
guint fob_csv_get_n_columns (FobCsv *self);
guint fob_csv_get_n_cells (FobCsv *self, guint row);

/* Returns: (transfer none): "" for a cell that is not there; @column may be -1. */
const char *fob_csv_get (FobCsv *self, guint row, int column);

/* Returns: the column that has one of the NULL-terminated @names, in any case; the first of the
 * names counts most; -1 for none. */
int fob_csv_find (FobCsv *self, const char *const *names);

/**
 * fob_csv_format_row:
 * @cells: NULL-terminated
 *
 * Returns: (transfer full): the cells in quotes, without a line end; free it with
 * fob_wipe_free_string (), since no copy of it stays behind.
 */
char *fob_csv_format_row (const char *const *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobCsv, fob_csv_free)

G_END_DECLS
