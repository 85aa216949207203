/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-backup-find.h"
#include "fob-backup-text.h"
#include "fob-file-store.h"
#include "fob-preferences.h"
#include "fob-restore-dialog.h"
#include "fob-settings.h"
#include "fob-time-machine.h"
#include "fob-window-private.h"

/* A folder that is away for shorter than this is nobody's business. */
#define PATIENCE_SECONDS (24 * 60 * 60)

/* The banner */

static gboolean
has_failed_for_long (const FobBackupStatus *status)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return status->failed > 0 && status->error != NULL &&
         (status->made == 0 || status->made + PATIENCE_SECONDS < now);
}

/* One thing at a time, the most pressing first. */
static void
fob_window_update_banner (FobWindow *self)
{
  const gboolean ready = self->backups != NULL && self->vault != NULL &&
                         fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY;
  const FobBackupStatus *status = ready ? fob_backups_get_status (self->backups) : NULL;
  const gboolean has_folder = ready && fob_backups_get_folder (self->backups) != NULL;

  if (ready && self->conflicts != NULL && fob_conflict_copies_get_n_copies (self->conflicts) > 0)
    fob_banner_show (self->banner,
                     _ ("Your accounts were changed on two computers at once, and your sync "
                        "program left a second copy of them."),
                     _ ("_Merge…"), "win.merge-conflict", FALSE);
  else if (has_folder && has_failed_for_long (status))
    fob_banner_show (self->banner, status->error, _ ("_Backups…"), "win.backups", FALSE);
  else if (ready && !has_folder && status->made == 0 &&
           g_list_model_get_n_items (G_LIST_MODEL (self->vault)) > 0 &&
           !fob_settings_get_backup_hint_dismissed ())
    fob_banner_show (self->banner,
                     _ ("Your accounts are on this computer alone. With a backup they are safe "
                        "when it is lost."),
                     _ ("_Set Up Backups…"), "win.backups", TRUE);
  else
    fob_banner_hide (self->banner);
}

static void
fob_window_banner_dismissed_cb (FobWindow *self)
{
  fob_settings_set_backup_hint_dismissed (TRUE);
}

/* Dialogs */

static gboolean
fob_window_has_dialog (FobWindow *self)
{
  if (self->dialog != NULL)
    gtk_window_present (self->dialog);

  return self->dialog != NULL;
}

static void
fob_window_restored_cb (FobWindow *self, FobEdit *inverse)
{
  fob_window_toast_undo (self, _ ("Backup restored"), inverse);
}

static FobRestoreDialog *
fob_window_create_restore_dialog (FobWindow *self)
{
  FobRestoreDialog *dialog = fob_restore_dialog_new (self->vault, FOB_MERGE_RESTORE);

  g_signal_connect_object (dialog, "restored", G_CALLBACK (fob_window_restored_cb), self,
                           G_CONNECT_SWAPPED);

  return dialog;
}

