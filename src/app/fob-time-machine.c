/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-time-machine.h"

#include <glib/gi18n-lib.h>

#include "fob-backup-text.h"
#include "fob-merge-view.h"
#include "fob-status-text.h"

struct _FobTimeMachine
{
  AdwWindow parent_instance;

  AdwToastOverlay *toast_overlay;
  GtkWidget *back_button;
  GtkWidget *restore_all_button;
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwPreferencesGroup *copies_group;
  FobMergeView *merge_view;
  AdwStatusPage *failed_page;

  FobBackups *backups;
  GArray *names;       /* of FobBackupName */
  FobPayload *payload; /* of the copy that is shown */
  GCancellable *cancellable;
};

enum
{
  SIGNAL_RESTORED,
  SIGNAL_RESTORE_ALL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobTimeMachine, fob_time_machine, ADW_TYPE_WINDOW)

static void
fob_time_machine_show_page (FobTimeMachine *self, const char *page)
{
  const gboolean is_copy = g_str_equal (page, "copy");

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "busy"));
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->restore_all_button, is_copy);
  gtk_widget_set_visible (self->back_button, self->names != NULL && !g_str_equal (page, "list"));
  if (!is_copy)
    gtk_window_set_title (GTK_WINDOW (self), _ ("Earlier Copies"));
}

static void
fob_time_machine_fail (FobTimeMachine *self, const char *message)
{
  fob_status_text_set (self->failed_page, message);
  fob_time_machine_show_page (self, "failed");
}

/* One copy */

static void
fob_time_machine_update_copy (FobTimeMachine *self)
{
  FobPayload *ours = fob_vault_get_payload (fob_backups_get_vault (self->backups));

  if (self->payload != NULL && ours != NULL)
    fob_merge_view_take_merge (self->merge_view,
                               fob_merge_new (ours, self->payload, FOB_MERGE_REPLACE),
                               FOB_MERGE_TENSE_HISTORY);
}

static void
fob_time_machine_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobTimeMachine) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobPayload) payload = fob_backups_open_finish (FOB_BACKUPS (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE))
    fob_time_machine_fail (self, _ ("This copy was made with an earlier passphrase. Restore it as "
                                    "a file, and type the passphrase of its time."));
  else if (payload == NULL)
    fob_time_machine_fail (self, error->message);
  else
    {
      g_clear_pointer (&self->payload, fob_payload_unref);
      self->payload = g_steal_pointer (&payload);
      fob_time_machine_update_copy (self);
      fob_time_machine_show_page (self, "copy");
    }
}

static void
fob_time_machine_row_activated_cb (FobTimeMachine *self, AdwActionRow *row)
{
  const guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
  const FobBackupName *name = &g_array_index (self->names, FobBackupName, index);
  g_autofree char *date = fob_backup_text_dup_date (name->time);

  fob_time_machine_show_page (self, "busy");
  gtk_window_set_title (GTK_WINDOW (self), date);
  fob_backups_open_async (self->backups, name, self->cancellable, fob_time_machine_opened_cb,
                          g_object_ref (self));
}

/* The list */

static void
fob_time_machine_add_row (FobTimeMachine *self, guint index)
{
  const FobBackupName *name = &g_array_index (self->names, FobBackupName, index);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *date = fob_backup_text_dup_date (name->time);
  g_autofree char *generation = g_strdup_printf ("%" G_GUINT64_FORMAT, name->generation);
  /* Translators: changes of the accounts are counted; this is the number of one */
  g_autofree char *subtitle = g_strdup_printf (_ ("Change %s"), generation);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), date);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (row, "activated", G_CALLBACK (fob_time_machine_row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->copies_group, row);
}

static void
fob_time_machine_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobTimeMachine) self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *names = fob_backups_list_finish (FOB_BACKUPS (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&names, g_array_unref);
      return;
    }
  if (names == NULL)
    {
      fob_time_machine_fail (self, error->message);
      return;
    }
  if (names->len == 0)
    {
      g_array_unref (names);
      fob_time_machine_fail (self, _ ("There is no backup of these accounts in the folder."));
      return;
    }

  self->names = names;
  for (guint i = 0; i < names->len; i++)
    fob_time_machine_add_row (self, i);
  fob_time_machine_show_page (self, "list");
}

/* Restoring */

typedef struct
{
  FobTimeMachine *dialog;
  char *message;
} RestoreData;

