/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-banner.h"

struct _FobBanner
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *label;
  GtkButton *button;
  GtkWidget *dismiss_button;
};

enum
{
  SIGNAL_DISMISSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobBanner, fob_banner, GTK_TYPE_WIDGET)

static void
fob_banner_dismiss_cb (FobBanner *self)
{
  fob_banner_hide (self);
  g_signal_emit (self, signals[SIGNAL_DISMISSED], 0);
}

static void
fob_banner_dispose (GObject *object)
{
  g_clear_pointer (&FOB_BANNER (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (fob_banner_parent_class)->dispose (object);
}

static void
fob_banner_class_init (FobBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fob_banner_dispose;

  signals[SIGNAL_DISMISSED] = g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "fobbanner");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, FobBanner, box);
  gtk_widget_class_bind_template_child (widget_class, FobBanner, label);
  gtk_widget_class_bind_template_child (widget_class, FobBanner, button);
  gtk_widget_class_bind_template_child (widget_class, FobBanner, dismiss_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_banner_dismiss_cb);
}

static void
fob_banner_init (FobBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
dup_without_mnemonic (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("", parts);
}

void
fob_banner_show (FobBanner *self,
                 const char *text,
                 const char *button_label,
                 const char *action_name,
                 gboolean dismissible)
{
  g_autofree char *name = NULL;

  g_return_if_fail (FOB_IS_BANNER (self));

  name = dup_without_mnemonic (button_label);
  gtk_label_set_text (self->label, text);
  gtk_button_set_label (self->button, button_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  gtk_widget_set_visible (self->dismiss_button, dismissible);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
fob_banner_hide (FobBanner *self)
{
  g_return_if_fail (FOB_IS_BANNER (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
