/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#ifdef HAVE_CAMERA
#include "fob-camera-dialog.h"
#endif
#include "fob-screenshot.h"
#include "fob-window-private.h"

static void
fob_window_screenshot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = fob_screenshot_take_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* It may have been locked meanwhile. */
  if (fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return;
  if (image != NULL)
    fob_window_take_source (self, _ ("Screen"), image, NULL);
  else
    fob_window_toast (self, error->message);
}

static void
fob_window_scan_screen_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);

  fob_screenshot_take_async (self->cancellable, fob_window_screenshot_cb, g_object_ref (self));
}

#ifdef HAVE_CAMERA
static void
fob_window_scanned_cb (FobWindow *self, const char *text)
{
  /* Its place is needed. */
  g_clear_pointer (&self->dialog, gtk_window_destroy);
  fob_window_take_text (self, text);
}

static void
fob_window_scan_camera_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  FobCameraDialog *dialog;

  if (self->dialog != NULL)
    {
      gtk_window_present (self->dialog);
      return;
    }

  dialog = fob_camera_dialog_new ();
  g_signal_connect_object (dialog, "scanned", G_CALLBACK (fob_window_scanned_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}
#endif

void
fob_window_class_install_scan (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.scan-screen", NULL,
                                   fob_window_scan_screen_action);
#ifdef HAVE_CAMERA
  gtk_widget_class_install_action (widget_class, "win.scan-camera", NULL,
                                   fob_window_scan_camera_action);
#endif
}
