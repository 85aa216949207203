/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_TAG_MANAGER (fob_tag_manager_get_type ())
G_DECLARE_FINAL_TYPE (FobTagManager, fob_tag_manager, FOB, TAG_MANAGER, AdwWindow)

/**
 * fob_tag_manager_new:
 * @accounts: of FobAccount; the tags follow them
 *
 * All tags, to give them other names or to take them off all accounts. A tag that gets the name of
 * another one becomes one with it. Signal "replace" (string tag, nullable string new tag): asks
 * for it.
 */
FobTagManager *fob_tag_manager_new (GListModel *accounts);

G_END_DECLS
