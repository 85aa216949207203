/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-backup-page.h"

#include <glib/gi18n-lib.h>

#include "fob-backup-text.h"
#include "fob-passphrase-dialog.h"
#include "fob-settings.h"

struct _FobBackupPage
{
  AdwPreferencesPage parent_instance;

  AdwActionRow *folder_row;
  GtkWidget *clear_folder_button;
  AdwActionRow *passphrase_row;
  GtkButton *passphrase_button;
  AdwActionRow *status_row;
  GtkSpinner *spinner;
  GtkWidget *run_button;
  GtkLabel *message_label;
  GtkWidget *time_machine_row;

  FobBackups *backups;
  GCancellable *cancellable;
  gboolean has_passphrase;
  gboolean busy; /* a new passphrase is being set */
  char *trouble; /* with the passphrase; NULL for none */
};

G_DEFINE_FINAL_TYPE (FobBackupPage, fob_backup_page, ADW_TYPE_PREFERENCES_PAGE)

/* Looks */

static const char *
get_passphrase_text (FobBackupPage *self)
{
  if (fob_backups_uses_vault_passphrase (self->backups))
    return _ ("Backups open with the passphrase of your vault.");
  if (self->has_passphrase)
    return _ ("It is set. Copies from before a change keep the passphrase of their time.");

  return _ ("None is set yet. Backups open with it; nobody can recover a forgotten one.");
}

static void
fob_backup_page_update (FobBackupPage *self)
{
  const FobBackupStatus *status = fob_backups_get_status (self->backups);
  GFile *folder = fob_backups_get_folder (self->backups);
  g_autofree char *name = folder != NULL ? fob_backup_text_dup_folder (folder) : NULL;
  g_autofree char *escaped = name != NULL ? g_markup_escape_text (name, -1) : NULL;
  g_autofree char *summary =
    fob_backup_text_summarise (status, g_get_real_time () / G_USEC_PER_SEC);
  const char *message = self->trouble != NULL ? self->trouble : status->error;
  const gboolean running = fob_backups_is_running (self->backups) || self->busy;

  adw_action_row_set_subtitle (
    self->folder_row, escaped != NULL ? escaped : _ ("None is chosen, so no backups are made."));
  gtk_widget_set_visible (self->clear_folder_button, folder != NULL);
  adw_action_row_set_subtitle (self->passphrase_row, get_passphrase_text (self));
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_button),
                          !fob_backups_uses_vault_passphrase (self->backups));
  adw_action_row_set_subtitle (self->status_row, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running);
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_widget_set_sensitive (self->run_button, folder != NULL && self->has_passphrase && !running);
  gtk_widget_set_sensitive (self->time_machine_row, folder != NULL);
  gtk_label_set_text (self->message_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), message != NULL && folder != NULL);
}

static void
fob_backup_page_set_trouble (FobBackupPage *self, const char *message)
{
  g_free (self->trouble);
  self->trouble = g_strdup (message);
}

static void
fob_backup_page_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;

  self->has_passphrase = fob_backups_check_passphrase_finish (FOB_BACKUPS (source), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  fob_backup_page_set_trouble (self, error != NULL ? error->message : NULL);
  fob_backup_page_update (self);
}

/* The folder */

static void
fob_backup_page_folder_chosen_cb (FobBackupPage *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) folder = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  fob_settings_set_backup_folder (folder);
  fob_backups_set_folder (self->backups, folder);
}

static void
fob_backup_page_choose_folder_cb (FobBackupPage *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Folder for Backups"),
                                 GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("C_hoose"), NULL);
  GFile *folder = fob_backups_get_folder (self->backups);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (fob_backup_page_folder_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
fob_backup_page_clear_folder_cb (FobBackupPage *self)
{
  fob_settings_set_backup_folder (NULL);
  fob_backups_set_folder (self->backups, NULL);
}

/* Passphrase and backup */

static void
fob_backup_page_ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;

  /* The status says how it went. */
  if (!fob_backups_run_finish (FOB_BACKUPS (source), result, &error))
    g_debug ("No backup was made: %s", error->message);
}

