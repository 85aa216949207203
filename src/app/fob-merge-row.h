/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-merge-text.h"

G_BEGIN_DECLS

#define FOB_TYPE_MERGE_ROW (fob_merge_row_get_type ())
G_DECLARE_FINAL_TYPE (FobMergeRow, fob_merge_row, FOB, MERGE_ROW, GtkWidget)

/**
 * FobMergeRow:
 *
 * One account of a merge. Signal "restore", where it can come back.
 */
FobMergeRow *fob_merge_row_new (void);

void fob_merge_row_show (FobMergeRow *self, const FobMergeItem *item, FobMergeTense tense);

G_END_DECLS
