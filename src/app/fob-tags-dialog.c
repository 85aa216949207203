/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-tags-dialog.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-tag-list.h"

struct _FobTagsDialog
{
  AdwWindow parent_instance;

  GtkEditable *entry_row;
  AdwPreferencesGroup *tags_group;

  GPtrArray *accounts; /* of FobAccount */
  GPtrArray *tags;     /* of char: those that are offered, in the order of their rows */
  GPtrArray *checks;   /* of GtkCheckButton, likewise; borrowed */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobTagsDialog, fob_tags_dialog, ADW_TYPE_WINDOW)

static gboolean
has_tag (FobAccount *account, const char *tag)
{
  return g_strv_contains (fob_account_get_tags (account), tag);
}

/* Rows */

static void
toggled_cb (GtkCheckButton *check)
{
  gtk_check_button_set_inconsistent (check, FALSE);
}

static GtkCheckButton *
fob_tags_dialog_add_row (FobTagsDialog *self, const char *tag)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *shown = fob_display_text (tag);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->tags_group, row);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_group), TRUE);
  g_ptr_array_add (self->tags, g_strdup (tag));
  g_ptr_array_add (self->checks, check);

  return GTK_CHECK_BUTTON (check);
}

static void
fob_tags_dialog_add_known (FobTagsDialog *self, const char *tag)
{
  GtkCheckButton *check = fob_tags_dialog_add_row (self, tag);
  guint n_tagged = 0;

  for (guint i = 0; i < self->accounts->len; i++)
    n_tagged += has_tag (self->accounts->pdata[i], tag) ? 1 : 0;
  gtk_check_button_set_active (check, n_tagged == self->accounts->len);
  gtk_check_button_set_inconsistent (check, n_tagged > 0 && n_tagged < self->accounts->len);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), NULL);
}

static void
fob_tags_dialog_fill (FobTagsDialog *self, GListModel *all)
{
  g_autoptr (GPtrArray) tags = fob_tag_list_new (all);

  for (guint i = 0; i < tags->len; i++)
    fob_tags_dialog_add_known (self, tags->pdata[i]);
}

/* A new one is chosen at once; one that is there is not there twice. */
static void
fob_tags_dialog_take_entry (FobTagsDialog *self)
{
  g_autofree char *tag = g_strstrip (g_strdup (gtk_editable_get_text (self->entry_row)));
  GtkCheckButton *check = NULL;

  if (*tag == '\0')
    return;

  for (guint i = 0; check == NULL && i < self->tags->len; i++)
    {
      if (g_str_equal (self->tags->pdata[i], tag))
        check = self->checks->pdata[i];
    }
  if (check == NULL)
    check = fob_tags_dialog_add_row (self, tag);
  gtk_check_button_set_active (check, TRUE);
  gtk_check_button_set_inconsistent (check, FALSE);
  gtk_editable_set_text (self->entry_row, "");
}

/* Choosing */

/* Returns: (transfer full) */
static FobAccount *
fob_tags_dialog_change (FobTagsDialog *self, FobAccount *account)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  const char *const *own = fob_account_get_tags (account);

  /* Theirs keep their order, and all that nobody was asked about. */
  for (guint i = 0; own[i] != NULL; i++)
    {
      guint position;
      const gboolean offered =
        g_ptr_array_find_with_equal_func (self->tags, own[i], g_str_equal, &position);

      if (!offered || gtk_check_button_get_inconsistent (self->checks->pdata[position]) ||
          gtk_check_button_get_active (self->checks->pdata[position]))
        g_ptr_array_add (tags, (gpointer) own[i]);
    }
  for (guint i = 0; i < self->tags->len; i++)
    {
      if (gtk_check_button_get_active (self->checks->pdata[i]) &&
          !gtk_check_button_get_inconsistent (self->checks->pdata[i]) &&
          !has_tag (account, self->tags->pdata[i]))
        g_ptr_array_add (tags, self->tags->pdata[i]);
    }
  g_ptr_array_add (tags, NULL);

  return fob_account_with_tags (account, (const char *const *) tags->pdata);
}

static void
fob_tags_dialog_apply_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobTagsDialog *self = FOB_TAGS_DIALOG (widget);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);

  fob_tags_dialog_take_entry (self);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      FobAccount *account = self->accounts->pdata[i];
      g_autoptr (FobAccount) changed = fob_tags_dialog_change (self, account);

      if (!g_strv_equal (fob_account_get_tags (account), fob_account_get_tags (changed)))
        g_ptr_array_add (edits, fob_edit_new_update (account, changed));
    }
  if (edits->len > 0)
    {
      g_autoptr (FobEdit) batch = fob_edit_new_batch (edits);

      g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, batch, edits->len);
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Widget */

static void
fob_tags_dialog_finalize (GObject *object)
{
  FobTagsDialog *self = FOB_TAGS_DIALOG (object);

  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (fob_tags_dialog_parent_class)->finalize (object);
}

static void
fob_tags_dialog_class_init (FobTagsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fob_tags_dialog_finalize;

  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, FOB_TYPE_EDIT, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-tags-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobTagsDialog, entry_row);
  gtk_widget_class_bind_template_child (widget_class, FobTagsDialog, tags_group);
  gtk_widget_class_bind_template_callback (widget_class, fob_tags_dialog_take_entry);
  gtk_widget_class_install_action (widget_class, "dialog.apply", NULL,
                                   fob_tags_dialog_apply_action);
}

static void
fob_tags_dialog_init (FobTagsDialog *self)
{
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

FobTagsDialog *
fob_tags_dialog_new (GListModel *all, GPtrArray *accounts)
{
  FobTagsDialog *self = g_object_new (FOB_TYPE_TAGS_DIALOG, NULL);

  self->accounts = g_ptr_array_ref (accounts);
  fob_tags_dialog_fill (self, all);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (self->entry_row)));

  return self;
}
