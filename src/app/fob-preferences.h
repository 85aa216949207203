/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-backups.h"
#include "fob-vault.h"

G_BEGIN_DECLS

/**
 * fob_preferences_new:
 * @vault: an open one, or NULL to leave out what is about the accounts
 * @backups: (nullable): NULL to leave out their page
 * @page: (nullable): "general", "security" or "backups": what is shown first
 *
 * Returns: (transfer full): the window of the preferences, not shown yet.
 */
GtkWindow *fob_preferences_new (FobVault *vault, FobBackups *backups, const char *page);

G_END_DECLS
