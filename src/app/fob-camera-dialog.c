/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-camera-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-camera-portal.h"
#include "fob-camera.h"
#include "fob-format.h"
#include "fob-status-text.h"
#include "fob-wipe.h"

struct _FobCameraDialog
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  GtkPicture *picture;
  GtkLabel *hint_label;
  AdwStatusPage *failed_page;

  FobCamera *camera;
  GCancellable *cancellable;
  const FobFormat *format; /* of the codes that were seen */
  GPtrArray *texts;        /* of char: what they say; wiped */
  gboolean done;
};

enum
{
  SIGNAL_SCANNED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobCameraDialog, fob_camera_dialog, ADW_TYPE_WINDOW)

static void
fob_camera_dialog_show_page (FobCameraDialog *self, const char *page)
{
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "busy"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
fob_camera_dialog_fail (FobCameraDialog *self, const char *message)
{
  fob_status_text_set (self->failed_page, message);
  fob_camera_dialog_show_page (self, "failed");
}

/* Codes */

static FobDocument *
create_document (GPtrArray *texts)
{
  gsize size = 0;
  gsize at = 0;
  g_autoptr (GBytes) bytes = NULL;
  char *lines;

  for (guint i = 0; i < texts->len; i++)
    size += strlen (texts->pdata[i]) + 1;
  lines = g_malloc (size + 1);
  for (guint i = 0; i < texts->len; i++)
    {
      const gsize length = strlen (texts->pdata[i]);

      memcpy (lines + at, texts->pdata[i], length);
      at += length;
      lines[at++] = '\n';
    }
  lines[at] = '\0';
  bytes = fob_wipe_bytes_new_take (lines, size);

  return fob_document_new (bytes, NULL);
}

static const FobFormat *
recognise (const char *text)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autoptr (FobDocument) document = NULL;

  g_ptr_array_add (texts, (gpointer) text);
  document = create_document (texts);

  return document != NULL ? fob_format_recognise (document, NULL) : NULL;
}

static gboolean
fob_camera_dialog_knows (FobCameraDialog *self, const char *text)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      if (g_str_equal (self->texts->pdata[i], text))
        return TRUE;
    }

  return FALSE;
}

/* Whether there is a part that was not seen yet; says so. */
static gboolean
fob_camera_dialog_waits (FobCameraDialog *self, FobDocument *document)
{
  guint n_met = 0;
  guint n_all = 0;
  g_autofree char *hint = NULL;

  if (self->format->count_parts != NULL)
    self->format->count_parts (document, &n_met, &n_all);
  if (n_met >= n_all)
    return FALSE;

  /* Translators: how many QR codes were seen, and how many there are */
  hint = g_strdup_printf (_ ("%u of %u codes seen. Show the next one."), n_met, n_all);
  gtk_label_set_text (self->hint_label, hint);

  return TRUE;
}

static void
fob_camera_dialog_text_cb (FobCameraDialog *self, const char *text)
{
  const FobFormat *format;
  g_autoptr (FobDocument) document = NULL;

  if (self->done || fob_camera_dialog_knows (self, text))
    return;
  format = recognise (text);
  if (format == NULL)
    {
      gtk_label_set_text (self->hint_label,
                          _ ("There is no account in this QR code. Show another one."));
      return;
    }

  if (format != self->format)
    g_ptr_array_set_size (self->texts, 0);
  self->format = format;
  g_ptr_array_add (self->texts, g_strdup (text));
  document = create_document (self->texts);
  if (document == NULL || fob_camera_dialog_waits (self, document))
    return;

  self->done = TRUE;
  fob_camera_stop (self->camera);
  g_signal_emit (self, signals[SIGNAL_SCANNED], 0, fob_document_get_text (document, NULL));
}

/* The camera */

static void
fob_camera_dialog_texture_cb (FobCameraDialog *self)
{
  g_autoptr (GdkPaintable) texture = NULL;

  g_object_get (self->camera, "texture", &texture, NULL);
  gtk_picture_set_paintable (self->picture, texture);
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "camera"))
    fob_camera_dialog_show_page (self, "camera");
}

static void
fob_camera_dialog_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobCameraDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  const int fd = fob_camera_portal_open_finish (result, &error);

  if (fd >= 0)
    fob_camera_start (self->camera, fd);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    fob_camera_dialog_fail (self, error->message);
}

/* Widget */

/* When it is closed: a question that still waits for its answer keeps the object. */
static void
fob_camera_dialog_unrealize (GtkWidget *widget)
{
  FobCameraDialog *self = FOB_CAMERA_DIALOG (widget);

  g_cancellable_cancel (self->cancellable);
  fob_camera_stop (self->camera);

  GTK_WIDGET_CLASS (fob_camera_dialog_parent_class)->unrealize (widget);
}

static void
fob_camera_dialog_finalize (GObject *object)
{
  FobCameraDialog *self = FOB_CAMERA_DIALOG (object);

  g_clear_object (&self->camera);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->texts, g_ptr_array_unref);

  G_OBJECT_CLASS (fob_camera_dialog_parent_class)->finalize (object);
}

static void
fob_camera_dialog_class_init (FobCameraDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = fob_camera_dialog_finalize;

  widget_class->unrealize = fob_camera_dialog_unrealize;

  signals[SIGNAL_SCANNED] =
    g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-camera-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobCameraDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FobCameraDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, FobCameraDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, FobCameraDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, FobCameraDialog, failed_page);
}

static void
fob_camera_dialog_init (FobCameraDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);
  self->camera = fob_camera_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->camera, "notify::texture",
                           G_CALLBACK (fob_camera_dialog_texture_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "text", G_CALLBACK (fob_camera_dialog_text_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "failed", G_CALLBACK (fob_camera_dialog_fail), self,
                           G_CONNECT_SWAPPED);
  fob_camera_dialog_show_page (self, "busy");
  fob_camera_portal_open_async (self->cancellable, fob_camera_dialog_opened_cb,
                                g_object_ref (self));
}

FobCameraDialog *
fob_camera_dialog_new (void)
{
  return g_object_new (FOB_TYPE_CAMERA_DIALOG, NULL);
}
