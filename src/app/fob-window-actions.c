/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-account-dialog.h"
#include "fob-account-title.h"
#include "fob-display-text.h"
#include "fob-otp-uri.h"
#include "fob-qr-dialog.h"
#include "fob-settings.h"
#include "fob-window-private.h"
#include "fob-wipe.h"

#define UNDO_TOAST_SECONDS 8

/* What a commit leaves to say when it is done. */
typedef struct
{
  FobWindow *window;
  char *message; /* shown with an Undo button; NULL for none */
} EditData;

static EditData *
edit_data_new (FobWindow *window, char *message)
{
  EditData *data = g_new0 (EditData, 1);

  data->window = g_object_ref (window);
  data->message = message;

  return data;
}

static void
edit_data_free (EditData *data)
{
  g_clear_object (&data->window);
  g_free (data->message);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EditData, edit_data_free)

/* Toasts */

static void
fob_window_toast_dismissed_cb (FobWindow *self, AdwToast *toast)
{
  g_ptr_array_remove (self->toasts, toast);
}

/* Names of strangers stand in toasts: they are data, not markup. */
static AdwToast *
fob_window_create_toast (FobWindow *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);

  /* What was just done is told at once; older offers to undo something come back after it. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_ptr_array_add (self->toasts, g_object_ref (toast));
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (fob_window_toast_dismissed_cb), self,
                           G_CONNECT_SWAPPED);

  return toast;
}

void
fob_window_dismiss_toasts (FobWindow *self)
{
  g_autoptr (GPtrArray) toasts = self->toasts;

  self->toasts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < toasts->len; i++)
    adw_toast_dismiss (toasts->pdata[i]);
}

/* Answers that nobody waits for any more; an offer to undo something stays. */
static void
fob_window_dismiss_answers (FobWindow *self)
{
  g_autoptr (GPtrArray) toasts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->toasts->len; i++)
    g_ptr_array_add (toasts, g_object_ref (self->toasts->pdata[i]));
  for (guint i = 0; i < toasts->len; i++)
    {
      if (adw_toast_get_action_name (toasts->pdata[i]) == NULL)
        adw_toast_dismiss (toasts->pdata[i]);
    }
}

void
fob_window_toast (FobWindow *self, const char *message)
{
  AdwToast *toast;

  fob_window_dismiss_answers (self);
  toast = fob_window_create_toast (self, message);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

static void
fob_window_update_undo (FobWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo-last",
                                 !fob_undo_stack_is_empty (self->undo_stack));
}

void
fob_window_toast_undo (FobWindow *self, const char *message, FobEdit *inverse)
{
  AdwToast *toast = fob_window_create_toast (self, message);
  const guint serial = fob_undo_stack_push (self->undo_stack, fob_edit_ref (inverse));

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_action_target (toast, "u", serial);
  adw_toast_set_timeout (toast, UNDO_TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  fob_window_update_undo (self);
#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

/* Edits */

static void
fob_window_edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EditData) data = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_vault_edit_finish (FOB_VAULT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (inverse == NULL)
    fob_window_toast (data->window, error->message);
  else if (data->message != NULL)
    fob_window_toast_undo (data->window, data->message, inverse);
}

void
fob_window_edit (FobWindow *self, FobEdit *edit, char *message)
{
  fob_vault_edit_async (self->vault, edit, self->cancellable, fob_window_edited_cb,
                        edit_data_new (self, message));
}

static void
fob_window_undo (FobWindow *self, guint serial)
{
  g_autoptr (FobEdit) inverse = fob_undo_stack_take (self->undo_stack, serial);

  fob_window_update_undo (self);
  if (inverse != NULL)
    fob_window_edit (self, inverse, NULL);
}

static FobAccount *
fob_window_dup_target (FobWindow *self, GVariant *parameter)
{
  return fob_vault_dup_account (self->vault, g_variant_get_string (parameter, NULL));
}

/* The dialog */

static void
fob_window_dialog_saved_cb (FobWindow *self,
                            FobEdit *inverse,
                            FobAccount *account,
                            GtkWindow *dialog)
{
  g_autofree char *title = fob_account_dup_title (account);
  g_autofree char *message = NULL;
  gboolean edited = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "edits"));

  /* Translators: the name of a service */
  message = g_strdup_printf (edited ? _ ("%s changed") : _ ("%s added"), title);
  fob_window_toast_undo (self, message, inverse);
}

/* @account: (nullable): to edit; @link: (nullable): to add */
void
fob_window_open_dialog (FobWindow *self, FobAccount *account, const char *link)
{
  FobAccountDialog *dialog;

  if (self->dialog != NULL)
    {
      /* One dialog at a time; a link that arrives meanwhile goes into the one that adds. */
      if (link != NULL && FOB_IS_ACCOUNT_DIALOG (self->dialog) &&
          g_object_get_data (G_OBJECT (self->dialog), "edits") == NULL)
        fob_account_dialog_load_link (FOB_ACCOUNT_DIALOG (self->dialog), link);
      gtk_window_present (self->dialog);
      return;
    }

  dialog =
    fob_account_dialog_new (self->vault, self->clock, fob_window_get_clipboard (self), account);
  g_object_set_data (G_OBJECT (dialog), "edits", GINT_TO_POINTER (account != NULL));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (fob_window_dialog_saved_cb), self,
                           G_CONNECT_SWAPPED);
  if (link != NULL)
    fob_account_dialog_load_link (dialog, link);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

