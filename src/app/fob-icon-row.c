/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-row.h"

#include <glib/gi18n-lib.h>

#include "fob-account-avatar.h"
#include "fob-icon-chooser.h"

#define AVATAR_SIZE 32

struct _FobIconRow
{
  AdwActionRow parent_instance;

  AdwAvatar *avatar;

  FobAccountDraft *draft;
};

G_DEFINE_FINAL_TYPE (FobIconRow, fob_icon_row, ADW_TYPE_ACTION_ROW)

static void
fob_icon_row_update (FobIconRow *self)
{
  GBytes *icon = fob_account_draft_get_icon (self->draft);
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;

  g_object_get (self->draft, "issuer", &issuer, "name", &name, NULL);
  fob_account_avatar_show (self->avatar, *issuer != '\0' ? issuer : name, issuer, icon);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               icon != NULL ? C_ ("icon", "Chosen by hand")
                                            : C_ ("icon", "By the name of the service"));
}

static void
fob_icon_row_chosen_cb (FobIconRow *self, GBytes *icon, const char *type)
{
  fob_account_draft_set_icon (self->draft, icon, type);
}

static void
fob_icon_row_activate (AdwActionRow *row)
{
  FobIconRow *self = FOB_ICON_ROW (row);
  FobIconChooser *chooser = fob_icon_chooser_new (fob_account_draft_get_icon (self->draft) != NULL);

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (fob_icon_row_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (chooser),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (row))));
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
fob_icon_row_finalize (GObject *object)
{
  FobIconRow *self = FOB_ICON_ROW (object);

  g_clear_object (&self->draft);

  G_OBJECT_CLASS (fob_icon_row_parent_class)->finalize (object);
}

static void
fob_icon_row_class_init (FobIconRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_icon_row_finalize;
  ADW_ACTION_ROW_CLASS (klass)->activate = fob_icon_row_activate;
}

static void
fob_icon_row_init (FobIconRow *self)
{
  GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->avatar = g_object_new (ADW_TYPE_AVATAR, "size", AVATAR_SIZE, "show-initials", TRUE,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->avatar), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Icon"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->avatar));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

void
fob_icon_row_set_draft (FobIconRow *self, FobAccountDraft *draft)
{
  g_return_if_fail (FOB_IS_ICON_ROW (self));

  g_set_object (&self->draft, draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (fob_icon_row_update), self,
                           G_CONNECT_SWAPPED);
  fob_icon_row_update (self);
}
