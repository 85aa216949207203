/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_ICON_CHOOSER (fob_icon_chooser_get_type ())
G_DECLARE_FINAL_TYPE (FobIconChooser, fob_icon_chooser, FOB, ICON_CHOOSER, AdwWindow)

/**
 * FobIconChooser:
 *
 * Lets somebody choose the icon of an account: from the icon packs, from an image file, or none.
 * Signal "chosen" (GBytes, char *): an image file that fits into a vault, and its MIME type; both
 * NULL for none of its own. The window then closes itself.
 */

/* @has_icon: whether there is one to take away */
FobIconChooser *fob_icon_chooser_new (gboolean has_icon);

G_END_DECLS