/* Actions */

static void
fob_window_add_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_open_dialog (FOB_WINDOW (widget), NULL, NULL);
}

static void
fob_window_copy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account = fob_window_dup_target (self, parameter);

  if (account != NULL)
    fob_window_copy_account (self, account, g_str_equal (action_name, "win.copy-next"));
}

static void
fob_window_next_counter_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account = fob_window_dup_target (self, parameter);

  if (account != NULL)
    fob_window_advance_account (self, account);
}

static void
fob_window_edit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account = fob_window_dup_target (self, parameter);

  if (account != NULL)
    fob_window_open_dialog (self, account, NULL);
}

void
fob_window_show_codes (FobWindow *self, const char *title, GPtrArray *texts)
{
  g_autoptr (GError) error = NULL;
  FobQrDialog *dialog = fob_qr_dialog_new (title, texts, &error);

  if (dialog == NULL)
    {
      fob_window_toast (self, error->message);
      return;
    }
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

static void
fob_window_show_qr_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account = fob_window_dup_target (self, parameter);
  g_autoptr (GPtrArray) texts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);
  g_autofree char *title = NULL;

  if (account == NULL || self->dialog != NULL)
    return;

  g_ptr_array_add (texts, fob_otp_uri_format (fob_account_get_otp (account),
                                              fob_account_get_issuer (account),
                                              fob_account_get_name (account)));
  title = fob_account_dup_title (account);
  fob_window_show_codes (self, title, texts);
}

static void
fob_window_pin_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account = fob_window_dup_target (self, parameter);
  g_autoptr (FobAccount) changed = NULL;
  g_autoptr (FobEdit) edit = NULL;

  if (account == NULL)
    return;

  changed = fob_account_with_pinned (account, g_str_equal (action_name, "win.pin"));
  edit = fob_edit_new_update (account, changed);
  fob_window_edit (self, edit, NULL);
}

static void
fob_window_delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobAccount) account = fob_window_dup_target (self, parameter);
  g_autoptr (FobEdit) edit = NULL;
  g_autofree char *title = NULL;

  if (account == NULL)
    return;

  title = fob_account_dup_title (account);
  edit = fob_edit_new_remove (fob_account_get_id (account));
  /* Translators: the name of a service */
  fob_window_edit (self, edit, g_strdup_printf (_ ("%s deleted"), title));
}

static guint
fob_window_find_position (FobWindow *self, const char *account_id)
{
  const guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->vault));

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (G_LIST_MODEL (self->vault), i);

      if (g_str_equal (fob_account_get_id (account), account_id))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* Puts an account where another one is, which makes room for it. */
static void
fob_window_move_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobWindow *self = FOB_WINDOW (widget);
  g_autoptr (FobEdit) edit = NULL;
  const char *id;
  const char *other_id;
  guint position;

  g_variant_get (parameter, "(&s&s)", &id, &other_id);
  position = fob_window_find_position (self, other_id);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  /* In every other order they have their places. */
  if (fob_settings_get_sort () != FOB_SORT_MANUAL)
    {
      fob_window_toast (self, _ ("To move accounts, choose “Manual Order” in the menu first."));
      return;
    }
  edit = fob_edit_new_move (id, position);
  fob_window_edit (self, edit, NULL);
}

static void
fob_window_undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_window_undo (FOB_WINDOW (widget), parameter != NULL ? g_variant_get_uint32 (parameter) : 0);
}

void
fob_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add", NULL, fob_window_add_action);
  gtk_widget_class_install_action (widget_class, "win.move", "(ss)", fob_window_move_action);
  gtk_widget_class_install_action (widget_class, "win.copy", "s", fob_window_copy_action);
  gtk_widget_class_install_action (widget_class, "win.copy-next", "s", fob_window_copy_action);
  gtk_widget_class_install_action (widget_class, "win.next-counter", "s",
                                   fob_window_next_counter_action);
  gtk_widget_class_install_action (widget_class, "win.edit", "s", fob_window_edit_action);
  gtk_widget_class_install_action (widget_class, "win.show-qr", "s", fob_window_show_qr_action);
  gtk_widget_class_install_action (widget_class, "win.pin", "s", fob_window_pin_action);
  gtk_widget_class_install_action (widget_class, "win.unpin", "s", fob_window_pin_action);
  gtk_widget_class_install_action (widget_class, "win.delete", "s", fob_window_delete_action);
  gtk_widget_class_install_action (widget_class, "win.undo", "u", fob_window_undo_action);
  gtk_widget_class_install_action (widget_class, "win.undo-last", NULL, fob_window_undo_action);
}
