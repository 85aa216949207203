/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-tag-manager.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-tag-list.h"

struct _FobTagManager
{
  AdwWindow parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *tags_group;

  GListModel *accounts;
  GPtrArray *rows; /* of GtkWidget; borrowed */
};

enum
{
  SIGNAL_REPLACE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobTagManager, fob_tag_manager, ADW_TYPE_WINDOW)

static const char *
get_tag (gpointer row)
{
  return g_object_get_data (G_OBJECT (row), "fob-tag");
}

static void
fob_tag_manager_renamed_cb (FobTagManager *self, AdwEntryRow *row)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  /* A tag without a name is no tag: the button beside it takes it off. */
  if (*name == '\0')
    gtk_editable_set_text (GTK_EDITABLE (row), get_tag (row));
  else if (!g_str_equal (name, get_tag (row)))
    g_signal_emit (self, signals[SIGNAL_REPLACE], 0, get_tag (row), name);
}

static void
fob_tag_manager_deleted_cb (FobTagManager *self, GtkButton *button)
{
  g_autofree char *tag = g_strdup (get_tag (button));

  g_signal_emit (self, signals[SIGNAL_REPLACE], 0, tag, NULL);
}

static void
fob_tag_manager_add_row (FobTagManager *self, const char *tag)
{
  const guint n_accounts = fob_tag_list_count (self->accounts, tag);
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *shown = fob_display_text (tag);
  g_autofree char *label = NULL;
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u account", "%u accounts", n_accounts), n_accounts);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), count);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (row), tag);
  g_object_set_data_full (G_OBJECT (row), "fob-tag", g_strdup (tag), g_free);
  g_signal_connect_object (row, "apply", G_CALLBACK (fob_tag_manager_renamed_cb), self,
                           G_CONNECT_SWAPPED);

  /* Translators: the name of a tag */
  label = g_strdup_printf (_ ("Delete the Tag “%s”"), shown);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "fob-tag", g_strdup (tag), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (fob_tag_manager_deleted_cb), self,
                           G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);

  adw_preferences_group_add (self->tags_group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fob_tag_manager_fill (FobTagManager *self)
{
  g_autoptr (GPtrArray) tags = fob_tag_list_new (self->accounts);

  /* Entries that go away with the focus in them make GTK 4.8 complain. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->tags_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < tags->len; i++)
    fob_tag_manager_add_row (self, tags->pdata[i]);
  gtk_stack_set_visible_child_name (self->stack, tags->len > 0 ? "tags" : "empty");
}

static void
fob_tag_manager_unmap (GtkWidget *widget)
{
  gtk_window_set_focus (GTK_WINDOW (widget), NULL);

  GTK_WIDGET_CLASS (fob_tag_manager_parent_class)->unmap (widget);
}

static void
fob_tag_manager_finalize (GObject *object)
{
  FobTagManager *self = FOB_TAG_MANAGER (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (fob_tag_manager_parent_class)->finalize (object);
}

static void
fob_tag_manager_class_init (FobTagManagerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fob_tag_manager_finalize;

  widget_class->unmap = fob_tag_manager_unmap;

  signals[SIGNAL_REPLACE] =
    g_signal_new ("replace", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-tag-manager.ui");
  gtk_widget_class_bind_template_child (widget_class, FobTagManager, stack);
  gtk_widget_class_bind_template_child (widget_class, FobTagManager, tags_group);
}

static void
fob_tag_manager_init (FobTagManager *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

FobTagManager *
fob_tag_manager_new (GListModel *accounts)
{
  FobTagManager *self = g_object_new (FOB_TYPE_TAG_MANAGER, NULL);

  self->accounts = g_object_ref (accounts);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (fob_tag_manager_fill), self,
                           G_CONNECT_SWAPPED);
  fob_tag_manager_fill (self);

  return self;
}
