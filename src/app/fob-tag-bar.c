/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-tag-bar.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-tag-list.h"

/* Longer names are cut off on screen. */
#define TAG_CHARS 20

struct _FobTagBar
{
  GtkWidget parent_instance;

  GtkBox *box;

  GListModel *accounts;
  GPtrArray *tags; /* of char: those that there are buttons for */
  char *tag;       /* the one that is chosen, or NULL */
  gboolean filling;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobTagBar, fob_tag_bar, GTK_TYPE_WIDGET)

static gboolean
same_tags (GPtrArray *one, GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    {
      if (!g_str_equal (one->pdata[i], other->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

static void
fob_tag_bar_toggled_cb (FobTagBar *self, GtkToggleButton *button)
{
  if (self->filling || !gtk_toggle_button_get_active (button))
    return;

  g_free (self->tag);
  self->tag = g_strdup (g_object_get_data (G_OBJECT (button), "fob-tag"));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* @tag: (nullable): NULL for all accounts */
static GtkWidget *
fob_tag_bar_add_button (FobTagBar *self, GtkWidget *first, const char *tag)
{
  GtkWidget *button = gtk_toggle_button_new ();
  g_autofree char *text = tag != NULL ? fob_display_text (tag) : g_strdup (C_ ("accounts", "All"));
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TAG_CHARS);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (button, "tag");
  g_object_set_data_full (G_OBJECT (button), "fob-tag", g_strdup (tag), g_free);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (tag, self->tag) == 0);
  g_signal_connect_object (button, "toggled", G_CALLBACK (fob_tag_bar_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->box, button);

  return button;
}

static void
fob_tag_bar_add_manage_button (FobTagBar *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _ ("Edit Tags…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Edit Tags…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.tags");
  gtk_box_append (self->box, button);
}

static void
fob_tag_bar_fill (FobTagBar *self)
{
  GtkWidget *child;
  GtkWidget *first;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  first = fob_tag_bar_add_button (self, NULL, NULL);
  for (guint i = 0; i < self->tags->len; i++)
    fob_tag_bar_add_button (self, first, self->tags->pdata[i]);
  fob_tag_bar_add_manage_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->tags->len > 0);
  self->filling = FALSE;
}

static void
fob_tag_bar_accounts_cb (FobTagBar *self)
{
  g_autoptr (GPtrArray) tags = fob_tag_list_new (self->accounts);

  if (same_tags (tags, self->tags))
    return;

  g_ptr_array_unref (self->tags);
  self->tags = g_steal_pointer (&tags);
  /* The last account of the tag that was chosen has lost it. */
  if (self->tag != NULL &&
      !g_ptr_array_find_with_equal_func (self->tags, self->tag, g_str_equal, NULL))
    g_clear_pointer (&self->tag, g_free);
  fob_tag_bar_fill (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
fob_tag_bar_dispose (GObject *object)
{
  FobTagBar *self = FOB_TAG_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (fob_tag_bar_parent_class)->dispose (object);
}

static void
fob_tag_bar_finalize (GObject *object)
{
  FobTagBar *self = FOB_TAG_BAR (object);

  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->tag, g_free);

  G_OBJECT_CLASS (fob_tag_bar_parent_class)->finalize (object);
}

static void
fob_tag_bar_class_init (FobTagBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_tag_bar_dispose;
  object_class->finalize = fob_tag_bar_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-tag-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FobTagBar, box);
}

static void
fob_tag_bar_init (FobTagBar *self)
{
  self->tags = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fob_tag_bar_set_accounts (FobTagBar *self, GListModel *accounts)
{
  g_return_if_fail (FOB_IS_TAG_BAR (self));

  if (self->accounts != NULL)
    g_signal_handlers_disconnect_by_data (self->accounts, self);
  g_set_object (&self->accounts, accounts);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (fob_tag_bar_accounts_cb), self,
                           G_CONNECT_SWAPPED);
  fob_tag_bar_accounts_cb (self);
}

const char *
fob_tag_bar_get_tag (FobTagBar *self)
{
  g_assert (FOB_IS_TAG_BAR (self));

  return self->tag;
}
