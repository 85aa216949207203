/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_SECURITY_PAGE (fob_security_page_get_type ())
G_DECLARE_FINAL_TYPE (FobSecurityPage, fob_security_page, FOB, SECURITY_PAGE, AdwPreferencesPage)

/**
 * FobSecurityPage:
 *
 * The page of the preferences about what opens the accounts, when they lock, and where they are
 * kept. After a move it activates "app.reopen".
 */
FobSecurityPage *fob_security_page_new (FobVault *vault);

G_END_DECLS
