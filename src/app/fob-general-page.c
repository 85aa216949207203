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

  GtkWidget *appearance_group;
  AdwComboRow *style_row;
  GtkSwitch *compact_switch;
  GtkSwitch *usage_switch;
  GtkWidget *codes_group;
  GtkSwitch *hide_switch;
  AdwComboRow *clear_row;
  AdwComboRow *next_row;
  AdwComboRow *group_row;
};

static const guint clear_seconds[] = { 0, 10, 30, 60 };
static const guint next_seconds[] = { 0, 5, 10, 30 };

G_DEFINE_FINAL_TYPE (FobGeneralPage, fob_general_page, ADW_TYPE_PREFERENCES_PAGE)

static void
fob_general_page_class_init (FobGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FOB_TYPE_ICON_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, appearance_group);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, style_row);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, compact_switch);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, codes_group);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, hide_switch);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, clear_row);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, next_row);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, group_row);
  gtk_widget_class_bind_template_child (widget_class, FobGeneralPage, usage_switch);
}

/* What the items of the lists stand for, in their order; the names are the schema's. */
static const char *const styles[] = { "system", "light", "dark", NULL };
static const char *const groupings[] = { "balanced", "twos", "threes", "halves", "none", NULL };

static gboolean
get_choice (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *names = user_data;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (g_variant_get_string (variant, NULL), names[i]))
        g_value_set_uint (value, i);
    }

  return TRUE;
}

static GVariant *
set_choice (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const char *const *names = user_data;
  const guint position = g_value_get_uint (value);

  return position < g_strv_length ((char **) names) ? g_variant_new_string (names[position]) : NULL;
}

static void
bind_choice (AdwComboRow *row, const char *key, const char *const *names)
{
  g_settings_bind_with_mapping (fob_settings_get_default (), key, row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_choice, set_choice, (gpointer) names,
                                NULL);
}

static void
fob_general_page_init (FobGeneralPage *self)
{
  GSettings *settings = fob_settings_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_set_sensitive (self->appearance_group, settings != NULL);
  gtk_widget_set_sensitive (self->codes_group, settings != NULL);
  if (settings == NULL)
    return;
  bind_choice (self->style_row, "style", styles);
  bind_choice (self->group_row, "group-codes", groupings);
  g_settings_bind (settings, "remember-usage", self->usage_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "compact", self->compact_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "hide-codes", self->hide_switch, "active", G_SETTINGS_BIND_DEFAULT);
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
