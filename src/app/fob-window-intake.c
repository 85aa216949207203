/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-export-dialog.h"
#include "fob-icon-adder.h"
#include "fob-icon-store.h"
#include "fob-import-dialog.h"
#include "fob-otp-uri.h"
#include "fob-window-private.h"
#include "fob-wipe.h"

static void
fob_window_imported_cb (FobWindow *self, FobEdit *inverse, guint n_accounts)
{
  g_autofree char *message = g_strdup_printf (
    ngettext ("%u account imported", "%u accounts imported", n_accounts), n_accounts);

  fob_window_toast_undo (self, message, inverse);
}

static void
fob_window_icons_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobIconPack) pack =
    fob_icon_store_add_finish (FOB_ICON_STORE (source), result, &error);
  g_autofree char *message = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  message = pack != NULL ? fob_icon_adder_dup_message (pack) : g_strdup (error->message);
  fob_window_toast (self, message);
}

static void
fob_window_icon_pack_cb (FobWindow *self, GBytes *zip)
{
  fob_icon_store_add_async (fob_icon_store_get_default (), zip, NULL, self->cancellable,
                            fob_window_icons_added_cb, g_object_ref (self));
}

/* Returns: (transfer none) (nullable): NULL while another dialog is open. */
static FobImportDialog *
fob_window_get_import_dialog (FobWindow *self)
{
  FobImportDialog *dialog;

  if (self->dialog != NULL)
    {
      gtk_window_present (self->dialog);
      return FOB_IS_IMPORT_DIALOG (self->dialog) ? FOB_IMPORT_DIALOG (self->dialog) : NULL;
    }

  dialog = fob_import_dialog_new (self->vault, self->clock);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (fob_window_imported_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "icon-pack", G_CALLBACK (fob_window_icon_pack_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));

  return dialog;
}

/* @bytes, @file: one of them */
void
fob_window_take_source (FobWindow *self, const char *name, GBytes *bytes, GFile *file)
{
  FobImportDialog *dialog = fob_window_get_import_dialog (self);
  g_autoptr (FobImportSource) source = NULL;

  if (dialog == NULL)
    return;

  source = fob_import_source_new (name, bytes, file);
  fob_import_dialog_add_source (dialog, source);
}

/* One link is looked at and completed by hand; it says itself what is wrong with it. */
static gboolean
is_one_link (const char *text)
{
  return fob_otp_uri_probe (text, -1) && strpbrk (text, "\r\n") == NULL;
}

void
fob_window_take_text (FobWindow *self, const char *text)
{
  g_auto (FobWipedString) stripped = g_strstrip (g_strdup (text));
  const gsize length = strlen (stripped);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FobDocument) document = NULL;

  if (!is_one_link (stripped) || FOB_IS_IMPORT_DIALOG (self->dialog))
    {
      bytes = fob_wipe_bytes_new_take (g_strdup (stripped), length);
      document = fob_document_new (bytes, NULL);
    }
  if (document != NULL && fob_format_recognise (document, NULL) != NULL)
    fob_window_take_source (self, "", bytes, NULL);
  else
    fob_window_open_dialog (self, NULL, stripped);
}

void
fob_window_take_files (FobWindow *self, GListModel *files)
{
  const guint n_files = g_list_model_get_n_items (files);

  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

      fob_window_take_source (self, name, NULL, file);
    }
}

/* Choosing files */

static void
fob_window_files_chosen_cb (FobWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  fob_window_take_files (self, files);
}

