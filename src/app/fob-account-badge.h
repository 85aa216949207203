/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-selection.h"

G_BEGIN_DECLS

#define FOB_TYPE_ACCOUNT_BADGE (fob_account_badge_get_type ())
G_DECLARE_FINAL_TYPE (FobAccountBadge, fob_account_badge, FOB, ACCOUNT_BADGE, GtkWidget)

/**
 * FobAccountBadge:
 *
 * What an account begins with in the list: its picture, and in its place a check button while
 * somebody chooses accounts, or the number of the row while Alt is held.
 */

/* Once. */
void fob_account_badge_set_selection (FobAccountBadge *self, FobSelection *selection);

/* @title: what the account is called on screen */
void fob_account_badge_set_account (FobAccountBadge *self, FobAccount *account, const char *title);

/* @number: what is pressed together with Alt to copy the code; 0 to show no such thing */
void fob_account_badge_set_hint (FobAccountBadge *self, guint number);

G_END_DECLS
