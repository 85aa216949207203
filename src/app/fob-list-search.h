/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-search.h"

G_BEGIN_DECLS

#define FOB_TYPE_LIST_SEARCH (fob_list_search_get_type ())
G_DECLARE_FINAL_TYPE (FobListSearch, fob_list_search, FOB, LIST_SEARCH, GObject)

/**
 * FobListSearch:
 *
 * What somebody types to find an account in the list, for all who show it differently then. Signal
 * "changed".
 */
FobListSearch *fob_list_search_new (void);

void fob_list_search_set_text (FobListSearch *self, const char *text);

/* Returns: (transfer none): never NULL. */
FobSearch *fob_list_search_get (FobListSearch *self);

G_END_DECLS
