/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-account.h"
#include "fob-clock.h"
#include "fob-counter-codes.h"
#include "fob-list-search.h"
#include "fob-selection.h"

G_BEGIN_DECLS

#define FOB_TYPE_ACCOUNT_ROW (fob_account_row_get_type ())
G_DECLARE_FINAL_TYPE (FobAccountRow, fob_account_row, FOB, ACCOUNT_ROW, GtkWidget)

/**
 * FobAccountRow:
 *
 * One account: avatar, names, code, the next code in the last seconds, countdown ring or "next
 * code" button, menu. Wide rows have the code beside the names, narrow ones below. The row's
 * actions go to the window as win.* actions with the account id.
 */
GtkWidget *fob_account_row_new (FobClock *clock,
                                FobCounterCodes *counter_codes,
                                FobSelection *selection,
                                FobListSearch *search);

/* @account: (nullable): NULL while the row is not in use */
void fob_account_row_set_account (FobAccountRow *self, FobAccount *account);
FobAccount *fob_account_row_get_account (FobAccountRow *self);

/* Shows the code for a while, where codes are hidden. */
void fob_account_row_reveal (FobAccountRow *self);

/* See fob_account_badge_set_hint (). */
void fob_account_row_set_hint (FobAccountRow *self, guint number);

/* The context menu at the row's menu button. */
void fob_account_row_popup_menu (FobAccountRow *self);

G_END_DECLS
