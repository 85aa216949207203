/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-paper-print.h"
#include "fob-window-private.h"

static void
fob_window_print_failed (FobWindow *self, const GError *error)
{
  g_debug ("Not printed: %s", error != NULL ? error->message : "no reason given");
  fob_window_toast (self, _ ("The backup could not be printed. Look whether the printer is there, "
                             "and print again."));
}

static void
fob_window_printed_cb (FobWindow *self,
                       GtkPrintOperationResult result,
                       GtkPrintOperation *operation)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    fob_window_toast (self, _ ("Backup sent to the printer"));
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  fob_window_print_failed (self, error);
}

static void
fob_window_print_confirmed_cb (FobWindow *self, const char *response)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "print"))
    return;

  operation = fob_paper_print_new (self->vault);
  g_signal_connect_object (operation, "done", G_CALLBACK (fob_window_printed_cb), self,
                           G_CONNECT_SWAPPED);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (self), &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    fob_window_print_failed (self, error);
}

static void
fob_window_print_dialog_gone_cb (FobWindow *self)
{
  self->dialog = NULL;
}

/* Paper lies about: that is said first. */
static void
fob_window_print_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  GtkWidget *dialog;

  if (self->dialog != NULL)
    {
      gtk_window_present (self->dialog);
      return;
    }
  dialog = adw_message_dialog_new (
    GTK_WINDOW (self), _ ("Print a Paper Backup?"),
    _ (
      "The sheet holds the secrets of all accounts, readable by anybody who gets hold of it. Use a "
      "printer that you trust, and keep the paper where you keep your passports."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "print",
                                    _ ("_Print…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "print",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  self->dialog = GTK_WINDOW (dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (fob_window_print_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (fob_window_print_dialog_gone_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->dialog);
}

void
fob_window_class_install_paper (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print", NULL, fob_window_print_action);
}
