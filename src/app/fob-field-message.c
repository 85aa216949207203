/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-field-message.h"

struct _FobFieldMessage
{
  GtkListBoxRow parent_instance;

  GtkLabel *label;

  GtkWidget *row; /* (nullable): above it, borrowed; outlives it, as both are in one window */
};

G_DEFINE_FINAL_TYPE (FobFieldMessage, fob_field_message, GTK_TYPE_LIST_BOX_ROW)

static void
mark (GtkWidget *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
fob_field_message_take_away (FobFieldMessage *self)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (self));

  if (self->row == NULL)
    return;

  mark (self->row, FALSE);
  self->row = NULL;
  if (GTK_IS_LIST_BOX (list))
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (self));
}

static void
fob_field_message_class_init (FobFieldMessageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-field-message.ui");
  gtk_widget_class_bind_template_child (widget_class, FobFieldMessage, label);
}

static void
fob_field_message_init (FobFieldMessage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FobFieldMessage *
fob_field_message_new (void)
{
  return g_object_ref_sink (g_object_new (FOB_TYPE_FIELD_MESSAGE, NULL));
}

void
fob_field_message_show (FobFieldMessage *self, GtkWidget *row, const char *text)
{
  GtkWidget *list = row != NULL ? gtk_widget_get_parent (row) : NULL;

  g_return_if_fail (FOB_IS_FIELD_MESSAGE (self));

  if (row != self->row)
    {
      fob_field_message_take_away (self);
      self->row = row;
      if (GTK_IS_LIST_BOX (list))
        gtk_list_box_insert (GTK_LIST_BOX (list), GTK_WIDGET (self),
                             gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + 1);
      if (row != NULL)
        mark (row, TRUE);
    }
  if (row != NULL)
    {
      gtk_label_set_text (self->label, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
    }
}
