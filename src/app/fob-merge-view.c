/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-merge-view.h"

#include "fob-merge-row.h"

struct _FobMergeView
{
  GtkWidget parent_instance;

  GtkLabel *summary_label;
  GtkWidget *scrolled_window;
  GtkListView *list_view;

  FobMerge *merge;
  FobMergeTense tense;
  GtkStringList *positions; /* in the merge, in decimal, of what is shown */
};

enum
{
  SIGNAL_RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobMergeView, fob_merge_view, GTK_TYPE_WIDGET)

static guint
get_position (GtkListItem *list_item)
{
  GtkStringObject *text = gtk_list_item_get_item (list_item);

  return (guint) g_ascii_strtoull (gtk_string_object_get_string (text), NULL, 10);
}

static void
fob_merge_view_row_restore_cb (GtkListItem *list_item, FobMergeRow *row)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (row), FOB_TYPE_MERGE_VIEW);

  g_signal_emit (view, signals[SIGNAL_RESTORE], 0, get_position (list_item));
}

static void
fob_merge_view_setup_row_cb (FobMergeView *self, GtkListItem *list_item)
{
  FobMergeRow *row = fob_merge_row_new ();

  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, GTK_WIDGET (row));
  g_signal_connect_object (row, "restore", G_CALLBACK (fob_merge_view_row_restore_cb), list_item,
                           G_CONNECT_SWAPPED);
}

static void
fob_merge_view_bind_row_cb (FobMergeView *self, GtkListItem *list_item)
{
  FobMergeRow *row = FOB_MERGE_ROW (gtk_list_item_get_child (list_item));

  fob_merge_row_show (row, fob_merge_get_item (self->merge, get_position (list_item)), self->tense);
}

static void
fob_merge_view_dispose (GObject *object)
{
  FobMergeView *self = FOB_MERGE_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->positions);
  g_clear_pointer (&self->merge, fob_merge_free);

  G_OBJECT_CLASS (fob_merge_view_parent_class)->dispose (object);
}

static void
fob_merge_view_class_init (FobMergeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_merge_view_dispose;

  signals[SIGNAL_RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-merge-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FobMergeView, summary_label);
  gtk_widget_class_bind_template_child (widget_class, FobMergeView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, FobMergeView, list_view);
}

static void
fob_merge_view_init (FobMergeView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) model = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->positions = gtk_string_list_new (NULL);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->positions)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (fob_merge_view_setup_row_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (fob_merge_view_bind_row_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (model));
}

void
fob_merge_view_take_merge (FobMergeView *self, FobMerge *merge, FobMergeTense tense)
{
  g_autoptr (GPtrArray) positions = g_ptr_array_new_with_free_func (g_free);
  const guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->positions));
  g_autofree char *summary = NULL;

  g_return_if_fail (FOB_IS_MERGE_VIEW (self));

  gtk_string_list_splice (self->positions, 0, n_old, NULL);
  g_clear_pointer (&self->merge, fob_merge_free);
  self->merge = merge;
  self->tense = tense;
  for (guint i = 0; merge != NULL && i < fob_merge_get_n_items (merge); i++)
    {
      if (fob_merge_get_item (merge, i)->status != FOB_MERGE_IDENTICAL)
        g_ptr_array_add (positions, g_strdup_printf ("%u", i));
    }
  gtk_widget_set_visible (self->scrolled_window, positions->len > 0);
  g_ptr_array_add (positions, NULL);
  gtk_string_list_splice (self->positions, 0, 0, (const char *const *) positions->pdata);
  summary = merge != NULL ? fob_merge_text_summarise (merge, tense) : NULL;
  gtk_label_set_text (self->summary_label, summary != NULL ? summary : "");
}

FobMerge *
fob_merge_view_get_merge (FobMergeView *self)
{
  g_return_val_if_fail (FOB_IS_MERGE_VIEW (self), NULL);

  return self->merge;
}