static void
fob_window_import_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _ ("Import Accounts"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (fob_window_files_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Exporting */

static void
fob_window_exported_cb (FobWindow *self, guint n_accounts)
{
  g_autofree char *message = g_strdup_printf (
    ngettext ("%u account exported", "%u accounts exported", n_accounts), n_accounts);

  fob_window_toast (self, message);
}

static void
fob_window_codes_cb (FobWindow *self, const char *title, GPtrArray *texts)
{
  g_clear_pointer (&self->dialog, gtk_window_destroy);
  fob_window_show_codes (self, title, texts);
}

/* @accounts: (element-type FobAccount) */
void
fob_window_export (FobWindow *self, GPtrArray *accounts)
{
  FobExportDialog *dialog;

  if (self->dialog != NULL)
    {
      gtk_window_present (self->dialog);
      return;
    }

  dialog = fob_export_dialog_new (self->vault, accounts);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (fob_window_exported_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "codes", G_CALLBACK (fob_window_codes_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

static void
fob_window_export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  const guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->vault));
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_accounts; i++)
    g_ptr_array_add (accounts, g_list_model_get_item (G_LIST_MODEL (self->vault), i));
  fob_window_export (self, accounts);
}

/* Images */

static void
fob_window_encode_in_thread (GTask *task,
                             gpointer source,
                             gpointer task_data,
                             GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (task_data),
                         (GDestroyNotify) g_bytes_unref);
}

static void
fob_window_encoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobWindow *self = FOB_WINDOW (source);
  g_autoptr (GBytes) image = g_task_propagate_pointer (G_TASK (result), NULL);

  if (image != NULL && fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY)
    fob_window_take_source (self, _ ("Image"), image, NULL);
}

/* A large one takes a moment to become a file. */
static void
fob_window_take_texture (FobWindow *self, GdkTexture *texture)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, fob_window_encoded_cb, NULL);

  g_task_set_source_tag (task, fob_window_take_texture);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, fob_window_encode_in_thread);
}

/* Pasting */

static void
fob_window_pasted_nothing (FobWindow *self)
{
  fob_window_toast (self, _ ("There is no link and no picture of a QR code on the clipboard. Copy "
                             "one first."));
}

static void
fob_window_pasted_texture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_autoptr (GdkTexture) texture =
    gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (texture != NULL)
    fob_window_take_texture (self, texture);
  else
    fob_window_pasted_nothing (self);
}

static gboolean
has_picture (GdkClipboard *clipboard)
{
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
    gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE);
}

static void
fob_window_pasted_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobWindow) self = user_data;
  g_auto (FobWipedString) text =
    gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  /* What it holds is told a moment after it was copied. */
  if (has_picture (GDK_CLIPBOARD (source)))
    gdk_clipboard_read_texture_async (GDK_CLIPBOARD (source), self->cancellable,
                                      fob_window_pasted_texture_cb, g_object_ref (self));
  else if (text != NULL && *text != '\0')
    fob_window_take_text (self, text);
  else
    fob_window_pasted_nothing (self);
}

static void
fob_window_paste_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);

  /* Some programs put a picture and its address there. */
  if (has_picture (clipboard))
    gdk_clipboard_read_texture_async (clipboard, self->cancellable, fob_window_pasted_texture_cb,
                                      g_object_ref (self));
  else
    gdk_clipboard_read_text_async (clipboard, self->cancellable, fob_window_pasted_text_cb,
                                   g_object_ref (self));
}

/* Dropping */

static gboolean
fob_window_drop_cb (FobWindow *self, const GValue *value)
{
  if (self->vault == NULL || fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return FALSE;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *list = g_value_get_boxed (value);
      g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

      for (GSList *l = list; l != NULL; l = l->next)
        g_list_store_append (files, l->data);
      fob_window_take_files (self, G_LIST_MODEL (files));
      return TRUE;
    }
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      fob_window_take_texture (self, g_value_get_object (value));
      return TRUE;
    }
  if (G_VALUE_HOLDS_STRING (value))
    {
      fob_window_take_text (self, g_value_get_string (value));
      return TRUE;
    }

  return FALSE;
}

void
fob_window_setup_intake (FobWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (fob_window_drop_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
fob_window_class_install_intake (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, fob_window_paste_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, fob_window_import_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, fob_window_export_action);
}
