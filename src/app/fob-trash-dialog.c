/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-trash-dialog.h"

#include <glib/gi18n-lib.h>

#include "fob-account-title.h"
#include "fob-display-text.h"
#include "fob-payload-draft.h"

#define DAY_SECONDS (24 * 60 * 60)

struct _FobTrashDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toast_overlay;
  GtkWidget *empty_button;
  GtkStack *stack;
  GtkListBox *list;

  FobVault *vault;
  GCancellable *cancellable;
  char *purge_id; /* what a question is about; NULL for all of it */
};

G_DEFINE_FINAL_TYPE (FobTrashDialog, fob_trash_dialog, ADW_TYPE_WINDOW)

/* What an edit leaves to say. */
typedef struct
{
  FobTrashDialog *dialog;
  char *message;
} EditData;

static void
edit_data_free (EditData *data)
{
  g_clear_object (&data->dialog);
  g_free (data->message);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EditData, edit_data_free)

/* Rows */

/* Returns: (transfer full): the name of the account there and how long it stays. */
static char *
describe (FobAccount *account, gint64 deleted, gint64 now)
{
  const gint64 left = deleted + FOB_TRASH_SECONDS - now;
  const guint n_days = (guint) CLAMP ((left + DAY_SECONDS - 1) / DAY_SECONDS, 0, 30);
  g_autofree char *days =
    n_days <= 1 ? g_strdup (_ ("Deleted forever within a day"))
                : g_strdup_printf (ngettext ("%u day left", "%u days left", n_days), n_days);
  g_autofree char *name = fob_display_text (fob_account_get_name (account));

  if (*fob_account_get_issuer (account) == '\0' || *name == '\0')
    return g_steal_pointer (&days);

  /* Translators: an account name, and how long it stays in the trash */
  return g_strdup_printf (_ ("%s · %s"), name, days);
}

static GtkWidget *
create_button (const char *icon, const char *tooltip, const char *action, const char *id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);

  return button;
}

static GtkWidget *
create_row (FobAccount *account, gint64 deleted, gint64 now)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  const char *id = fob_account_get_id (account);
  g_autofree char *title = fob_account_dup_title (account);
  g_autofree char *subtitle = describe (account, deleted, now);
  /* Translators: the name of a service */
  g_autofree char *restore = g_strdup_printf (_ ("Restore %s"), title);
  /* Translators: the name of a service */
  g_autofree char *purge = g_strdup_printf (_ ("Delete %s Forever"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_title_lines (row, 1);
  adw_action_row_set_subtitle_lines (row, 2);
  adw_action_row_add_suffix (row,
                             create_button ("edit-undo-symbolic", restore, "trash.restore", id));
  adw_action_row_add_suffix (row, create_button ("user-trash-symbolic", purge, "trash.purge", id));

  return GTK_WIDGET (row);
}

static void
fob_trash_dialog_update (FobTrashDialog *self)
{
  FobPayload *payload = fob_vault_get_payload (self->vault);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const guint n_trashed = payload != NULL ? fob_payload_get_n_trashed (payload) : 0;
  GtkWidget *row;

  /* The button that was pressed goes away with its row. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = n_trashed; i > 0; i--)
    {
      gint64 deleted;
      FobAccount *account = fob_payload_get_trashed (payload, i - 1, &deleted);

      gtk_list_box_append (self->list, create_row (account, deleted, now));
    }
  gtk_stack_set_visible_child_name (self->stack, n_trashed > 0 ? "list" : "empty");
  gtk_widget_set_visible (self->empty_button, n_trashed > 0);
  row = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  if (row != NULL)
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

/* Edits */

static void
fob_trash_dialog_edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EditData) data = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_vault_edit_finish (FOB_VAULT (source), result, &error);
  FobTrashDialog *self = data->dialog;
  g_autofree char *escaped = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  escaped = g_markup_escape_text (error != NULL ? error->message : data->message, -1);
  fob_trash_dialog_update (self);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

/* @message: (transfer full): to say when it is done */
static void
fob_trash_dialog_edit (FobTrashDialog *self, FobEdit *edit, char *message)
{
  EditData *data = g_new0 (EditData, 1);

  data->dialog = g_object_ref (self);
  data->message = message;
  fob_vault_edit_async (self->vault, edit, self->cancellable, fob_trash_dialog_edited_cb, data);
}

static FobAccount *
fob_trash_dialog_find (FobTrashDialog *self, const char *id)
{
  FobPayload *payload = fob_vault_get_payload (self->vault);
  const guint n_trashed = payload != NULL ? fob_payload_get_n_trashed (payload) : 0;

  for (guint i = 0; i < n_trashed; i++)
    {
      FobAccount *account = fob_payload_get_trashed (payload, i, NULL);

      if (g_str_equal (fob_account_get_id (account), id))
        return account;
    }

  return NULL;
}

static void
fob_trash_dialog_restore_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobTrashDialog *self = FOB_TRASH_DIALOG (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  FobAccount *account = fob_trash_dialog_find (self, id);
  g_autoptr (FobEdit) edit = fob_edit_new_restore (id, G_MAXUINT);
  g_autofree char *title = NULL;

  if (account == NULL)
    return;
  title = fob_account_dup_title (account);
  /* Translators: the name of a service */
  fob_trash_dialog_edit (self, edit, g_strdup_printf (_ ("%s restored"), title));
}

/* Deleting forever */

static FobEdit *
create_purge_of_all (FobPayload *payload)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);

  for (guint i = 0; i < fob_payload_get_n_trashed (payload); i++)
    g_ptr_array_add (
      edits, fob_edit_new_purge (fob_account_get_id (fob_payload_get_trashed (payload, i, NULL))));

  return fob_edit_new_batch (edits);
}

