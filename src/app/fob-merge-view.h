/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-merge-text.h"

G_BEGIN_DECLS

#define FOB_TYPE_MERGE_VIEW (fob_merge_view_get_type ())
G_DECLARE_FINAL_TYPE (FobMergeView, fob_merge_view, FOB, MERGE_VIEW, GtkWidget)

/**
 * FobMergeView:
 *
 * What a merge does, or what is different between then and now: the numbers, and the accounts that
 * are not the same. With FOB_MERGE_TENSE_HISTORY each that can come back has a button for it.
 * Signal "restore" (guint): the position of an item in the merge.
 */

/* @merge: (transfer full) (nullable) */
void fob_merge_view_take_merge (FobMergeView *self, FobMerge *merge, FobMergeTense tense);
FobMerge *fob_merge_view_get_merge (FobMergeView *self); /* borrowed, (nullable) */

G_END_DECLS
