/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-export.h"
#include "fob-paper-parts.h"
#include "fob-paper-print.h"
#include "fob-passphrase-dialog.h"
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
fob_window_print (FobWindow *self, GPtrArray *parts)
{
  g_autoptr (GtkPrintOperation) operation = fob_paper_print_new (self->vault, parts);
  g_autoptr (GError) error = NULL;

  g_signal_connect_object (operation, "done", G_CALLBACK (fob_window_printed_cb), self,
                           G_CONNECT_SWAPPED);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (self), &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    fob_window_print_failed (self, error);
}

/* Encrypted */

static void
encrypt_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FobSecret *passphrase = g_object_get_data (G_OBJECT (task), "fob-passphrase");
  g_autoptr (FobExport) plan = fob_export_new (fob_format_find ("keyfob"), task_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = fob_export_serialise (plan, passphrase, &error);
  GPtrArray *parts = file != NULL ? fob_paper_parts_split (file, &error) : NULL;

  if (parts != NULL)
    g_task_return_pointer (task, parts, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fob_window_encrypted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobWindow *self = FOB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->cancellable) ||
      fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return;
  if (parts != NULL)
    fob_window_print (self, parts);
  else
    fob_window_toast (self, error->message);
}

/* Pictures would take many pages, and are no loss. */
static GPtrArray *
fob_window_list_without_icons (FobWindow *self)
{
  const guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->vault));
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (G_LIST_MODEL (self->vault), i);

      g_ptr_array_add (accounts, fob_account_with_icon (account, NULL, NULL));
    }

  return accounts;
}

static void
fob_window_passphrase_chosen_cb (FobWindow *self, FobSecret *passphrase)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, fob_window_encrypted_cb, NULL);

  g_task_set_source_tag (task, fob_window_passphrase_chosen_cb);
  g_task_set_task_data (task, fob_window_list_without_icons (self),
                        (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data_full (G_OBJECT (task), "fob-passphrase", fob_secret_ref (passphrase),
                          (GDestroyNotify) fob_secret_unref);
  g_task_run_in_thread (task, encrypt_in_thread);
}

static void
fob_window_ask_passphrase (FobWindow *self)
{
  FobPassphraseDialog *dialog = fob_passphrase_dialog_new (
    GTK_WINDOW (self), FOB_PASSPHRASE_DIALOG_SET, _ ("Encrypt the Paper Backup"),
    _ ("Without this passphrase nobody can read the sheet, not even you. Keep it in another "
       "place."));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (fob_window_passphrase_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

/* What to print */

static void
fob_window_print_confirmed_cb (FobWindow *self, const char *response)
{
  if (g_str_equal (response, "readable"))
    fob_window_print (self, NULL);
  else if (g_str_equal (response, "encrypted"))
    fob_window_ask_passphrase (self);
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
    _ ("An encrypted sheet takes a passphrase, and Keyfob to restore it. A readable one any "
       "authenticator app can scan, and anybody who gets hold of it: use a printer that you "
       "trust, and keep the paper where you keep your passports."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "readable", _ ("Print _Readable…"), "encrypted",
                                    _ ("Print _Encrypted…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "readable",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (fob_window_print_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

void
fob_window_class_install_paper (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.print", NULL, fob_window_print_action);
}
