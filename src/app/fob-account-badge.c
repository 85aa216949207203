/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-badge.h"

#include <glib/gi18n-lib.h>

#include "fob-account-avatar.h"

struct _FobAccountBadge
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwAvatar *avatar;
  GtkCheckButton *check;
  GtkLabel *hint_label;

  FobSelection *selection;
  FobAccount *account;
  guint hint;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (FobAccountBadge, fob_account_badge, GTK_TYPE_WIDGET)

static void
fob_account_badge_update (FobAccountBadge *self)
{
  const gboolean active = fob_selection_get_active (self->selection);
  GtkWidget *page = GTK_WIDGET (self->avatar);

  if (self->account == NULL)
    return;

  self->updating = TRUE;
  gtk_check_button_set_active (self->check,
                               fob_selection_contains (self->selection, self->account));
  self->updating = FALSE;
  if (active)
    page = GTK_WIDGET (self->check);
  else if (self->hint > 0)
    page = GTK_WIDGET (self->hint_label);
  gtk_stack_set_visible_child (self->stack, page);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_STATE_HIDDEN, !active,
                               -1);
}

static void
fob_account_badge_toggled_cb (FobAccountBadge *self)
{
  if (!self->updating && self->account != NULL)
    fob_selection_set (self->selection, self->account, gtk_check_button_get_active (self->check));
}

static void
fob_account_badge_dispose (GObject *object)
{
  FobAccountBadge *self = FOB_ACCOUNT_BADGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (fob_account_badge_parent_class)->dispose (object);
}

static void
fob_account_badge_class_init (FobAccountBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fob_account_badge_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-account-badge.ui");
  gtk_widget_class_bind_template_child (widget_class, FobAccountBadge, stack);
  gtk_widget_class_bind_template_child (widget_class, FobAccountBadge, avatar);
  gtk_widget_class_bind_template_child (widget_class, FobAccountBadge, check);
  gtk_widget_class_bind_template_child (widget_class, FobAccountBadge, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_badge_toggled_cb);
}

static void
fob_account_badge_init (FobAccountBadge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fob_account_badge_set_selection (FobAccountBadge *self, FobSelection *selection)
{
  g_return_if_fail (FOB_IS_ACCOUNT_BADGE (self));
  g_return_if_fail (self->selection == NULL);

  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (fob_account_badge_update), self,
                           G_CONNECT_SWAPPED);
}

void
fob_account_badge_set_account (FobAccountBadge *self, FobAccount *account, const char *title)
{
  g_autofree char *label = NULL;

  g_return_if_fail (FOB_IS_ACCOUNT_BADGE (self));

  g_set_object (&self->account, account);
  fob_account_avatar_show (self->avatar, title, fob_account_get_issuer (account),
                           fob_account_get_icon (account));
  /* Translators: the name of a service */
  label = g_strdup_printf (_ ("Select %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  fob_account_badge_update (self);
}

void
fob_account_badge_set_hint (FobAccountBadge *self, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  g_return_if_fail (FOB_IS_ACCOUNT_BADGE (self));

  if (self->hint == number)
    return;

  self->hint = number;
  if (number > 0)
    gtk_label_set_text (self->hint_label, text);
  fob_account_badge_update (self);
}
