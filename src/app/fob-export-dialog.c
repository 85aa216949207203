/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-export-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-backup-folder.h"
#include "fob-export.h"
#include "fob-uri-lines.h"
#include "fob-wipe.h"

/* Short ones fall to a guess. */
#define PASSPHRASE_CHARS_MIN 8

struct _FobExportDialog
{
  AdwWindow parent_instance;

  AdwPreferencesRow *accounts_row;
  AdwComboRow *format_row;
  GtkWidget *export_button;
  GtkWidget *passphrase_group;
  GtkEditable *passphrase_row;
  GtkEditable *repeat_row;
  AdwPreferencesGroup *losses_group;
  GtkLabel *message_label;
  GtkSpinner *spinner;

  FobVault *vault;
  GPtrArray *accounts; /* of FobAccount */
  GPtrArray *formats;  /* of FobFormat, as they stand in the row */
  GPtrArray *loss_rows;
  FobExport *plan;
  GCancellable *cancellable;
  gboolean busy;
};

enum
{
  SIGNAL_EXPORTED,
  SIGNAL_CODES,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobExportDialog, fob_export_dialog, ADW_TYPE_WINDOW)

/* State */

static const FobFormat *
fob_export_dialog_get_format (FobExportDialog *self)
{
  const guint selected = adw_combo_row_get_selected (self->format_row);

  /* There is always one that can be written, and always one selected. */
  return self->formats->pdata[MIN (selected, self->formats->len - 1)];
}

static void
fob_export_dialog_show_message (FobExportDialog *self, const char *message)
{
  gtk_label_set_text (self->message_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), message != NULL);
}

static gboolean
fob_export_dialog_is_encrypted (FobExportDialog *self)
{
  const FobFormat *format = fob_export_dialog_get_format (self);

  return format->encrypts &&
         (!format->text || *gtk_editable_get_text (self->passphrase_row) != '\0');
}

/* Returns: (nullable): what is wrong with the passphrase. */
static const char *
fob_export_dialog_check_passphrase (FobExportDialog *self)
{
  const char *passphrase = gtk_editable_get_text (self->passphrase_row);

  if (!fob_export_dialog_is_encrypted (self))
    return NULL;
  if (g_utf8_strlen (passphrase, -1) < PASSPHRASE_CHARS_MIN)
    return _ ("The passphrase is too short. Take at least eight characters, better several words.");
  if (!g_str_equal (passphrase, gtk_editable_get_text (self->repeat_row)))
    return _ ("The two passphrases differ. Type the same one twice.");

  return NULL;
}

static void
fob_export_dialog_update (FobExportDialog *self)
{
  const char *passphrase = gtk_editable_get_text (self->passphrase_row);
  const FobFormat *format = fob_export_dialog_get_format (self);
  const gboolean complete =
    format != NULL &&
    (format->text || (*passphrase != '\0' && *gtk_editable_get_text (self->repeat_row) != '\0'));

  fob_export_dialog_show_message (self, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.export",
                                 complete && !self->busy && self->plan != NULL &&
                                   fob_export_get_n_accounts (self->plan) > 0);
}

static void
fob_export_dialog_add_loss (FobExportDialog *self, const FobExportLoss *loss)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (loss->reason, -1);
  g_autofree char *subtitle =
    g_strdup_printf (ngettext ("%u account", "%u accounts", loss->n_accounts), loss->n_accounts);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (self->losses_group, row);
  g_ptr_array_add (self->loss_rows, row);
}

static void
fob_export_dialog_show_losses (FobExportDialog *self)
{
  const guint n_losses = fob_export_get_n_losses (self->plan);

  for (guint i = 0; i < self->loss_rows->len; i++)
    adw_preferences_group_remove (self->losses_group, self->loss_rows->pdata[i]);
  g_ptr_array_set_size (self->loss_rows, 0);
  for (guint i = 0; i < n_losses; i++)
    fob_export_dialog_add_loss (self, fob_export_get_loss (self->plan, i));
  gtk_widget_set_visible (GTK_WIDGET (self->losses_group), n_losses > 0);
}

