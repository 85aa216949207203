/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-selection.h"

G_BEGIN_DECLS

#define FOB_TYPE_SELECTION_BAR (fob_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (FobSelectionBar, fob_selection_bar, FOB, SELECTION_BAR, GtkWidget)

/**
 * FobSelectionBar:
 *
 * Stands below the list while somebody chooses accounts: how many there are, and what can be done
 * with them (actions "win.select-all", "win.selection-tags" and so on).
 */

/* @accounts: of FobAccount: all that can be chosen. Again when there are others. */
void fob_selection_bar_setup (FobSelectionBar *self, FobSelection *selection, GListModel *accounts);

G_END_DECLS
