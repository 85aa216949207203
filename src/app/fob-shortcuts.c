/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-shortcuts.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *accelerator; /* as GTK writes it */
  const char *action;      /* NULL when built in */
  const char *title;       /* NULL for a second key of the shortcut above */
  const char *group;       /* starts a group */
  FobShortcutScope scope;
} Shortcut;

static const Shortcut shortcuts[] = {
  { "<Control>n", "win.add", NC_ ("shortcut", "Add account"), NC_ ("shortcut", "Accounts"),
    FOB_SHORTCUT_APPLICATION },
  { "<Control>v", "win.paste", NC_ ("shortcut", "Add account from the clipboard"), NULL,
    FOB_SHORTCUT_WINDOW },
  { "<Control>o", "win.import", NC_ ("shortcut", "Import accounts"), NULL,
    FOB_SHORTCUT_APPLICATION },
  { "<Control>e", "win.export", NC_ ("shortcut", "Export accounts"), NULL,
    FOB_SHORTCUT_APPLICATION },
  { "<Control>z", "win.undo-last", NC_ ("shortcut", "Undo"), NULL, FOB_SHORTCUT_WINDOW },
  { "<Control>f", "win.search", NC_ ("shortcut", "Search"), NULL, FOB_SHORTCUT_APPLICATION },
  { "Return", NULL, NC_ ("shortcut", "Copy code"), NC_ ("shortcut", "Selected account"),
    FOB_SHORTCUT_BUILTIN },
  { "<Alt>1...9", NULL, NC_ ("shortcut", "Copy the code of a row by its number"), NULL,
    FOB_SHORTCUT_BUILTIN },
  { "<Control>c", "list.copy", NC_ ("shortcut", "Copy code"), NULL, FOB_SHORTCUT_LIST },
  { "<Control><Shift>c", "list.copy-next", NC_ ("shortcut", "Copy next code"), NULL,
    FOB_SHORTCUT_LIST },
  { "F5", "list.next-counter", NC_ ("shortcut", "Show the next code of a counter-based account"),
    NULL, FOB_SHORTCUT_LIST },
  { "F2", "list.edit", NC_ ("shortcut", "Edit"), NULL, FOB_SHORTCUT_LIST },
  { "Delete", "list.delete", NC_ ("shortcut", "Delete"), NULL, FOB_SHORTCUT_LIST },
  { "<Alt>Up", "list.move-up", NC_ ("shortcut", "Move up"), NULL, FOB_SHORTCUT_LIST },
  { "<Alt>Down", "list.move-down", NC_ ("shortcut", "Move down"), NULL, FOB_SHORTCUT_LIST },
  { "<Control>a", "win.select-all", NC_ ("shortcut", "Select all"), NULL, FOB_SHORTCUT_BUILTIN },
  { "Escape", "win.stop-selecting", NC_ ("shortcut", "Stop selecting"), NULL, FOB_SHORTCUT_LIST },
  { "<Shift>F10", "list.menu", NC_ ("shortcut", "Open menu"), NULL, FOB_SHORTCUT_LIST },
  { "Menu", "list.menu", NULL, NULL, FOB_SHORTCUT_LIST },
  { "<Control>comma", "win.preferences", NC_ ("shortcut", "Preferences"),
    NC_ ("shortcut", "General"), FOB_SHORTCUT_APPLICATION },
  { "<Control>l", "win.lock", NC_ ("shortcut", "Lock"), NULL, FOB_SHORTCUT_APPLICATION },
  { "F10", "win.menu", NC_ ("shortcut", "Main menu"), NULL, FOB_SHORTCUT_APPLICATION },
  { "<Control>question", "win.show-help-overlay", NC_ ("shortcut", "Keyboard shortcuts"), NULL,
    FOB_SHORTCUT_APPLICATION },
  { "<Control>w", "window.close", NC_ ("shortcut", "Close window"), NULL,
    FOB_SHORTCUT_APPLICATION },
  { "<Control>q", "app.quit", NC_ ("shortcut", "Quit"), NULL, FOB_SHORTCUT_APPLICATION },
};

void
fob_shortcuts_add_to_application (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      const char *const accelerators[] = { shortcuts[i].accelerator, NULL };

      if (shortcuts[i].scope == FOB_SHORTCUT_APPLICATION)
        gtk_application_set_accels_for_action (application, shortcuts[i].action, accelerators);
    }
}

void
fob_shortcuts_add_to_class (GtkWidgetClass *widget_class, FobShortcutScope scope)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      guint key;
      GdkModifierType modifiers;

      if (shortcuts[i].scope != scope)
        continue;
      if (!gtk_accelerator_parse (shortcuts[i].accelerator, &key, &modifiers))
        g_assert_not_reached ();
      gtk_widget_class_add_binding_action (widget_class, key, modifiers, shortcuts[i].action, NULL);
    }
}

GtkShortcutsWindow *
fob_shortcuts_create_window (void)
{
  /* Before GTK 4.14 groups can be put into a section by GtkBuilder alone. */
  g_autoptr (GString) ui = g_string_new ("<interface>"
                                         "<object class='GtkShortcutsWindow' id='window'>"
                                         "<property name='modal'>1</property><child>"
                                         "<object class='GtkShortcutsSection'>"
                                         "<property name='section-name'>main</property>"
                                         "<property name='max-height'>20</property>");
  g_autoptr (GtkBuilder) builder = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_autofree char *group = NULL;
      g_autofree char *shortcut = NULL;

      if (shortcuts[i].group != NULL)
        {
          if (i > 0)
            g_string_append (ui, "</object></child>");
          group = g_markup_printf_escaped ("<child><object class='GtkShortcutsGroup'>"
                                           "<property name='title'>%s</property>",
                                           g_dpgettext2 (NULL, "shortcut", shortcuts[i].group));
          g_string_append (ui, group);
        }
      if (shortcuts[i].title == NULL)
        continue;
      shortcut = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'>"
                                          "<property name='accelerator'>%s</property>"
                                          "<property name='title'>%s</property></object></child>",
                                          shortcuts[i].accelerator,
                                          g_dpgettext2 (NULL, "shortcut", shortcuts[i].title));
      g_string_append (ui, shortcut);
    }
  g_string_append (ui, "</object></child></object></child></object></interface>");
  builder = gtk_builder_new_from_string (ui->str, (gssize) ui->len);

  /* GTK itself holds a window until it is destroyed. */
  return GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "window"));
}
