/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-qr-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-qr-code.h"
#include "fob-qr-paintable.h"
#include "fob-settings.h"

/* Pixels a module in a picture that is saved or copied: sharp on paper, too. */
#define PICTURE_SCALE 10

struct _FobQrDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  AdwToastOverlay *toast_overlay;
  GtkPicture *picture;
  GtkWidget *pager;
  GtkWidget *previous_button;
  GtkLabel *page_label;
  GtkWidget *next_button;

  GPtrArray *codes; /* of FobQrCode */
  guint page;
};

G_DEFINE_FINAL_TYPE (FobQrDialog, fob_qr_dialog, ADW_TYPE_WINDOW)

/* Pages */

static FobQrCode *
get_code (FobQrDialog *self)
{
  return g_ptr_array_index (self->codes, self->page);
}

static void
fob_qr_dialog_turn (FobQrDialog *self, guint page)
{
  g_autoptr (FobQrPaintable) paintable = NULL;
  g_autofree char *text = NULL;

  self->page = page;
  paintable = fob_qr_paintable_new (get_code (self));
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (paintable));
  /* Translators: which of several QR codes is shown: “2 of 3” */
  text = g_strdup_printf (_ ("%u of %u"), page + 1, self->codes->len);
  gtk_label_set_text (self->page_label, text);
  gtk_widget_set_visible (self->pager, self->codes->len > 1);
  gtk_widget_set_sensitive (self->previous_button, page > 0);
  gtk_widget_set_sensitive (self->next_button, page + 1 < self->codes->len);
}

static void
fob_qr_dialog_previous_cb (FobQrDialog *self)
{
  if (self->page > 0)
    fob_qr_dialog_turn (self, self->page - 1);
}

static void
fob_qr_dialog_next_cb (FobQrDialog *self)
{
  if (self->page + 1 < self->codes->len)
    fob_qr_dialog_turn (self, self->page + 1);
}

/* The buttons take the arrow keys for moving the focus. */
static gboolean
fob_qr_dialog_key_cb (FobQrDialog *self, guint key)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (key == GDK_KEY_Page_Up || key == (rtl ? GDK_KEY_Right : GDK_KEY_Left))
    fob_qr_dialog_previous_cb (self);
  else if (key == GDK_KEY_Page_Down || key == (rtl ? GDK_KEY_Left : GDK_KEY_Right))
    fob_qr_dialog_next_cb (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
fob_qr_dialog_toast (FobQrDialog *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (text));
}

/* Copying */

typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *content;
} Copied;

static void
copied_free (Copied *copied)
{
  g_clear_object (&copied->clipboard);
  g_clear_object (&copied->content);
  g_free (copied);
}

/* The picture is as secret as the account: it goes like a code, unless something else was copied.
 */
static gboolean
fob_qr_dialog_clear_cb (gpointer user_data)
{
  Copied *copied = user_data;

  if (gdk_clipboard_get_content (copied->clipboard) == copied->content)
    gdk_clipboard_set_content (copied->clipboard, NULL);

  return G_SOURCE_REMOVE;
}

static void
fob_qr_dialog_copy_cb (FobQrDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = fob_qr_code_format_png (get_code (self), PICTURE_SCALE, &error);
  g_autoptr (GdkTexture) texture = png != NULL ? gdk_texture_new_from_bytes (png, &error) : NULL;
  const guint seconds = fob_settings_get_clipboard_clear_seconds ();
  Copied *copied;

  if (texture == NULL)
    {
      fob_qr_dialog_toast (self, error->message);
      return;
    }
  copied = g_new0 (Copied, 1);
  copied->clipboard = g_object_ref (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  copied->content = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  gdk_clipboard_set_content (copied->clipboard, copied->content);
  if (seconds > 0)
    g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, seconds, fob_qr_dialog_clear_cb, copied,
                                (GDestroyNotify) copied_free);
  else
    copied_free (copied);
  fob_qr_dialog_toast (self, _ ("Image copied"));
}

/* Saving */

static void
fob_qr_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobQrDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    fob_qr_dialog_toast (self, _ ("Image saved"));
  else
    fob_qr_dialog_toast (self, error->message);
}

static void
fob_qr_dialog_save (FobQrDialog *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = name != NULL && g_str_has_suffix (name, ".svg")
                               ? fob_qr_code_format_svg (get_code (self))
                               : fob_qr_code_format_png (get_code (self), PICTURE_SCALE, &error);

  if (image == NULL)
    {
      fob_qr_dialog_toast (self,
                           error != NULL ? error->message : _ ("The image could not be saved."));
      return;
    }
  g_file_replace_contents_bytes_async (file, image, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, fob_qr_dialog_saved_cb, g_object_ref (self));
}

static void
fob_qr_dialog_file_chosen_cb (FobQrDialog *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  fob_qr_dialog_save (self, file);
}

static void
fob_qr_dialog_save_cb (FobQrDialog *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _ ("Save Image"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Images (PNG, SVG)"));
  gtk_file_filter_add_pattern (filter, "*.png");
  gtk_file_filter_add_pattern (filter, "*.svg");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), "qr-code.png");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (fob_qr_dialog_file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Life */

static void
fob_qr_dialog_finalize (GObject *object)
{
  g_clear_pointer (&FOB_QR_DIALOG (object)->codes, g_ptr_array_unref);

  G_OBJECT_CLASS (fob_qr_dialog_parent_class)->finalize (object);
}

static void
fob_qr_dialog_class_init (FobQrDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fob_qr_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-qr-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobQrDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, FobQrDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FobQrDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, FobQrDialog, pager);
  gtk_widget_class_bind_template_child (widget_class, FobQrDialog, previous_button);
  gtk_widget_class_bind_template_child (widget_class, FobQrDialog, page_label);
  gtk_widget_class_bind_template_child (widget_class, FobQrDialog, next_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_qr_dialog_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_qr_dialog_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_qr_dialog_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_qr_dialog_copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_qr_dialog_save_cb);
}

static void
fob_qr_dialog_init (FobQrDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->codes = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_qr_code_unref);
}

FobQrDialog *
fob_qr_dialog_new (const char *title, GPtrArray *texts, GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_qr_code_unref);
  FobQrDialog *self;

  g_return_val_if_fail (texts->len > 0, NULL);

  for (guint i = 0; i < texts->len; i++)
    {
      FobQrCode *code = fob_qr_code_new (texts->pdata[i], error);

      if (code == NULL)
        return NULL;
      g_ptr_array_add (codes, code);
    }

  self = g_object_new (FOB_TYPE_QR_DIALOG, "title", title, NULL);
  adw_window_title_set_title (self->window_title, title);
  g_ptr_array_unref (self->codes);
  self->codes = g_steal_pointer (&codes);
  fob_qr_dialog_turn (self, 0);

  return self;
}
