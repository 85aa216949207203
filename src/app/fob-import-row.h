/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-clock.h"
#include "fob-import-item.h"

G_BEGIN_DECLS

#define FOB_TYPE_IMPORT_ROW (fob_import_row_get_type ())
G_DECLARE_FINAL_TYPE (FobImportRow, fob_import_row, FOB, IMPORT_ROW, GtkWidget)

/**
 * FobImportRow:
 *
 * One line of the preview: whether the account comes in, its names, what is known of it here
 * already, and its code as of now, to be compared with the one in the old app.
 */
GtkWidget *fob_import_row_new (FobClock *clock);

/* @item: (nullable): NULL when the row is put aside */
void fob_import_row_set_item (FobImportRow *self, FobImportItem *item);

G_END_DECLS