static void
restore_data_free (RestoreData *data)
{
  g_clear_object (&data->dialog);
  g_free (data->message);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RestoreData, restore_data_free)

static void
fob_time_machine_restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RestoreData) data = user_data;
  FobTimeMachine *self = data->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_vault_edit_finish (FOB_VAULT (source), result, &error);
  g_autofree char *text =
    g_markup_escape_text (inverse != NULL ? data->message : error->message, -1);

  if (inverse != NULL)
    g_signal_emit (self, signals[SIGNAL_RESTORED], 0, data->message, inverse);
  if (!g_cancellable_is_cancelled (self->cancellable))
    adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (text));
}

static void
fob_time_machine_restore_cb (FobTimeMachine *self, guint position)
{
  FobMerge *merge = fob_merge_view_get_merge (self->merge_view);
  g_autoptr (FobEdit) edit = fob_merge_dup_item_edit (merge, position);
  g_autofree char *title = fob_merge_text_dup_title (fob_merge_get_item (merge, position)->theirs);
  RestoreData *data;

  if (edit == NULL)
    return;
  data = g_new0 (RestoreData, 1);
  data->dialog = g_object_ref (self);
  /* Translators: an account */
  data->message = g_strdup_printf (_ ("%s restored"), title);
  /* What has begun is seen through, and told of. */
  fob_vault_edit_async (fob_backups_get_vault (self->backups), edit, NULL,
                        fob_time_machine_restored_cb, data);
}

static void
fob_time_machine_restore_all_action (GtkWidget *widget,
                                     const char *action_name,
                                     GVariant *parameter)
{
  FobTimeMachine *self = FOB_TIME_MACHINE (widget);
  g_autoptr (FobPayload) payload = self->payload != NULL ? fob_payload_ref (self->payload) : NULL;

  if (payload == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_RESTORE_ALL], 0, payload);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
fob_time_machine_back_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_time_machine_show_page (FOB_TIME_MACHINE (widget), "list");
}

/* Life */

static void
fob_time_machine_vault_state_cb (FobTimeMachine *self)
{
  if (fob_vault_get_state (fob_backups_get_vault (self->backups)) != FOB_VAULT_STATE_READY)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
fob_time_machine_dispose (GObject *object)
{
  FobTimeMachine *self = FOB_TIME_MACHINE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->payload, fob_payload_unref);
  g_clear_pointer (&self->names, g_array_unref);

  G_OBJECT_CLASS (fob_time_machine_parent_class)->dispose (object);
}

static void
fob_time_machine_finalize (GObject *object)
{
  FobTimeMachine *self = FOB_TIME_MACHINE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->backups);

  G_OBJECT_CLASS (fob_time_machine_parent_class)->finalize (object);
}

static void
fob_time_machine_class_init (FobTimeMachineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_time_machine_dispose;
  object_class->finalize = fob_time_machine_finalize;

  signals[SIGNAL_RESTORED] =
    g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, FOB_TYPE_EDIT);
  signals[SIGNAL_RESTORE_ALL] =
    g_signal_new ("restore-all", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (FOB_TYPE_MERGE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-time-machine.ui");
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, back_button);
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, restore_all_button);
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, stack);
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, spinner);
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, copies_group);
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, merge_view);
  gtk_widget_class_bind_template_child (widget_class, FobTimeMachine, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, fob_time_machine_restore_cb);

  gtk_widget_class_install_action (widget_class, "dialog.back", NULL, fob_time_machine_back_action);
  gtk_widget_class_install_action (widget_class, "dialog.restore-all", NULL,
                                   fob_time_machine_restore_all_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fob_time_machine_init (FobTimeMachine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  fob_time_machine_show_page (self, "busy");
}

FobTimeMachine *
fob_time_machine_new (FobBackups *backups)
{
  FobTimeMachine *self = g_object_new (FOB_TYPE_TIME_MACHINE, NULL);
  FobVault *vault = fob_backups_get_vault (backups);

  self->backups = g_object_ref (backups);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (fob_time_machine_vault_state_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vault, "items-changed", G_CALLBACK (fob_time_machine_update_copy), self,
                           G_CONNECT_SWAPPED);
  fob_backups_list_async (backups, self->cancellable, fob_time_machine_listed_cb,
                          g_object_ref (self));

  return self;
}
