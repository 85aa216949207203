/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-restore-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-backups.h"
#include "fob-merge-view.h"
#include "fob-status-text.h"

struct _FobRestoreDialog
{
  AdwWindow parent_instance;

  GtkButton *restore_button;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkEditable *passphrase_row;
  GtkLabel *passphrase_message_label;
  GtkWidget *unlock_button;
  GtkWidget *mode_group;
  GtkCheckButton *merge_check;
  GtkLabel *message_label;
  FobMergeView *merge_view;
  AdwStatusPage *failed_page;

  FobVault *vault;
  FobMergeMode mode;
  GFile *file;
  FobPayload *payload; /* what comes in */
  GCancellable *cancellable;
  gboolean restoring;
};

enum
{
  SIGNAL_RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobRestoreDialog, fob_restore_dialog, ADW_TYPE_WINDOW)

/* Pages */

static gboolean
fob_restore_dialog_has_work (FobRestoreDialog *self)
{
  FobMerge *merge = fob_merge_view_get_merge (self->merge_view);

  return merge != NULL && !fob_merge_is_empty (merge);
}

static void
fob_restore_dialog_show_page (FobRestoreDialog *self, const char *page)
{
  /* An entry that goes away with the focus in it makes GTK 4.8 complain. */
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), page))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "busy"));
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.restore",
                                 g_str_equal (page, "plan") && !self->restoring &&
                                   fob_restore_dialog_has_work (self));
}

static void
fob_restore_dialog_show_message (GtkLabel *label, const char *message)
{
  gtk_label_set_text (label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
}

/* The plan is made anew whenever the vault or the choice changes: it must be what will happen. */
static void
fob_restore_dialog_plan (FobRestoreDialog *self)
{
  FobPayload *ours = fob_vault_get_payload (self->vault);
  FobMergeMode mode = self->mode;

  if (self->payload == NULL || ours == NULL || self->restoring)
    return;
  if (mode != FOB_MERGE_SYNC)
    mode = gtk_check_button_get_active (self->merge_check) ? FOB_MERGE_RESTORE : FOB_MERGE_REPLACE;

  fob_merge_view_take_merge (self->merge_view, fob_merge_new (ours, self->payload, mode),
                             FOB_MERGE_TENSE_PLAN);
  fob_restore_dialog_show_page (self, "plan");
}

static void
fob_restore_dialog_mode_changed_cb (FobRestoreDialog *self)
{
  fob_restore_dialog_plan (self);
}

/* Reading */

static void
fob_restore_dialog_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobRestoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobPayload) payload = fob_backups_open_file_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (payload != NULL)
    fob_restore_dialog_open_payload (self, payload);
  else if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE))
    {
      const gboolean typed = *gtk_editable_get_text (self->passphrase_row) != '\0';

      fob_restore_dialog_show_page (self, "passphrase");
      fob_restore_dialog_show_message (self->passphrase_message_label,
                                       typed ? error->message : NULL);
      gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (self->passphrase_row)));
      gtk_editable_select_region (self->passphrase_row, 0, -1);
    }
  else
    {
      fob_status_text_set (self->failed_page, error->message);
      fob_restore_dialog_show_page (self, "failed");
    }
}

static void
fob_restore_dialog_read (FobRestoreDialog *self, FobSecret *passphrase)
{
  fob_restore_dialog_show_page (self, "busy");
  fob_backups_open_file_async (self->vault, self->file, passphrase, self->cancellable,
                               fob_restore_dialog_read_cb, g_object_ref (self));
}

static void
fob_restore_dialog_passphrase_changed_cb (FobRestoreDialog *self)
{
  gtk_widget_set_sensitive (self->unlock_button,
                            *gtk_editable_get_text (self->passphrase_row) != '\0');
}

static void
fob_restore_dialog_unlock_cb (FobRestoreDialog *self)
{
  const char *text = gtk_editable_get_text (self->passphrase_row);
  g_autoptr (FobSecret) passphrase = fob_secret_new (text, strlen (text));

  if (*text != '\0')
    fob_restore_dialog_read (self, passphrase);
}

