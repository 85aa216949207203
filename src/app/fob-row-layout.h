/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOB_TYPE_ROW_LAYOUT (fob_row_layout_get_type ())
G_DECLARE_FINAL_TYPE (FobRowLayout, fob_row_layout, FOB, ROW_LAYOUT, GtkLayoutManager)

/**
 * FobRowLayout:
 *
 * Lays out the parts of an account's row. Where there is room, in proportion to the text size, the
 * code stands beside the names and makes way as the next one appears under it; in narrow rows both
 * stand below the names.
 */
FobRowLayout *fob_row_layout_new (void);

/* The parts, in reading order; borrowed, and to live as long as the row. */
void fob_row_layout_set_children (FobRowLayout *self,
                                  GtkWidget *avatar,
                                  GtkWidget *names,
                                  GtkWidget *code,
                                  GtkWidget *next,
                                  GtkWidget *trailing);

/* @reveal: how far the next code is shown, 0 to 1 */
void fob_row_layout_set_reveal (FobRowLayout *self, double reveal);

G_END_DECLS
