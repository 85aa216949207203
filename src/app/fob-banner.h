/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOB_TYPE_BANNER (fob_banner_get_type ())
G_DECLARE_FINAL_TYPE (FobBanner, fob_banner, FOB, BANNER, GtkWidget)

/**
 * FobBanner:
 *
 * A bar over a page with something to know and a button to do something about it (AdwBanner came
 * with libadwaita 1.3). Signal "dismissed", when the person put it away; it hides by itself then.
 */

/**
 * fob_banner_show:
 * @text: one sentence or two
 * @button_label: with a mnemonic
 * @action_name: of the button
 * @dismissible: whether it can be put away
 */
void fob_banner_show (FobBanner *self,
                      const char *text,
                      const char *button_label,
                      const char *action_name,
                      gboolean dismissible);
void fob_banner_hide (FobBanner *self);

G_END_DECLS