/* Screen readers get it without the mark of the mnemonic. */
static void
fob_export_dialog_set_label (FobExportDialog *self, const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", 2);
  g_autofree char *plain = g_strjoinv (NULL, parts);

  gtk_button_set_label (GTK_BUTTON (self->export_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->export_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
}

static void
fob_export_dialog_format_changed_cb (FobExportDialog *self)
{
  const FobFormat *format;
  g_autofree char *subtitle = NULL;

  /* While the row is being filled. */
  if (self->formats->len == 0 || self->accounts == NULL)
    return;

  format = fob_export_dialog_get_format (self);

  g_clear_pointer (&self->plan, fob_export_unref);
  self->plan = fob_export_new (format, self->accounts);
  subtitle = g_strdup_printf (ngettext ("%u of %u account can be written",
                                        "%u of %u accounts can be written", self->accounts->len),
                              fob_export_get_n_accounts (self->plan), self->accounts->len);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->accounts_row), subtitle);
  gtk_widget_set_visible (self->passphrase_group, format->encrypts);
  fob_export_dialog_set_label (self, format->codes ? _ ("_Show QR Codes…") : _ ("_Export…"));
  fob_export_dialog_show_losses (self);
  fob_export_dialog_update (self);
}

static void
fob_export_dialog_set_busy (FobExportDialog *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  fob_export_dialog_update (self);
}

/* Writing */

typedef struct
{
  FobExport *plan;
  FobSecret *passphrase;
  GFile *file;
} Work;

