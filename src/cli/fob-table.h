/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobTable:
 *
 * Rows of text for the standard output: columns that line up and a heading on a terminal, plain
 * fields with tabs between them for other programs. Cells are wiped.
 */
typedef struct _FobTable FobTable;

/* @headings: translated; NULL-terminated */
FobTable *fob_table_new (const char *const *headings);
void fob_table_free (FobTable *self);

/* @cell: of the row that is being filled; copied, and made safe to show. After the last one another
 * row begins. */
void fob_table_add (FobTable *self, const char *cell);

/* Returns: whether it was written. */
gboolean fob_table_print (FobTable *self);

/* Whether the standard output is a terminal, and one that colours are wanted on (no-color.org). */
gboolean fob_table_has_colours (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobTable, fob_table_free)

G_END_DECLS
