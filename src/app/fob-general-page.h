/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_GENERAL_PAGE (fob_general_page_get_type ())
G_DECLARE_FINAL_TYPE (FobGeneralPage, fob_general_page, FOB, GENERAL_PAGE, AdwPreferencesPage)

/**
 * FobGeneralPage:
 *
 * The page of the preferences about codes.
 */
FobGeneralPage *fob_general_page_new (void);

G_END_DECLS