static void
fob_backup_page_run_cb (FobBackupPage *self)
{
  /* It is seen through when the page goes away. */
  fob_backups_run_async (self->backups, NULL, fob_backup_page_ran_cb, g_object_ref (self));
}

static void
fob_backup_page_passphrase_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean done = fob_backups_set_passphrase_finish (FOB_BACKUPS (source), result, &error);

  self->busy = FALSE;
  self->has_passphrase = self->has_passphrase || done;
  fob_backup_page_set_trouble (self, error != NULL ? error->message : NULL);
  /* So that there is a copy that opens with it. */
  if (done && fob_backups_get_folder (self->backups) != NULL)
    fob_backup_page_run_cb (self);
  if (!g_cancellable_is_cancelled (self->cancellable))
    fob_backup_page_update (self);
}

static void
fob_backup_page_passphrase_chosen_cb (FobBackupPage *self,
                                      FobSecret *passphrase,
                                      FobSecret *current)
{
  self->busy = TRUE;
  fob_backup_page_update (self);
  fob_backups_set_passphrase_async (self->backups, passphrase, NULL,
                                    fob_backup_page_passphrase_set_cb, g_object_ref (self));
}

static void
fob_backup_page_set_passphrase_cb (FobBackupPage *self)
{
  FobPassphraseDialog *dialog = fob_passphrase_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), FOB_PASSPHRASE_DIALOG_SET,
    _ ("Backup Passphrase"),
    _ ("Write it down and keep it in a safe place. When this computer is lost it is the only way "
       "to open the backups."));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (fob_backup_page_passphrase_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The ways back belong to the main window. */
typedef struct
{
  GtkWindow *window;
  const char *action;
} Activation;

static gboolean
fob_backup_page_activate_cb (gpointer user_data)
{
  Activation *activation = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (activation->window);

  /* It is told of as gone with its last reference. */
  gtk_window_destroy (activation->window);
  g_object_unref (activation->window);
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), activation->action, NULL);
  g_free (activation);

  return G_SOURCE_REMOVE;
}

/* Not from within the click: GTK 4.8 complains about a window that is gone when it ends. */
static void
fob_backup_page_activate (FobBackupPage *self, const char *action)
{
  Activation *activation = g_new0 (Activation, 1);

  activation->window = g_object_ref (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  activation->action = action;
  g_idle_add (fob_backup_page_activate_cb, activation);
}

static void
fob_backup_page_time_machine_cb (FobBackupPage *self)
{
  fob_backup_page_activate (self, "win.time-machine");
}

static void
fob_backup_page_restore_cb (FobBackupPage *self)
{
  fob_backup_page_activate (self, "win.restore");
}

/* Life */

static void
fob_backup_page_dispose (GObject *object)
{
  g_cancellable_cancel (FOB_BACKUP_PAGE (object)->cancellable);

  G_OBJECT_CLASS (fob_backup_page_parent_class)->dispose (object);
}

static void
fob_backup_page_finalize (GObject *object)
{
  FobBackupPage *self = FOB_BACKUP_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->backups);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (fob_backup_page_parent_class)->finalize (object);
}

static void
fob_backup_page_class_init (FobBackupPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_backup_page_dispose;
  object_class->finalize = fob_backup_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-backup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, clear_folder_button);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, passphrase_button);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, status_row);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, run_button);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, FobBackupPage, time_machine_row);
  gtk_widget_class_bind_template_callback (widget_class, fob_backup_page_choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_backup_page_clear_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_backup_page_set_passphrase_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_backup_page_run_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_backup_page_time_machine_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_backup_page_restore_cb);
}

static void
fob_backup_page_init (FobBackupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
}

FobBackupPage *
fob_backup_page_new (FobBackups *backups)
{
  FobBackupPage *self = g_object_new (FOB_TYPE_BACKUP_PAGE, NULL);

  self->backups = g_object_ref (backups);
  g_signal_connect_object (backups, "changed", G_CALLBACK (fob_backup_page_update), self,
                           G_CONNECT_SWAPPED);
  fob_backup_page_update (self);
  fob_backups_check_passphrase_async (backups, self->cancellable, fob_backup_page_checked_cb,
                                      g_object_ref (self));

  return self;
}
