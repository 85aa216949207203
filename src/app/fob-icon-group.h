/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_ICON_GROUP (fob_icon_group_get_type ())
G_DECLARE_FINAL_TYPE (FobIconGroup, fob_icon_group, FOB, ICON_GROUP, AdwPreferencesGroup)

/**
 * FobIconGroup:
 *
 * The icon packs in the preferences: a row for each, to add and remove them.
 */

G_END_DECLS
