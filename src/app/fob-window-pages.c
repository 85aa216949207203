/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-health-dialog.h"
#include "fob-trash-dialog.h"
#include "fob-window-private.h"

static void
fob_window_dialog_gone_cb (FobWindow *self, GtkWindow *dialog)
{
  /* Another one may have taken its place. */
  if (self->dialog == dialog)
    self->dialog = NULL;
}

void
fob_window_present_dialog (FobWindow *self, GtkWindow *dialog)
{
  self->dialog = dialog;
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (fob_window_dialog_gone_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_present (dialog);
}

static void
fob_window_trash_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);

  if (self->dialog != NULL)
    {
      gtk_window_present (self->dialog);
      return;
    }
  fob_window_present_dialog (self, GTK_WINDOW (fob_trash_dialog_new (self->vault)));
}

static void
fob_window_health_backups_cb (FobWindow *self)
{
  g_clear_pointer (&self->dialog, gtk_window_destroy);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.backups", NULL);
}

static void
fob_window_health_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  FobHealthDialog *dialog;

  if (self->dialog != NULL)
    {
      gtk_window_present (self->dialog);
      return;
    }
  dialog = fob_health_dialog_new (self->vault);
  g_signal_connect_object (dialog, "backups", G_CALLBACK (fob_window_health_backups_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

void
fob_window_class_install_pages (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.trash", NULL, fob_window_trash_action);
  gtk_widget_class_install_action (widget_class, "win.health", NULL, fob_window_health_action);
}
