/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-group.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-icon-adder.h"
#include "fob-icon-store.h"

struct _FobIconGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *add_button;

  GPtrArray *rows; /* of GtkWidget, borrowed */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (FobIconGroup, fob_icon_group, ADW_TYPE_PREFERENCES_GROUP)

static void
fob_icon_group_tell (FobIconGroup *self, const char *message)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  if (ADW_IS_PREFERENCES_WINDOW (window))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (escaped));
}

static void
fob_icon_group_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobIconGroup) self = user_data;
  g_autofree char *message = NULL;

  fob_icon_adder_run_finish (result, &message);
  if (message != NULL && !g_cancellable_is_cancelled (self->cancellable))
    fob_icon_group_tell (self, message);
}

static void
fob_icon_group_add_cb (FobIconGroup *self)
{
  fob_icon_adder_run_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable,
                            fob_icon_group_added_cb, g_object_ref (self));
}

static void
fob_icon_group_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobIconGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!fob_icon_store_remove_finish (FOB_ICON_STORE (source), result, &error) &&
      !g_cancellable_is_cancelled (self->cancellable))
    fob_icon_group_tell (self, error->message);
}

static void
fob_icon_group_remove_cb (FobIconGroup *self, GtkWidget *button)
{
  FobIconPack *pack = g_object_get_data (G_OBJECT (button), "fob-icon-pack");

  fob_icon_store_remove_async (fob_icon_store_get_default (), pack, self->cancellable,
                               fob_icon_group_removed_cb, g_object_ref (self));
  /* The row goes, and the focus with it. */
  gtk_widget_grab_focus (self->add_button);
}

static GtkWidget *
fob_icon_group_create_button (FobIconGroup *self, FobIconPack *pack, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: the name of an icon pack */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "fob-icon-pack", fob_icon_pack_ref (pack),
                          (GDestroyNotify) fob_icon_pack_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (fob_icon_group_remove_cb), self,
                           G_CONNECT_SWAPPED);

  return button;
}

static void
fob_icon_group_add_row (FobIconGroup *self, FobIconPack *pack)
{
  GtkWidget *row = adw_action_row_new ();
  const guint n_icons = fob_icon_pack_get_n_icons (pack);
  g_autofree char *name = fob_display_text (fob_icon_pack_get_name (pack));
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u icon", "%u icons", n_icons), n_icons);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), fob_icon_group_create_button (self, pack, name));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
fob_icon_group_update (FobIconGroup *self)
{
  GPtrArray *packs = fob_icon_store_get_packs (fob_icon_store_get_default ());

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < packs->len; i++)
    fob_icon_group_add_row (self, packs->pdata[i]);
}

static void
fob_icon_group_dispose (GObject *object)
{
  FobIconGroup *self = FOB_ICON_GROUP (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (fob_icon_group_parent_class)->dispose (object);
}

static void
fob_icon_group_finalize (GObject *object)
{
  FobIconGroup *self = FOB_ICON_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (fob_icon_group_parent_class)->finalize (object);
}

static void
fob_icon_group_class_init (FobIconGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_icon_group_dispose;
  object_class->finalize = fob_icon_group_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-icon-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FobIconGroup, add_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_icon_group_add_cb);
}

static void
fob_icon_group_init (FobIconGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (fob_icon_store_get_default (), "changed",
                           G_CALLBACK (fob_icon_group_update), self, G_CONNECT_SWAPPED);
  fob_icon_group_update (self);
}
