/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-backups.h"

G_BEGIN_DECLS

#define FOB_TYPE_BACKUP_PAGE (fob_backup_page_get_type ())
G_DECLARE_FINAL_TYPE (FobBackupPage, fob_backup_page, FOB, BACKUP_PAGE, AdwPreferencesPage)

/**
 * FobBackupPage:
 *
 * The page of the preferences about backups: where they go, their passphrase, how they stand, and
 * the ways back. Uses the actions "win.restore" and "win.time-machine" of the main window.
 */
FobBackupPage *fob_backup_page_new (FobBackups *backups);

G_END_DECLS