static void
work_free (Work *work)
{
  g_clear_pointer (&work->plan, fob_export_unref);
  g_clear_pointer (&work->passphrase, fob_secret_unref);
  g_clear_object (&work->file);
  g_free (work);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fob_export_serialise (work->plan, work->passphrase, &error);

  if (bytes != NULL && fob_backup_file_write (work->file, bytes, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fob_export_dialog_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobExportDialog *self = FOB_EXPORT_DIALOG (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_signal_emit (self, signals[SIGNAL_EXPORTED], 0, fob_export_get_n_accounts (work->plan),
                     work->file);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  fob_export_dialog_set_busy (self, FALSE);
  fob_export_dialog_show_message (self, error->message);
}

static void
fob_export_dialog_write (FobExportDialog *self, GFile *file)
{
  const char *text = gtk_editable_get_text (self->passphrase_row);
  Work *work = g_new0 (Work, 1);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, fob_export_dialog_written_cb, NULL);

  work->plan = fob_export_ref (self->plan);
  work->file = g_object_ref (file);
  if (fob_export_dialog_is_encrypted (self))
    work->passphrase = fob_secret_new (text, strlen (text));
  g_task_set_source_tag (task, fob_export_dialog_write);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  fob_export_dialog_set_busy (self, TRUE);
  g_task_run_in_thread (task, write_in_thread);
}

static void
fob_export_dialog_file_chosen_cb (FobExportDialog *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  fob_export_dialog_write (self, file);
}

static void
fob_export_dialog_choose_file (FobExportDialog *self)
{
  const FobFormat *format = fob_export_dialog_get_format (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("keyfob-%s%s", date, format->suffix);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _ ("Export Accounts"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (fob_export_dialog_file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Goes nowhere but to the screen, so that no file is left behind. */
static gboolean
fob_export_dialog_show_codes_cb (gpointer user_data)
{
  FobExportDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) texts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);
  const char *cursor;
  const char *line;
  gsize length;

  /* The vault was locked meanwhile. */
  if (self->plan == NULL)
    return G_SOURCE_REMOVE;
  bytes = fob_export_serialise (self->plan, NULL, &error);
  if (bytes == NULL)
    {
      fob_export_dialog_show_message (self, error->message);
      return G_SOURCE_REMOVE;
    }
  cursor = g_bytes_get_data (bytes, NULL);
  while ((line = fob_uri_lines_next (&cursor, &length)) != NULL)
    g_ptr_array_add (texts, g_strndup (line, length));
  g_signal_emit (self, signals[SIGNAL_CODES], 0, _ (fob_export_dialog_get_format (self)->label),
                 texts);

  return G_SOURCE_REMOVE;
}

static void
fob_export_dialog_confirmed_cb (FobExportDialog *self, const char *response)
{
  if (!g_str_equal (response, "export"))
    return;
  /* The question is still up, and would go down with this window under its own feet. */
  if (fob_export_dialog_get_format (self)->codes)
    g_idle_add_full (G_PRIORITY_DEFAULT, fob_export_dialog_show_codes_cb, g_object_ref (self),
                     g_object_unref);
  else
    fob_export_dialog_choose_file (self);
}

static char *
fob_export_dialog_dup_warning (FobExportDialog *self)
{
  const guint n_accounts = fob_export_get_n_accounts (self->plan);

  if (fob_export_dialog_get_format (self)->codes)
    return g_strdup_printf (
      ngettext ("The QR codes hold the secret of %u account. Whoever sees or photographs them can "
                "make your codes.",
                "The QR codes hold the secrets of %u accounts. Whoever sees or photographs them "
                "can make your codes.",
                n_accounts),
      n_accounts);

  return g_strdup_printf (ngettext ("The file will hold the secret of %u account, readable by "
                                    "anybody who gets hold of it. Whoever has the secret can make "
                                    "your codes. Delete the file as soon as the other app has read "
                                    "it.",
                                    "The file will hold the secrets of %u accounts, readable by "
                                    "anybody who gets hold of it. Whoever has the secrets can make "
                                    "your codes. Delete the file as soon as the other app has read "
                                    "it.",
                                    n_accounts),
                          n_accounts);
}

/* A file that anybody can read is asked about first. */
static void
fob_export_dialog_confirm (FobExportDialog *self)
{
  const gboolean codes = fob_export_dialog_get_format (self)->codes;
  g_autofree char *body = fob_export_dialog_dup_warning (self);
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (self), codes ? _ ("Show All Secrets?") : _ ("Export Without Encryption?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "export",
                                    codes ? _ ("_Show QR Codes") : _ ("_Export Unencrypted"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "export",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (fob_export_dialog_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
fob_export_dialog_export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobExportDialog *self = FOB_EXPORT_DIALOG (widget);
  const char *message = fob_export_dialog_check_passphrase (self);

  if (message != NULL)
    fob_export_dialog_show_message (self, message);
  else if (fob_export_dialog_is_encrypted (self))
    fob_export_dialog_choose_file (self);
  else
    fob_export_dialog_confirm (self);
}

static void
fob_export_dialog_vault_state_cb (FobExportDialog *self)
{
  if (fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
fob_export_dialog_dispose (GObject *object)
{
  FobExportDialog *self = FOB_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->plan, fob_export_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (fob_export_dialog_parent_class)->dispose (object);
}

static void
fob_export_dialog_finalize (GObject *object)
{
  FobExportDialog *self = FOB_EXPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->formats, g_ptr_array_unref);
  g_clear_pointer (&self->loss_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (fob_export_dialog_parent_class)->finalize (object);
}

static void
fob_export_dialog_class_init (FobExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_export_dialog_dispose;
  object_class->finalize = fob_export_dialog_finalize;

  signals[SIGNAL_EXPORTED] =
    g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_FILE);
  signals[SIGNAL_CODES] =
    g_signal_new ("codes", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, accounts_row);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, passphrase_group);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, losses_group);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, FobExportDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, fob_export_dialog_format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_export_dialog_update);

  gtk_widget_class_install_action (widget_class, "dialog.export", NULL,
                                   fob_export_dialog_export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fob_export_dialog_init (FobExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->formats = g_ptr_array_new ();
  self->loss_rows = g_ptr_array_new ();
}

/* The one that keeps everything and is encrypted comes first. */
static void
fob_export_dialog_fill_formats (FobExportDialog *self)
{
  const FobFormat *const *formats = fob_format_list ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (gsize i = 0; formats[i] != NULL; i++)
    {
      if (formats[i]->serialise == NULL)
        continue;
      if (formats[i]->encrypts && !formats[i]->text)
        g_ptr_array_insert (self->formats, 0, (gpointer) formats[i]);
      else
        g_ptr_array_add (self->formats, (gpointer) formats[i]);
    }
  for (guint i = 0; i < self->formats->len; i++)
    gtk_string_list_append (labels, _ (((const FobFormat *) self->formats->pdata[i])->label));
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (labels));
}

FobExportDialog *
fob_export_dialog_new (FobVault *vault, GPtrArray *accounts)
{
  FobExportDialog *self = g_object_new (FOB_TYPE_EXPORT_DIALOG, NULL);

  self->vault = g_object_ref (vault);
  self->accounts = g_ptr_array_ref (accounts);
  fob_export_dialog_fill_formats (self);
  fob_export_dialog_format_changed_cb (self);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (fob_export_dialog_vault_state_cb),
                           self, G_CONNECT_SWAPPED);
  /* What there is to do, in the format that comes first. */
  gtk_window_set_focus (GTK_WINDOW (self),
                        GTK_WIDGET (gtk_editable_get_delegate (self->passphrase_row)));

  return self;
}
