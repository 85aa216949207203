/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-chooser.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-file-read.h"
#include "fob-icon-adder.h"
#include "fob-icon-choice.h"
#include "fob-icon-image.h"
#include "fob-icon-store.h"

#define ICON_PIXELS 48

struct _FobIconChooser
{
  AdwWindow parent_instance;

  AdwToastOverlay *toast_overlay;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkGridView *grid_view;
  GtkWidget *remove_button;

  GListStore *choices; /* of FobIconChoice */
  GtkFilterListModel *shown;
  char *text; /* what is searched for */
  GCancellable *cancellable;
};

/* What a worker makes an icon of. */
typedef struct
{
  FobIconPack *pack;
  guint icon;
  GFile *file;
  const char *type;
} Work;

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobIconChooser, fob_icon_chooser, ADW_TYPE_WINDOW)

static void
work_free (Work *work)
{
  g_clear_pointer (&work->pack, fob_icon_pack_unref);
  g_clear_object (&work->file);
  g_free (work);
}

static void
fob_icon_chooser_tell (FobIconChooser *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

/* Choosing */

static void
prepare_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = NULL;
  GBytes *icon = NULL;

  if (work->file != NULL)
    image = fob_file_read (work->file, FOB_ICON_IMAGE_SIZE_MAX, cancellable, &error);
  else
    image = fob_icon_pack_extract (work->pack, work->icon, &work->type, &error);
  if (image != NULL)
    icon = fob_icon_image_prepare (image, &work->type, &error);
  if (icon != NULL)
    g_task_return_pointer (task, icon, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fob_icon_chooser_prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobIconChooser *self = FOB_ICON_CHOOSER (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) icon = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (icon == NULL)
    {
      fob_icon_chooser_tell (self, error->message);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, icon, work->type);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* @work: (transfer full) */
static void
fob_icon_chooser_prepare (FobIconChooser *self, Work *work)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, fob_icon_chooser_prepared_cb, NULL);

  g_task_set_source_tag (task, fob_icon_chooser_prepare);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, prepare_in_thread);
}

static void
fob_icon_chooser_activate_cb (FobIconChooser *self, guint position)
{
  g_autoptr (FobIconChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->shown), position);
  Work *work;

  if (choice == NULL)
    return;
  work = g_new0 (Work, 1);
  work->pack = fob_icon_pack_ref (fob_icon_choice_get_pack (choice));
  work->icon = fob_icon_choice_get_icon (choice);
  fob_icon_chooser_prepare (self, work);
}

static void
fob_icon_chooser_first_cb (FobIconChooser *self)
{
  if (*self->text != '\0')
    fob_icon_chooser_activate_cb (self, 0);
}

static void
fob_icon_chooser_remove_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CHOSEN], 0, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
fob_icon_chooser_file_cb (FobIconChooser *self, int response, GtkNativeDialog *native)
{
  Work *work;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  work = g_new0 (Work, 1);
  work->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
  fob_icon_chooser_prepare (self, work);
}

