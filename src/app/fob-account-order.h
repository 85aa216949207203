/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-list-search.h"
#include "fob-settings.h"
#include "fob-usage.h"

G_BEGIN_DECLS

/**
 * fob_account_order_create:
 * @sort: the order of accounts that fit the search equally well and are pinned or not alike
 *
 * Orders FobAccount: what fits @search best comes first, then what is pinned, then by @sort. Usage
 * counts as it is now: an order that changed with every copied code would move rows away from under
 * the pointer.
 *
 * Returns: (transfer full)
 */
GtkSorter *fob_account_order_create (FobListSearch *search, FobSort sort, FobUsage *usage);

G_END_DECLS
