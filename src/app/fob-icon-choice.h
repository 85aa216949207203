/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-icon-pack.h"

G_BEGIN_DECLS

#define FOB_TYPE_ICON_CHOICE (fob_icon_choice_get_type ())
G_DECLARE_FINAL_TYPE (FobIconChoice, fob_icon_choice, FOB, ICON_CHOICE, GObject)

/* One icon of a pack, as an item of a list. */
FobIconChoice *fob_icon_choice_new (FobIconPack *pack, guint icon);
FobIconPack *fob_icon_choice_get_pack (FobIconChoice *self);
guint fob_icon_choice_get_icon (FobIconChoice *self);

G_END_DECLS
