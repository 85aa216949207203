/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-window-private.h"

/* Alt and a number copies the code of a row. Which is which is shown while Alt is held. */

static gboolean
fob_window_key_pressed_cb (FobWindow *self, guint key)
{
  if (key == GDK_KEY_Alt_L || key == GDK_KEY_Alt_R)
    fob_account_list_set_hints (self->account_list, TRUE);

  return GDK_EVENT_PROPAGATE;
}

static void
fob_window_key_released_cb (FobWindow *self, guint key)
{
  if (key == GDK_KEY_Alt_L || key == GDK_KEY_Alt_R)
    fob_account_list_set_hints (self->account_list, FALSE);
}

/* Alt may be let go in another window. */
static void
fob_window_active_cb (FobWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    fob_account_list_set_hints (self->account_list, FALSE);
}

static void
fob_window_copy_row_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account =
    fob_account_list_dup_shown (self->account_list, g_variant_get_uint32 (parameter) - 1);

  if (account != NULL)
    fob_window_copy_account (self, account, FALSE);
}

void
fob_window_setup_hints (FobWindow *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (fob_window_key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "key-released", G_CALLBACK (fob_window_key_released_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (fob_window_active_cb), NULL);
}

void
fob_window_class_install_hints (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.copy-row", "u", fob_window_copy_row_action);
  for (guint i = 0; i < FOB_ACCOUNT_LIST_N_HINTS; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK,
                                           "win.copy-row", "u", i + 1);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_1 + i, GDK_ALT_MASK,
                                           "win.copy-row", "u", i + 1);
    }
}