void
fob_window_restore_file (FobWindow *self, GFile *file)
{
  FobRestoreDialog *dialog;

  if (fob_window_has_dialog (self) || fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return;
  dialog = fob_window_create_restore_dialog (self);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
  fob_restore_dialog_open_file (dialog, file);
}

static void
fob_window_restore_chosen_cb (FobWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  fob_window_restore_file (self, file);
}

/* @chosen_cb: (FobWindow *, int response, GtkNativeDialog *) */
static void
fob_window_choose_backup (FobWindow *self, GCallback chosen_cb)
{
  GtkFileChooserNative *chooser;
  GFile *folder = self->backups != NULL ? fob_backups_get_folder (self->backups) : NULL;

  chooser = gtk_file_chooser_native_new (_ ("Restore Backup"), GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect_object (chooser, "response", chosen_cb, self, G_CONNECT_SWAPPED);
  g_signal_connect_after (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
fob_window_restore_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);

  if (!fob_window_has_dialog (self))
    fob_window_choose_backup (self, G_CALLBACK (fob_window_restore_chosen_cb));
}

/* The time machine */

static void
fob_window_one_restored_cb (FobWindow *self, const char *message, FobEdit *inverse)
{
  fob_window_toast_undo (self, message, inverse);
}

static void
fob_window_restore_all_cb (FobWindow *self, FobPayload *payload, GtkWindow *time_machine)
{
  FobRestoreDialog *dialog = fob_window_create_restore_dialog (self);

  fob_window_present_dialog (self, GTK_WINDOW (dialog));
  fob_restore_dialog_open_payload (dialog, payload);
}

static void
fob_window_time_machine_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  FobTimeMachine *dialog;

  if (fob_window_has_dialog (self))
    return;
  dialog = fob_time_machine_new (self->backups);
  g_signal_connect_object (dialog, "restored", G_CALLBACK (fob_window_one_restored_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "restore-all", G_CALLBACK (fob_window_restore_all_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

static void
fob_window_present_preferences (FobWindow *self, const char *page)
{
  const gboolean ready =
    self->vault != NULL && fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY;

  if (!fob_window_has_dialog (self))
    fob_window_present_dialog (self, fob_preferences_new (ready ? self->vault : NULL, self->backups,
                                                          page));
}

static void
fob_window_backups_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_present_preferences (FOB_WINDOW (widget), "backups");
}

static void
fob_window_preferences_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_present_preferences (FOB_WINDOW (widget), NULL);
}

/* Conflict copies */

static void
fob_window_conflict_merged_cb (FobWindow *self, FobEdit *inverse, FobRestoreDialog *dialog)
{
  const char *path = g_object_get_data (G_OBJECT (dialog), "path");
  g_autoptr (GError) error = NULL;

  fob_window_toast_undo (self, _ ("Conflict copy merged"), inverse);
  if (!fob_conflict_copies_set_aside (path, &error))
    fob_window_toast (self, error->message);
  fob_conflict_copies_refresh (self->conflicts);
}

static void
fob_window_merge_conflict_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (GFile) file = NULL;
  FobRestoreDialog *dialog;
  const char *path;

  if (fob_window_has_dialog (self) || self->conflicts == NULL ||
      fob_conflict_copies_get_n_copies (self->conflicts) == 0)
    return;

  path = fob_conflict_copies_get_path (self->conflicts, 0);
  file = g_file_new_for_path (path);
  dialog = fob_restore_dialog_new (self->vault, FOB_MERGE_SYNC);
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "restored", G_CALLBACK (fob_window_conflict_merged_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
  fob_restore_dialog_open_file (dialog, file);
}

/* Recovery: what was there is gone, and a copy is known. */

static void
fob_window_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_autoptr (GPtrArray) found = fob_backup_find_finish (result, NULL);

  if (found != NULL && !g_cancellable_is_cancelled (self->cancellable) &&
      fob_vault_get_loss (self->vault) != NULL)
    fob_recovery_page_set_backups (self->recovery_page, found);
}

void
fob_window_offer_recovery (FobWindow *self)
{
  fob_backup_find_async (self->cancellable, fob_window_found_cb, g_object_ref (self));
}

static void
fob_window_recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Where it fails the page says why; where a passphrase is wanted first, the backup waits. */
  if (fob_vault_accept_finish (FOB_VAULT (source), result, &error))
    return;
  g_debug ("What is there was not opened: %s", error->message);
  if (fob_vault_get_state (self->vault) == FOB_VAULT_STATE_FAILED)
    g_clear_object (&self->recovery_file);
}

/* The backup comes into what is left, or into nothing; nothing is overwritten before. */
void
fob_window_recover (FobWindow *self, GFile *file)
{
  g_set_object (&self->recovery_file, file);
  fob_vault_accept_async (self->vault, self->cancellable, fob_window_recovered_cb,
                          g_object_ref (self));
}

static void
fob_window_recover_chosen_cb (FobWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  fob_window_recover (self, file);
}

static void
fob_window_recover_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_choose_backup (FOB_WINDOW (widget), G_CALLBACK (fob_window_recover_chosen_cb));
}

/* Setting up */

static const char *const actions[] = { "win.backups", "win.restore", "win.time-machine",
                                       "win.merge-conflict" };

void
fob_window_setup_backup (FobWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], FALSE);
}

static void
fob_window_vault_changed_cb (FobWindow *self)
{
  const gboolean ready = fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], ready);
  fob_window_update_banner (self);
}

void
fob_window_set_backups (FobWindow *self, FobBackups *backups)
{
  FobVault *vault = fob_backups_get_vault (backups);
  FobStore *store = fob_vault_get_store (vault);

  g_return_if_fail (FOB_IS_WINDOW (self));

  g_set_object (&self->backups, backups);
  g_clear_object (&self->conflicts);
  if (FOB_IS_FILE_STORE (store))
    {
      self->conflicts = fob_conflict_copies_new (fob_file_store_get_path (FOB_FILE_STORE (store)));
      g_signal_connect_object (self->conflicts, "notify::n-copies",
                               G_CALLBACK (fob_window_update_banner), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (backups, "changed", G_CALLBACK (fob_window_update_banner), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (fob_window_vault_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vault, "items-changed", G_CALLBACK (fob_window_update_banner), self,
                           G_CONNECT_SWAPPED);
  fob_window_vault_changed_cb (self);
}

void
fob_window_class_install_backup (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, fob_window_banner_dismissed_cb);
  gtk_widget_class_install_action (widget_class, "win.backups", NULL, fob_window_backups_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL,
                                   fob_window_preferences_action);
  gtk_widget_class_install_action (widget_class, "win.restore", NULL, fob_window_restore_action);
  gtk_widget_class_install_action (widget_class, "win.time-machine", NULL,
                                   fob_window_time_machine_action);
  gtk_widget_class_install_action (widget_class, "win.recover", NULL, fob_window_recover_action);
  gtk_widget_class_install_action (widget_class, "win.merge-conflict", NULL,
                                   fob_window_merge_conflict_action);
}
