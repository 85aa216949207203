/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-adder.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-icon-store.h"

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  FobIconPack *pack = fob_icon_store_add_finish (FOB_ICON_STORE (source), result, &error);

  if (pack != NULL)
    g_task_return_pointer (task, pack, (GDestroyNotify) fob_icon_pack_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
chosen_cb (GTask *task, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was chosen");
      return;
    }

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  fob_icon_store_add_async (fob_icon_store_get_default (), NULL, file,
                            g_task_get_cancellable (task), added_cb, g_object_ref (task));
}

void
fob_icon_adder_run_async (GtkWindow *parent,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _ ("Add Icon Pack"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_task_set_source_tag (task, fob_icon_adder_run_async);
  gtk_file_filter_set_name (filter, _ ("Icon packs (ZIP)"));
  gtk_file_filter_add_suffix (filter, "zip");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_object_set_data_full (G_OBJECT (chooser), "fob-task", task, g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), task, G_CONNECT_SWAPPED);
  g_signal_connect_after (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

char *
fob_icon_adder_dup_message (FobIconPack *pack)
{
  const guint n_icons = fob_icon_pack_get_n_icons (pack);
  g_autofree char *name = fob_display_text (fob_icon_pack_get_name (pack));

  /* Translators: the name of an icon pack, how many icons are in it */
  return g_strdup_printf (ngettext ("%s added, with %u icon", "%s added, with %u icons", n_icons),
                          name, n_icons);
}

gboolean
fob_icon_adder_run_finish (GAsyncResult *result, char **message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobIconPack) pack = g_task_propagate_pointer (G_TASK (result), &error);

  *message = NULL;
  if (pack != NULL)
    *message = fob_icon_adder_dup_message (pack);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    *message = g_strdup (error->message);

  return pack != NULL;
}
