/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOB_TYPE_TAG_BAR (fob_tag_bar_get_type ())
G_DECLARE_FINAL_TYPE (FobTagBar, fob_tag_bar, FOB, TAG_BAR, GtkWidget)

/**
 * FobTagBar:
 *
 * The tags of all accounts, to choose one whose accounts are shown alone. Not there while no
 * account has one. Signal "changed".
 */

/* @accounts: of FobAccount. Again when there are others. */
void fob_tag_bar_set_accounts (FobTagBar *self, GListModel *accounts);

/* Returns: (transfer none) (nullable): the tag that was chosen; NULL for all accounts. */
const char *fob_tag_bar_get_tag (FobTagBar *self);

G_END_DECLS
