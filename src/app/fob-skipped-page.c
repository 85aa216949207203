/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-skipped-page.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-import-report.h"
#include "fob-import-source.h"

/* More skipped entries than this are in the report alone. */
#define MOST_SHOWN 100

struct _FobSkippedPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *group;

  GPtrArray *rows;    /* of GtkWidget, borrowed */
  GPtrArray *sources; /* of FobImportSource */
  GCancellable *cancellable;
};

enum
{
  SIGNAL_BACK,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobSkippedPage, fob_skipped_page, ADW_TYPE_PREFERENCES_PAGE)

static void
fob_skipped_page_add_row (FobSkippedPage *self, const FobImportSkip *skip)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = fob_display_text (skip->name);
  g_autofree char *title = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *reason = g_markup_escape_text (skip->reason, -1);

  title = *name != '\0' ? g_steal_pointer (&name)
                        /* Translators: the place of an entry in the file that it comes from */
                        : g_strdup_printf (_ ("Entry %u"), skip->index + 1);
  markup = g_markup_escape_text (title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fob_skipped_page_back_cb (FobSkippedPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

/* The report */

static void
fob_skipped_page_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobSkippedPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Translators: the reason that the system gives */
  message = g_strdup_printf (_ ("The report was not saved: %s"), error->message);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

static void
fob_skipped_page_chosen_cb (FobSkippedPage *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GString *report;
  gsize length;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  report = g_string_new (NULL);
  for (guint i = 0; i < self->sources->len; i++)
    fob_import_report_append (report, fob_import_source_get_name (self->sources->pdata[i]),
                              fob_import_source_get_format (self->sources->pdata[i]),
                              fob_import_source_get_import (self->sources->pdata[i]));
  length = report->len;
  bytes = g_bytes_new_take (g_string_free (report, FALSE), length);
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       self->cancellable, fob_skipped_page_saved_cb,
                                       g_object_ref (self));
}

static void
fob_skipped_page_save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Save Report"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _ ("Import report.txt"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (fob_skipped_page_chosen_cb), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Widget */

static void
fob_skipped_page_dispose (GObject *object)
{
  g_cancellable_cancel (FOB_SKIPPED_PAGE (object)->cancellable);

  G_OBJECT_CLASS (fob_skipped_page_parent_class)->dispose (object);
}

static void
fob_skipped_page_finalize (GObject *object)
{
  FobSkippedPage *self = FOB_SKIPPED_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (fob_skipped_page_parent_class)->finalize (object);
}

static void
fob_skipped_page_class_init (FobSkippedPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_skipped_page_dispose;
  object_class->finalize = fob_skipped_page_finalize;

  signals[SIGNAL_BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-skipped-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FobSkippedPage, group);
  gtk_widget_class_bind_template_callback (widget_class, fob_skipped_page_back_cb);
  gtk_widget_class_install_action (widget_class, "skipped.save-report", NULL,
                                   fob_skipped_page_save_action);
}

static void
fob_skipped_page_init (FobSkippedPage *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fob_skipped_page_show (FobSkippedPage *self, GPtrArray *sources)
{
  g_return_if_fail (FOB_IS_SKIPPED_PAGE (self));

  g_clear_pointer (&self->sources, g_ptr_array_unref);
  self->sources = g_ptr_array_ref (sources);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < sources->len; i++)
    {
      FobImport *import = fob_import_source_get_import (sources->pdata[i]);
      const guint n_skipped = fob_import_get_n_skipped (import);

      for (guint j = 0; j < n_skipped && self->rows->len < MOST_SHOWN; j++)
        fob_skipped_page_add_row (self, fob_import_get_skipped (import, j));
    }
}
