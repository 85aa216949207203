/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-selection-bar.h"

#include <glib/gi18n-lib.h>

struct _FobSelectionBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *count_label;

  FobSelection *selection;
  GListModel *accounts;
};

G_DEFINE_FINAL_TYPE (FobSelectionBar, fob_selection_bar, GTK_TYPE_WIDGET)

/* Nor do screen readers find what is not there. */
static void
fob_selection_bar_revealed_cb (FobSelectionBar *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer) &&
      !gtk_revealer_get_child_revealed (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE);
}

static void
fob_selection_bar_update (FobSelectionBar *self)
{
  const gboolean active = fob_selection_get_active (self->selection);
  static const char *const actions[] = { "win.selection-tags", "win.selection-pin",
                                         "win.selection-export", "win.selection-qr",
                                         "win.selection-delete" };
  g_autoptr (GPtrArray) selected = fob_selection_list (self->selection, self->accounts);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u selected", "%u selected", selected->len), selected->len);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_label_set_text (self->count_label, text);
  if (active)
    gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, active);
  fob_selection_bar_revealed_cb (self);
  if (root != NULL)
    gtk_widget_action_set_enabled (root, "win.stop-selecting", active);
  for (gsize i = 0; root != NULL && i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (root, actions[i], selected->len > 0);
}

static void
fob_selection_bar_dispose (GObject *object)
{
  FobSelectionBar *self = FOB_SELECTION_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (fob_selection_bar_parent_class)->dispose (object);
}

static void
fob_selection_bar_class_init (FobSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fob_selection_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FobSelectionBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, FobSelectionBar, count_label);
}

static void
fob_selection_bar_init (FobSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->revealer, "notify::child-revealed",
                           G_CALLBACK (fob_selection_bar_revealed_cb), self, G_CONNECT_SWAPPED);
}

void
fob_selection_bar_setup (FobSelectionBar *self, FobSelection *selection, GListModel *accounts)
{
  g_return_if_fail (FOB_IS_SELECTION_BAR (self));

  if (self->accounts != NULL)
    g_signal_handlers_disconnect_by_data (self->accounts, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_set_object (&self->selection, selection);
  g_set_object (&self->accounts, accounts);
  g_signal_connect_object (selection, "changed", G_CALLBACK (fob_selection_bar_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (fob_selection_bar_update), self,
                           G_CONNECT_SWAPPED);
  fob_selection_bar_update (self);
}
