/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FobShortcutScope:
 * @FOB_SHORTCUT_APPLICATION: before the focused widget sees the key
 * @FOB_SHORTCUT_WINDOW: after the focused widget had its chance, so that Ctrl+V in an entry pastes
 * there
 * @FOB_SHORTCUT_LIST: on a row of the list
 * @FOB_SHORTCUT_BUILTIN: GTK does it; only shown
 *
 * Who handles a shortcut.
 */
typedef enum
{
  FOB_SHORTCUT_APPLICATION,
  FOB_SHORTCUT_WINDOW,
  FOB_SHORTCUT_LIST,
  FOB_SHORTCUT_BUILTIN,
} FobShortcutScope;

/* The one list of shortcuts feeds all three. */
void fob_shortcuts_add_to_application (GtkApplication *application);
void fob_shortcuts_add_to_class (GtkWidgetClass *widget_class, FobShortcutScope scope);
GtkShortcutsWindow *fob_shortcuts_create_window (void);

G_END_DECLS
