/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-preferences.h"

#include "fob-backup-page.h"
#include "fob-general-page.h"
#include "fob-security-page.h"

GtkWindow *
fob_preferences_new (FobVault *vault, FobBackups *backups, const char *page)
{
  AdwPreferencesWindow *window =
    g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "modal", TRUE, "search-enabled", FALSE,
                  "default-width", 600, "default-height", 640, NULL);

  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (fob_general_page_new ()));
  if (vault != NULL)
    adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (fob_security_page_new (vault)));
  if (vault != NULL && backups != NULL)
    adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (fob_backup_page_new (backups)));
  if (page != NULL)
    adw_preferences_window_set_visible_page_name (window, page);

  return GTK_WINDOW (window);
}
