/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-merge-row.h"

#include <glib/gi18n-lib.h>

struct _FobMergeRow
{
  GtkWidget parent_instance;

  GtkImage *image;
  GtkLabel *title_label;
  GtkLabel *status_label;
  GtkWidget *restore_button;
};

enum
{
  SIGNAL_RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobMergeRow, fob_merge_row, GTK_TYPE_WIDGET)

static void
fob_merge_row_restore_cb (FobMergeRow *self)
{
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0);
}

static void
fob_merge_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (fob_merge_row_parent_class)->dispose (object);
}

static void
fob_merge_row_class_init (FobMergeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_merge_row_dispose;

  signals[SIGNAL_RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-merge-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FobMergeRow, image);
  gtk_widget_class_bind_template_child (widget_class, FobMergeRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, FobMergeRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, FobMergeRow, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_merge_row_restore_cb);
}

static void
fob_merge_row_init (FobMergeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FobMergeRow *
fob_merge_row_new (void)
{
  return g_object_new (FOB_TYPE_MERGE_ROW, NULL);
}

static const char *
get_icon_name (FobMergeStatus status)
{
  switch (status)
    {
    case FOB_MERGE_NEW:
      return "list-add-symbolic";
    case FOB_MERGE_CHANGED:
      return "document-edit-symbolic";
    case FOB_MERGE_REMOVED:
      return "list-remove-symbolic";

    case FOB_MERGE_KEPT:
    case FOB_MERGE_IDENTICAL:
    case FOB_MERGE_N_STATUSES:
    default:
      return "emblem-ok-symbolic";
    }
}

void
fob_merge_row_show (FobMergeRow *self, const FobMergeItem *item, FobMergeTense tense)
{
  g_autofree char *title =
    fob_merge_text_dup_title (item->theirs != NULL ? item->theirs : item->ours);
  const char *status = fob_merge_text_describe (item, tense);
  const gboolean restorable = tense == FOB_MERGE_TENSE_HISTORY &&
                              (item->status == FOB_MERGE_NEW || item->status == FOB_MERGE_CHANGED);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *label = NULL;
  g_autofree char *button_label = NULL;

  gtk_image_set_from_icon_name (self->image, get_icon_name (item->status));
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->status_label, status);
  gtk_widget_set_visible (self->restore_button, restorable);
  /* Translators: what a button does, said by a screen reader; an account */
  button_label = g_strdup_printf (C_ ("screen reader", "Restore %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->restore_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, button_label, -1);
  /* Translators: said by a screen reader: an account, and what happens to it */
  label = g_strdup_printf (C_ ("screen reader", "%s: %s"), title, status);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}
