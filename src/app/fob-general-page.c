/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-general-page.h"

#include "fob-icon-group.h"
#include "fob-seconds-row.h"
#include "fob-settings.h"

struct _FobGeneralPage
{
  AdwPreferencesPage parent_instance;

  GtkWidget *codes_group;
  AdwComboRow *clear_row;
  AdwComboRow *next_row;
};

static const guint clear_seconds[] = { 0, 15, 30, 60, 120 };
static const guint next_seconds[] = { 0, 5, 10, 30 };

G_DEFINE_FINAL_TYPE (FobGeneralPage, fob_general_page, ADW_TYPE_PREFERENCES_PAGE)

static void
fob_general_page_class_init (FobGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FOB_TYPE_ICON_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, codes_group);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, clear_row);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, next_row);
}

static void
fob_general_page_init (FobGeneralPage *self)
{
  GSettings *settings = fob_settings_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_set_sensitive (self->codes_group, settings != NULL);
  if (settings == NULL)
    return;
  fob_seconds_row_bind (self->clear_row, settings, "clipboard-clear-seconds", clear_seconds,
                        G_N_ELEMENTS (clear_seconds));
  fob_seconds_row_bind (self->next_row, settings, "next-code-seconds", next_seconds,
                        G_N_ELEMENTS (next_seconds));
}

FobGeneralPage *
fob_general_page_new (void)
{
  return g_object_new (FOB_TYPE_GENERAL_PAGE, NULL);
}
