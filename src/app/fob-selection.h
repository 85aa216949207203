/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-account.h"

G_BEGIN_DECLS

#define FOB_TYPE_SELECTION (fob_selection_get_type ())
G_DECLARE_FINAL_TYPE (FobSelection, fob_selection, FOB, SELECTION, GObject)

/**
 * FobSelection:
 *
 * The accounts that somebody has chosen in the list to do something with, by their ids: they may
 * change meanwhile, or go. Property "active" (boolean, read-write): whether somebody is choosing;
 * the choice ends with it. Signal "changed" when others are chosen.
 */
FobSelection *fob_selection_new (void);

gboolean fob_selection_get_active (FobSelection *self);
void fob_selection_set_active (FobSelection *self, gboolean active);

gboolean fob_selection_contains (FobSelection *self, FobAccount *account);
void fob_selection_set (FobSelection *self, FobAccount *account, gboolean selected);

/* Chooses all items of @accounts (of FobAccount), or none of them when they all are chosen. */
void fob_selection_toggle_all (FobSelection *self, GListModel *accounts);

/* Returns: (transfer full) (element-type FobAccount): those that are among @accounts, in the order
 * there. */
GPtrArray *fob_selection_list (FobSelection *self, GListModel *accounts);

G_END_DECLS
