/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-account.h"
#include "fob-list-search.h"

G_BEGIN_DECLS

#define FOB_TYPE_ACCOUNT_NAMES (fob_account_names_get_type ())
G_DECLARE_FINAL_TYPE (FobAccountNames, fob_account_names, FOB, ACCOUNT_NAMES, GtkWidget)

/**
 * FobAccountNames:
 *
 * What an account is called in the list, in two lines, with what was searched for highlighted.
 */

/* Once. */
void fob_account_names_set_search (FobAccountNames *self, FobListSearch *search);
void fob_account_names_set_account (FobAccountNames *self, FobAccount *account);

/* As shown. */
const char *fob_account_names_get_title (FobAccountNames *self);
const char *fob_account_names_get_subtitle (FobAccountNames *self);

G_END_DECLS