/* Restoring */

static void
fob_restore_dialog_edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobRestoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_vault_edit_finish (FOB_VAULT (source), result, &error);

  self->restoring = FALSE;
  if (inverse != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_RESTORED], 0, inverse);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  fob_restore_dialog_plan (self);
  fob_restore_dialog_show_message (self->message_label, error->message);
}

static void
fob_restore_dialog_restore_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobRestoreDialog *self = FOB_RESTORE_DIALOG (widget);
  g_autoptr (FobEdit) edit = fob_merge_dup_edit (fob_merge_view_get_merge (self->merge_view));

  if (edit == NULL)
    return;

  self->restoring = TRUE;
  fob_restore_dialog_show_message (self->message_label, NULL);
  fob_restore_dialog_show_page (self, "busy");
  /* Not cancelled with the dialog: what has begun is seen through, and told of. */
  fob_vault_edit_async (self->vault, edit, NULL, fob_restore_dialog_edited_cb, g_object_ref (self));
}

/* Life */

static void
fob_restore_dialog_vault_state_cb (FobRestoreDialog *self)
{
  if (fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
fob_restore_dialog_dispose (GObject *object)
{
  FobRestoreDialog *self = FOB_RESTORE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->payload, fob_payload_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (fob_restore_dialog_parent_class)->dispose (object);
}

static void
fob_restore_dialog_finalize (GObject *object)
{
  g_clear_object (&FOB_RESTORE_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (fob_restore_dialog_parent_class)->finalize (object);
}

static void
fob_restore_dialog_class_init (FobRestoreDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_restore_dialog_dispose;
  object_class->finalize = fob_restore_dialog_finalize;

  signals[SIGNAL_RESTORED] = g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, FOB_TYPE_EDIT);

  g_type_ensure (FOB_TYPE_MERGE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-restore-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, restore_button);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, passphrase_message_label);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, mode_group);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, merge_check);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, merge_view);
  gtk_widget_class_bind_template_child (widget_class, FobRestoreDialog, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, fob_restore_dialog_passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_restore_dialog_unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_restore_dialog_mode_changed_cb);

  gtk_widget_class_install_action (widget_class, "dialog.restore", NULL,
                                   fob_restore_dialog_restore_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fob_restore_dialog_init (FobRestoreDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  fob_restore_dialog_passphrase_changed_cb (self);
  fob_restore_dialog_show_page (self, "busy");
}

FobRestoreDialog *
fob_restore_dialog_new (FobVault *vault, FobMergeMode mode)
{
  FobRestoreDialog *self = g_object_new (FOB_TYPE_RESTORE_DIALOG, NULL);

  self->vault = g_object_ref (vault);
  self->mode = mode;
  gtk_widget_set_visible (self->mode_group, mode != FOB_MERGE_SYNC);
  gtk_check_button_set_active (self->merge_check, mode != FOB_MERGE_REPLACE);
  if (mode == FOB_MERGE_SYNC)
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("Merge Conflict Copy"));
      gtk_button_set_label (self->restore_button, _ ("_Merge"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->restore_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Merge"), -1);
    }
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (fob_restore_dialog_vault_state_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vault, "items-changed", G_CALLBACK (fob_restore_dialog_plan), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
fob_restore_dialog_open_file (FobRestoreDialog *self, GFile *file)
{
  g_return_if_fail (FOB_IS_RESTORE_DIALOG (self));

  g_set_object (&self->file, file);
  fob_restore_dialog_read (self, NULL);
}

void
fob_restore_dialog_open_payload (FobRestoreDialog *self, FobPayload *payload)
{
  g_return_if_fail (FOB_IS_RESTORE_DIALOG (self));

  fob_payload_ref (payload);
  g_clear_pointer (&self->payload, fob_payload_unref);
  self->payload = payload;
  gtk_editable_set_text (self->passphrase_row, "");
  fob_restore_dialog_plan (self);
}