static void
fob_trash_dialog_answered_cb (FobTrashDialog *self, const char *response)
{
  FobPayload *payload = fob_vault_get_payload (self->vault);
  g_autoptr (FobEdit) edit = NULL;

  if (payload == NULL || !g_str_equal (response, "delete"))
    return;
  edit =
    self->purge_id != NULL ? fob_edit_new_purge (self->purge_id) : create_purge_of_all (payload);
  fob_trash_dialog_edit (self, edit, g_strdup (_ ("Deleted forever")));
}

static void
fob_trash_dialog_ask (FobTrashDialog *self,
                      const char *heading,
                      const char *body,
                      const char *response)
{
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), heading, body));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", response, NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (fob_trash_dialog_answered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
fob_trash_dialog_purge_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobTrashDialog *self = FOB_TRASH_DIALOG (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  FobAccount *account = fob_trash_dialog_find (self, id);
  g_autofree char *title = NULL;
  g_autofree char *heading = NULL;

  if (account == NULL)
    return;
  title = fob_account_dup_title (account);
  /* Translators: the name of a service */
  heading = g_strdup_printf (_ ("Delete %s Forever?"), title);
  g_free (self->purge_id);
  self->purge_id = g_strdup (id);
  fob_trash_dialog_ask (self, heading,
                        _ ("Its secret will be gone from this device. If the service still asks "
                           "for codes, you may not be able to log in."),
                        _ ("_Delete Forever"));
}

static void
fob_trash_dialog_empty_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobTrashDialog *self = FOB_TRASH_DIALOG (widget);

  g_clear_pointer (&self->purge_id, g_free);
  fob_trash_dialog_ask (self, _ ("Empty Trash?"),
                        _ ("The secrets of all accounts in the trash will be gone from this "
                           "device. This cannot be undone."),
                        _ ("_Empty Trash"));
}

/* Life */

static void
fob_trash_dialog_dispose (GObject *object)
{
  FobTrashDialog *self = FOB_TRASH_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (fob_trash_dialog_parent_class)->dispose (object);
}

static void
fob_trash_dialog_finalize (GObject *object)
{
  FobTrashDialog *self = FOB_TRASH_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->purge_id, g_free);

  G_OBJECT_CLASS (fob_trash_dialog_parent_class)->finalize (object);
}

static void
fob_trash_dialog_class_init (FobTrashDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fob_trash_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = fob_trash_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-trash-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobTrashDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FobTrashDialog, empty_button);
  gtk_widget_class_bind_template_child (widget_class, FobTrashDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FobTrashDialog, list);
  gtk_widget_class_install_action (widget_class, "trash.restore", "s",
                                   fob_trash_dialog_restore_action);
  gtk_widget_class_install_action (widget_class, "trash.purge", "s", fob_trash_dialog_purge_action);
  gtk_widget_class_install_action (widget_class, "trash.empty", NULL,
                                   fob_trash_dialog_empty_action);
}

static void
fob_trash_dialog_init (FobTrashDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
}

FobTrashDialog *
fob_trash_dialog_new (FobVault *vault)
{
  FobTrashDialog *self = g_object_new (FOB_TYPE_TRASH_DIALOG, NULL);

  self->vault = g_object_ref (vault);
  g_signal_connect_object (vault, "items-changed", G_CALLBACK (fob_trash_dialog_update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  fob_trash_dialog_update (self);

  return self;
}
