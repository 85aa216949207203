/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-row-drag.h"

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, FobAccountRow *row)
{
  FobAccount *account = fob_account_row_get_account (row);

  return account != NULL ? gdk_content_provider_new_typed (FOB_TYPE_ACCOUNT, account) : NULL;
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, FobAccountRow *row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, FobAccountRow *row)
{
  FobAccount *moved = g_value_get_object (value);
  FobAccount *other = fob_account_row_get_account (row);

  if (moved == NULL || other == NULL ||
      g_str_equal (fob_account_get_id (moved), fob_account_get_id (other)))
    return FALSE;

  gtk_widget_activate_action (GTK_WIDGET (row), "win.move", "(ss)", fob_account_get_id (moved),
                              fob_account_get_id (other));

  return TRUE;
}

void
fob_row_drag_add (FobAccountRow *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (FOB_TYPE_ACCOUNT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), row, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (begin_cb), row, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), row, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}
