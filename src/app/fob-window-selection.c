/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-account-title.h"
#include "fob-otp-uri.h"
#include "fob-display-text.h"
#include "fob-tag-list.h"
#include "fob-tag-manager.h"
#include "fob-tags-dialog.h"
#include "fob-window-private.h"
#include "fob-wipe.h"

/* What is done with several accounts at once. */

/* Returns: (transfer full) (element-type FobAccount) */
static GPtrArray *
fob_window_list_selected (FobWindow *self)
{
  return fob_selection_list (self->selection, G_LIST_MODEL (self->vault));
}

static void
fob_window_stop_selecting (FobWindow *self)
{
  /* The bar goes, and the focus with it. */
  if (fob_selection_get_active (self->selection))
    gtk_widget_grab_focus (GTK_WIDGET (self->account_list));
  fob_selection_set_active (self->selection, FALSE);
}

static void
fob_window_stop_selecting_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_stop_selecting (FOB_WINDOW (widget));
}

static void
fob_window_select_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);

  fob_selection_set_active (self->selection, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->account_list));
}

static void
fob_window_select_all_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);

  fob_selection_set_active (self->selection, TRUE);
  fob_selection_toggle_all (self->selection, fob_account_list_get_shown (self->account_list));
}

/* row.select: begins with one account. */
static void
fob_window_select_account_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account =
    fob_vault_dup_account (self->vault, g_variant_get_string (parameter, NULL));

  if (account == NULL)
    return;
  fob_selection_set_active (self->selection, TRUE);
  fob_selection_set (self->selection, account, TRUE);
}

static void
fob_window_selection_delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (GPtrArray) selected = fob_window_list_selected (self);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;

  if (selected->len == 0)
    return;

  for (guint i = 0; i < selected->len; i++)
    g_ptr_array_add (edits, fob_edit_new_remove (fob_account_get_id (selected->pdata[i])));
  batch = fob_edit_new_batch (edits);
  fob_window_edit (
    self, batch,
    g_strdup_printf (ngettext ("%u account deleted", "%u accounts deleted", selected->len),
                     selected->len));
  fob_window_stop_selecting (self);
}

/* Pins all, or unpins them if they all are. */
static void
fob_window_selection_pin_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (GPtrArray) selected = fob_window_list_selected (self);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;
  gboolean all_pinned = TRUE;

  for (guint i = 0; i < selected->len; i++)
    all_pinned = all_pinned && fob_account_get_pinned (selected->pdata[i]);
  for (guint i = 0; i < selected->len; i++)
    {
      g_autoptr (FobAccount) changed = fob_account_with_pinned (selected->pdata[i], !all_pinned);

      g_ptr_array_add (edits, fob_edit_new_update (selected->pdata[i], changed));
    }
  if (edits->len == 0)
    return;

  batch = fob_edit_new_batch (edits);
  fob_window_edit (
    self, batch,
    g_strdup_printf (all_pinned
                       ? ngettext ("%u account unpinned", "%u accounts unpinned", edits->len)
                       : ngettext ("%u account pinned", "%u accounts pinned", edits->len),
                     edits->len));
  fob_window_stop_selecting (self);
}

static void
fob_window_selection_export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (GPtrArray) selected = fob_window_list_selected (self);

  if (selected->len > 0)
    fob_window_export (self, selected);
}

static void
fob_window_selection_qr_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (GPtrArray) selected = fob_window_list_selected (self);
  g_autoptr (GPtrArray) texts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);
  g_autofree char *title = NULL;

  if (selected->len == 0 || self->dialog != NULL)
    return;

  for (guint i = 0; i < selected->len; i++)
    g_ptr_array_add (texts, fob_otp_uri_format (fob_account_get_otp (selected->pdata[i]),
                                                fob_account_get_issuer (selected->pdata[i]),
                                                fob_account_get_name (selected->pdata[i])));
  title =
    selected->len == 1
      ? fob_account_dup_title (selected->pdata[0])
      : g_strdup_printf (ngettext ("%u account", "%u accounts", selected->len), selected->len);
  fob_window_show_codes (self, title, texts);
}

/* Tags */

static void
fob_window_tags_chosen_cb (FobWindow *self, FobEdit *edit, guint n_accounts)
{
  fob_window_edit (self, edit,
                   g_strdup_printf (ngettext ("Tags of %u account changed",
                                              "Tags of %u accounts changed", n_accounts),
                                    n_accounts));
  fob_window_stop_selecting (self);
}

static void
fob_window_selection_tags_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (GPtrArray) selected = fob_window_list_selected (self);
  FobTagsDialog *dialog;

  if (selected->len == 0 || self->dialog != NULL)
    return;

  dialog = fob_tags_dialog_new (G_LIST_MODEL (self->vault), selected);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (fob_window_tags_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

static void
fob_window_replace_tag_cb (FobWindow *self, const char *tag, const char *new_tag)
{
  g_autoptr (FobEdit) edit = fob_tag_list_replace (G_LIST_MODEL (self->vault), tag, new_tag);
  g_autofree char *shown = fob_display_text (tag);

  if (edit == NULL)
    return;
  /* What can be undone is offered in the window below. */
  if (new_tag == NULL)
    gtk_window_destroy (self->dialog);
  fob_window_edit (
    self, edit,
    /* Translators: the name of a tag */
    g_strdup_printf (new_tag == NULL ? _ ("Tag “%s” deleted") : _ ("Tag “%s” renamed"), shown));
}

static void
fob_window_tags_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  FobTagManager *dialog;

  if (self->dialog != NULL || fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return;

  dialog = fob_tag_manager_new (G_LIST_MODEL (self->vault));
  g_signal_connect_object (dialog, "replace", G_CALLBACK (fob_window_replace_tag_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

void
fob_window_class_install_selection (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.select", NULL, fob_window_select_action);
  gtk_widget_class_install_action (widget_class, "win.tags", NULL, fob_window_tags_action);
  gtk_widget_class_install_action (widget_class, "win.stop-selecting", NULL,
                                   fob_window_stop_selecting_action);
  gtk_widget_class_install_action (widget_class, "win.select-all", NULL,
                                   fob_window_select_all_action);
  gtk_widget_class_install_action (widget_class, "win.select-account", "s",
                                   fob_window_select_account_action);
  gtk_widget_class_install_action (widget_class, "win.selection-tags", NULL,
                                   fob_window_selection_tags_action);
  gtk_widget_class_install_action (widget_class, "win.selection-pin", NULL,
                                   fob_window_selection_pin_action);
  gtk_widget_class_install_action (widget_class, "win.selection-export", NULL,
                                   fob_window_selection_export_action);
  gtk_widget_class_install_action (widget_class, "win.selection-qr", NULL,
                                   fob_window_selection_qr_action);
  gtk_widget_class_install_action (widget_class, "win.selection-delete", NULL,
                                   fob_window_selection_delete_action);
}