static void
fob_icon_chooser_open_file_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (
    _ ("Choose Icon"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Images"));
  gtk_file_filter_add_pixbuf_formats (filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect_object (native, "response", G_CALLBACK (fob_icon_chooser_file_cb), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (native, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

/* Packs */

static void
fob_icon_chooser_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobIconChooser) self = user_data;
  g_autofree char *message = NULL;

  fob_icon_adder_run_finish (result, &message);
  if (message != NULL && !g_cancellable_is_cancelled (self->cancellable))
    fob_icon_chooser_tell (self, message);
}

static void
fob_icon_chooser_add_pack_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobIconChooser *self = FOB_ICON_CHOOSER (widget);

  fob_icon_adder_run_async (GTK_WINDOW (self), self->cancellable, fob_icon_chooser_added_cb,
                            g_object_ref (self));
}

static void
fob_icon_chooser_show_page (FobIconChooser *self)
{
  const char *page = "grid";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->choices)) == 0)
    page = "no-packs";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0)
    page = "no-results";
  gtk_widget_set_visible (GTK_WIDGET (self->search_entry), !g_str_equal (page, "no-packs"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
fob_icon_chooser_fill (FobIconChooser *self)
{
  GPtrArray *packs = fob_icon_store_get_packs (fob_icon_store_get_default ());
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < packs->len; i++)
    {
      const guint n_icons = fob_icon_pack_get_n_icons (packs->pdata[i]);

      for (guint j = 0; j < n_icons; j++)
        g_ptr_array_add (choices, fob_icon_choice_new (packs->pdata[i], j));
    }
  g_list_store_splice (self->choices, 0, g_list_model_get_n_items (G_LIST_MODEL (self->choices)),
                       choices->pdata, choices->len);
  fob_icon_chooser_show_page (self);
}

/* The grid */

static gboolean
fob_icon_chooser_filter (gpointer item, gpointer user_data)
{
  FobIconChooser *self = user_data;
  FobIconChoice *choice = item;

  return fob_icon_pack_icon_matches (fob_icon_choice_get_pack (choice),
                                     fob_icon_choice_get_icon (choice), self->text);
}

static void
fob_icon_chooser_search_cb (FobIconChooser *self)
{
  g_free (self->text);
  self->text = g_strdup (gtk_editable_get_text (self->search_entry));
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  fob_icon_chooser_show_page (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", ICON_PIXELS, "show-initials", TRUE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 9);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 9);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  g_autoptr (GdkTexture) texture = fob_icon_store_load_finish (FOB_ICON_STORE (source), result);
  g_autoptr (AdwAvatar) avatar = user_data;

  if (texture != NULL && !g_cancellable_is_cancelled (cancellable))
    adw_avatar_set_custom_image (avatar, GDK_PAINTABLE (texture));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *avatar = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_last_child (box);
  GtkWidget *cell = gtk_widget_get_parent (box);
  FobIconChoice *choice = gtk_list_item_get_item (item);
  FobIconPack *pack = fob_icon_choice_get_pack (choice);
  const guint icon = fob_icon_choice_get_icon (choice);
  g_autofree char *name = fob_display_text (fob_icon_pack_get_icon_name (pack, icon));
  GCancellable *cancellable = g_cancellable_new ();

  adw_avatar_set_text (ADW_AVATAR (avatar), name);
  adw_avatar_set_custom_image (ADW_AVATAR (avatar), NULL);
  gtk_label_set_text (GTK_LABEL (label), name);
  gtk_widget_set_tooltip_text (box, name);
  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (item), "fob-cancellable", cancellable, g_object_unref);
  fob_icon_store_load_icon_async (fob_icon_store_get_default (), pack, icon, cancellable,
                                  picture_cb, g_object_ref (avatar));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_cancellable_cancel (g_object_get_data (G_OBJECT (item), "fob-cancellable"));
}

static void
fob_icon_chooser_setup_grid (FobIconChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (fob_icon_chooser_filter, self, NULL));
  GtkSelectionModel *selection;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->choices = g_list_store_new (FOB_TYPE_ICON_CHOICE);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->choices)), filter);
  selection =
    GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown))));
  gtk_grid_view_set_factory (self->grid_view, factory);
  gtk_grid_view_set_model (self->grid_view, selection);
  g_object_unref (factory);
  g_object_unref (selection);
}

/* Widget */

static void
fob_icon_chooser_dispose (GObject *object)
{
  FobIconChooser *self = FOB_ICON_CHOOSER (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (fob_icon_chooser_parent_class)->dispose (object);
}

static void
fob_icon_chooser_finalize (GObject *object)
{
  FobIconChooser *self = FOB_ICON_CHOOSER (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->choices);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (fob_icon_chooser_parent_class)->finalize (object);
}

static void
fob_icon_chooser_class_init (FobIconChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_icon_chooser_dispose;
  object_class->finalize = fob_icon_chooser_finalize;

  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_BYTES, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-icon-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, FobIconChooser, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FobIconChooser, search_entry);
  gtk_widget_class_bind_template_child (widget_class, FobIconChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, FobIconChooser, grid_view);
  gtk_widget_class_bind_template_child (widget_class, FobIconChooser, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_icon_chooser_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_icon_chooser_first_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_icon_chooser_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_install_action (widget_class, "chooser.remove", NULL,
                                   fob_icon_chooser_remove_action);
  gtk_widget_class_install_action (widget_class, "chooser.open-file", NULL,
                                   fob_icon_chooser_open_file_action);
  gtk_widget_class_install_action (widget_class, "chooser.add-pack", NULL,
                                   fob_icon_chooser_add_pack_action);
}

static void
fob_icon_chooser_init (FobIconChooser *self)
{
  self->cancellable = g_cancellable_new ();
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  fob_icon_chooser_setup_grid (self);
  g_signal_connect_object (fob_icon_store_get_default (), "changed",
                           G_CALLBACK (fob_icon_chooser_fill), self, G_CONNECT_SWAPPED);
  fob_icon_chooser_fill (self);
}

FobIconChooser *
fob_icon_chooser_new (gboolean has_icon)
{
  FobIconChooser *self = g_object_new (FOB_TYPE_ICON_CHOOSER, NULL);

  gtk_widget_set_visible (self->remove_button, has_icon);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry),
                                           GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));

  return self;
}
