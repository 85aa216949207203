/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-account.h"
#include "fob-clock.h"
#include "fob-counter-codes.h"
#include "fob-selection.h"
#include "fob-usage.h"

G_BEGIN_DECLS

/* Rows that a number key copies. */
#define FOB_ACCOUNT_LIST_N_HINTS 9

#define FOB_TYPE_ACCOUNT_LIST (fob_account_list_get_type ())
G_DECLARE_FINAL_TYPE (FobAccountList, fob_account_list, FOB, ACCOUNT_LIST, GtkWidget)

/**
 * FobAccountList:
 *
 * The accounts of a model as rows: pinned ones first, those that match the search only. A click or
 * Enter activates win.copy with the account's id, or chooses the account for a selection that is
 * active. Property "n-shown" (how many rows there are,
 * notifies).
 */

/* Once, before the first model. */
void fob_account_list_setup (FobAccountList *self,
                             FobClock *clock,
                             FobCounterCodes *counter_codes,
                             FobSelection *selection,
                             FobUsage *usage);

/* Puts the accounts in the order of their usage up to now; until then rows keep their places. */
void fob_account_list_settle (FobAccountList *self);

/* @model: (nullable): of FobAccount */
void fob_account_list_set_model (FobAccountList *self, GListModel *model);
void fob_account_list_set_search (FobAccountList *self, const char *text);

/* @tag: (nullable): only its accounts are shown; NULL for all */
void fob_account_list_set_tag (FobAccountList *self, const char *tag);
guint fob_account_list_get_n_shown (FobAccountList *self);

/* Whether more rows may come: a long list is searched in portions. */
gboolean fob_account_list_is_searching (FobAccountList *self);

/* Returns: (transfer full) (nullable): the account of the @position-th row. */
FobAccount *fob_account_list_dup_shown (FobAccountList *self, guint position);

/* Whether the first rows show the numbers to copy them by. */
void fob_account_list_set_hints (FobAccountList *self, gboolean hints);

/* Returns: (transfer none): the accounts of the rows, in their order. */
GListModel *fob_account_list_get_shown (FobAccountList *self);

G_END_DECLS
