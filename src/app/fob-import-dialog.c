/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-import-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-display-text.h"
#include "fob-import-row.h"
#include "fob-skipped-page.h"
#include "fob-status-text.h"

struct _FobImportDialog
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *passphrase_page;
  GtkEditable *passphrase_row;
  GtkLabel *passphrase_message_label;
  GtkWidget *skip_button;
  GtkWidget *unlock_button;
  GtkLabel *hint_label;
  GtkCheckButton *all_check;
  GtkLabel *message_label;
  GtkListView *list_view;
  GtkButton *skipped_button;
  FobSkippedPage *skipped_page;
  AdwStatusPage *failed_page;

  FobVault *vault;
  FobClock *clock;
  GCancellable *cancellable;
  GQueue waiting;      /* of FobImportSource: to be read; the head is being read or asked about */
  GPtrArray *sources;  /* of FobImportSource: read */
  GPtrArray *failures; /* of Failure: the others */
  GListStore *items;   /* of FobImportItem */
  guint n_selected;
  gboolean reading;
  gboolean importing;
  gboolean updating_all;
};

/* A source that could not be read. */
typedef struct
{
  FobImportSource *source;
  char *text; /* what to tell somebody */
} Failure;

enum
{
  SIGNAL_IMPORTED,
  SIGNAL_ICON_PACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobImportDialog, fob_import_dialog, ADW_TYPE_WINDOW)

static void fob_import_dialog_read_next (FobImportDialog *self);

static void
failure_free (Failure *failure)
{
  fob_import_source_unref (failure->source);
  g_free (failure->text);
  g_free (failure);
}

static void
fob_import_dialog_show_page (FobImportDialog *self, const char *page)
{
  /* An entry that goes away with the focus in it makes GTK 4.8 complain. */
  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), page))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "busy"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* Preview */

static void
fob_import_dialog_update (FobImportDialog *self)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  const gboolean preview = g_strcmp0 (page, "preview") == 0;
  g_autofree char *label = g_strdup_printf (
    ngettext ("%u of %u account will be imported", "%u of %u accounts will be imported", n_items),
    self->n_selected, n_items);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.import",
                                 preview && self->n_selected > 0 && !self->importing);
  self->updating_all = TRUE;
  gtk_check_button_set_label (self->all_check, label);
  gtk_check_button_set_active (self->all_check, self->n_selected > 0);
  gtk_check_button_set_inconsistent (self->all_check,
                                     self->n_selected > 0 && self->n_selected < n_items);
  self->updating_all = FALSE;
}

static void
fob_import_dialog_selected_cb (FobImportDialog *self, GParamSpec *pspec, FobImportItem *item)
{
  if (fob_import_item_get_selected (item))
    self->n_selected++;
  else
    self->n_selected--;
  if (!self->updating_all)
    fob_import_dialog_update (self);
}

static void
fob_import_dialog_all_toggled_cb (FobImportDialog *self)
{
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  const gboolean all = self->n_selected < n_items;

  if (self->updating_all)
    return;

  self->updating_all = TRUE;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (FobImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      fob_import_item_set_selected (item, all);
    }
  self->updating_all = FALSE;
  fob_import_dialog_update (self);
}

static void
fob_import_dialog_row_activated_cb (FobImportDialog *self, guint position)
{
  g_autoptr (FobImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  fob_import_item_set_selected (item, !fob_import_item_get_selected (item));
}

static GPtrArray *
fob_import_dialog_list_existing (FobImportDialog *self)
{
  GPtrArray *existing = g_ptr_array_new_with_free_func (g_object_unref);
  const guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->vault));

  for (guint i = 0; i < n_accounts; i++)
    g_ptr_array_add (existing, g_list_model_get_item (G_LIST_MODEL (self->vault), i));

  return existing;
}

static void
fob_import_dialog_fill_items (FobImportDialog *self)
{
  g_autoptr (GPtrArray) existing = fob_import_dialog_list_existing (self);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FobImportPlan) plan = NULL;

  for (guint i = 0; i < self->sources->len; i++)
    {
      FobImport *import = fob_import_source_get_import (self->sources->pdata[i]);

      for (guint j = 0; j < fob_import_get_n_accounts (import); j++)
        g_ptr_array_add (accounts, fob_import_get_account (import, j));
    }
  plan = fob_import_plan_new (accounts, existing);
  self->n_selected = 0;
  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *other;
      const FobImportStatus status = fob_import_plan_get_status (plan, i, &other);
      FobImportItem *item = fob_import_item_new (accounts->pdata[i], status, other);

      g_signal_connect_object (item, "notify::selected", G_CALLBACK (fob_import_dialog_selected_cb),
                               self, G_CONNECT_SWAPPED);
      self->n_selected += fob_import_item_get_selected (item) ? 1 : 0;
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
}

static guint
fob_import_dialog_count_skipped (FobImportDialog *self)
{
  guint n_skipped = 0;

  for (guint i = 0; i < self->sources->len; i++)
    n_skipped += fob_import_get_n_skipped (fob_import_source_get_import (self->sources->pdata[i]));

  return n_skipped;
}

static char *
fob_import_dialog_dup_failures (FobImportDialog *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->failures->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, ((Failure *) self->failures->pdata[i])->text);
    }

  return g_string_free (text, FALSE);
}

static void
fob_import_dialog_show_result (FobImportDialog *self)
{
  const guint n_skipped = fob_import_dialog_count_skipped (self);
  g_autofree char *failures = fob_import_dialog_dup_failures (self);
  g_autofree char *label = g_strdup_printf (ngettext ("%u entry could not be read…",
                                                      "%u entries could not be read…", n_skipped),
                                            n_skipped);

  fob_import_dialog_fill_items (self);
  gtk_label_set_text (self->message_label, failures);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), *failures != '\0');
  gtk_button_set_label (self->skipped_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->skipped_button), n_skipped > 0);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0 || n_skipped > 0)
    {
      fob_import_dialog_show_page (self, "preview");
      gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
    }
  else
    {
      fob_status_text_set (self->failed_page,
                           *failures != '\0' ? failures : _ ("There are no accounts in it."));
      fob_import_dialog_show_page (self, "failed");
    }
  fob_import_dialog_update (self);
}

/* Skipped entries */

static void
fob_import_dialog_show_skipped_cb (FobImportDialog *self)
{
  fob_skipped_page_show (self->skipped_page, self->sources);
  fob_import_dialog_show_page (self, "skipped");
  fob_import_dialog_update (self);
}

static void
fob_import_dialog_back_cb (FobImportDialog *self)
{
  fob_import_dialog_show_page (self, "preview");
  fob_import_dialog_update (self);
}

static void
fob_import_dialog_report_failed_cb (FobImportDialog *self, const char *message)
{
  gtk_label_set_text (self->message_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), TRUE);
  fob_import_dialog_back_cb (self);
}

/* Reading */

static void
fob_import_dialog_drop_head (FobImportDialog *self)
{
  fob_import_source_unref (g_queue_pop_head (&self->waiting));
}

static void
fob_import_dialog_ask (FobImportDialog *self, FobImportSource *source, const char *message)
{
  const FobFormat *format = fob_import_source_get_format (source);
  g_autofree char *name = fob_display_text (fob_import_source_get_name (source));
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  g_autofree char *description = NULL;

  if (*name != '\0')
    /* Translators: the name of a file, the name of another app */
    description = g_strdup_printf (_ ("%s is from %s. Enter the passphrase that was set there."),
                                   escaped, _ (format->label));
  else
    /* Translators: the name of another app */
    description = g_strdup_printf (_ ("It is from %s. Enter the passphrase that was set there."),
                                   _ (format->label));
  fob_status_text_set (self->passphrase_page, description);
  gtk_label_set_text (self->passphrase_message_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_message_label), message != NULL);
  gtk_widget_set_visible (self->skip_button,
                          self->sources->len > 0 || g_queue_get_length (&self->waiting) > 1);
  fob_import_dialog_show_page (self, "passphrase");
  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (self->passphrase_row)));
  gtk_editable_select_region (self->passphrase_row, 0, -1);
}

static void
fob_import_dialog_note_failure (FobImportDialog *self, FobImportSource *source, GError *error)
{
  g_autofree char *name = fob_display_text (fob_import_source_get_name (source));
  Failure *failure = g_new0 (Failure, 1);

  failure->source = fob_import_source_ref (source);
  if (*name != '\0')
    /* Translators: the name of a file, what is wrong with it */
    failure->text = g_strdup_printf (_ ("%s: %s"), name, error->message);
  else
    failure->text = g_strdup (error->message);
  g_ptr_array_add (self->failures, failure);
}

/* For others to take. Whether this window has nothing else to show. */
static gboolean
fob_import_dialog_pass_on (FobImportDialog *self, FobImportSource *source)
{
  g_signal_emit (self, signals[SIGNAL_ICON_PACK], 0, fob_import_source_get_bytes (source));

  return self->sources->len == 0 && self->failures->len == 0 &&
         g_queue_get_length (&self->waiting) == 1;
}

/* Returns: (transfer full) (nullable): @source together with what it is a part of. */
static FobImportSource *
fob_import_dialog_join (FobImportDialog *self, FobImportSource *source)
{
  FobImportSource *joined = NULL;

  for (guint i = 0; joined == NULL && i < self->sources->len; i++)
    {
      joined = fob_import_source_new_joined (self->sources->pdata[i], source);
      if (joined != NULL)
        g_ptr_array_remove_index (self->sources, i);
    }
  for (guint i = 0; joined == NULL && i < self->failures->len; i++)
    {
      joined =
        fob_import_source_new_joined (((Failure *) self->failures->pdata[i])->source, source);
      if (joined != NULL)
        g_ptr_array_remove_index (self->failures, i);
    }

  return joined;
}

/* Returns: whether somebody is asked for the passphrase. */
static gboolean
fob_import_dialog_fail (FobImportDialog *self, FobImportSource *source, GError *error)
{
  if (g_error_matches (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE))
    fob_import_dialog_ask (self, source, NULL);
  else if (g_error_matches (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_PASSPHRASE))
    fob_import_dialog_ask (self, source, error->message);
  else
    {
      fob_import_dialog_note_failure (self, source, error);
      return FALSE;
    }

  return TRUE;
}

static void
fob_import_dialog_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobImportDialog) self = user_data;
  FobImportSource *source = g_queue_peek_head (&self->waiting);
  g_autoptr (FobImportSource) joined = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  self->reading = FALSE;
  if (source == NULL)
    return;
  done = fob_import_source_read_finish (source, result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  /* A part of something that came before is read again, together with it. */
  joined = fob_import_dialog_join (self, source);
  if (joined != NULL)
    g_queue_insert_after (&self->waiting, self->waiting.head, g_steal_pointer (&joined));
  else if (done)
    {
      gtk_editable_set_text (self->passphrase_row, "");
      g_ptr_array_add (self->sources, fob_import_source_ref (source));
    }
  else if (g_error_matches (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_ICON_PACK))
    {
      if (fob_import_dialog_pass_on (self, source))
        {
          gtk_window_close (GTK_WINDOW (self));
          return;
        }
    }
  else if (fob_import_dialog_fail (self, source, error))
    return;

  fob_import_dialog_drop_head (self);
  fob_import_dialog_read_next (self);
}

static void
fob_import_dialog_read (FobImportDialog *self, FobSecret *passphrase)
{
  self->reading = TRUE;
  fob_import_dialog_show_page (self, "busy");
  fob_import_dialog_update (self);
  fob_import_source_read_async (g_queue_peek_head (&self->waiting), passphrase, self->cancellable,
                                fob_import_dialog_read_cb, g_object_ref (self));
}

static void
fob_import_dialog_read_next (FobImportDialog *self)
{
  if (self->reading)
    return;
  if (g_queue_is_empty (&self->waiting))
    fob_import_dialog_show_result (self);
  else
    fob_import_dialog_read (self, NULL);
}

static void
fob_import_dialog_passphrase_changed_cb (FobImportDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_message_label), FALSE);
  gtk_widget_set_sensitive (self->unlock_button,
                            *gtk_editable_get_text (self->passphrase_row) != '\0');
}

static void
fob_import_dialog_unlock_cb (FobImportDialog *self)
{
  const char *text = gtk_editable_get_text (self->passphrase_row);
  g_autoptr (FobSecret) passphrase = NULL;

  if (self->reading || *text == '\0' || g_queue_is_empty (&self->waiting))
    return;

  passphrase = fob_secret_new (text, strlen (text));
  fob_import_dialog_read (self, passphrase);
}

static void
fob_import_dialog_skip_cb (FobImportDialog *self)
{
  if (self->reading)
    return;

  gtk_editable_set_text (self->passphrase_row, "");
  fob_import_dialog_drop_head (self);
  fob_import_dialog_read_next (self);
}

/* Importing */

static void
fob_import_dialog_imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_vault_edit_finish (FOB_VAULT (source), result, &error);

  self->importing = FALSE;
  if (inverse != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, inverse, self->n_selected);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_label_set_text (self->message_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), TRUE);
  fob_import_dialog_show_page (self, "preview");
  fob_import_dialog_update (self);
}

static void
fob_import_dialog_import_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobImportDialog *self = FOB_IMPORT_DIALOG (widget);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (FobImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (fob_import_item_get_selected (item))
        g_ptr_array_add (edits, fob_edit_new_add (fob_import_item_get_account (item), G_MAXUINT));
    }
  batch = fob_edit_new_batch (edits);
  self->importing = TRUE;
  fob_import_dialog_show_page (self, "busy");
  fob_import_dialog_update (self);
  /* Once it has begun it is seen through, also when the dialog is closed. */
  fob_vault_edit_async (self->vault, batch, NULL, fob_import_dialog_imported_cb,
                        g_object_ref (self));
}

/* Rows */

static void
fob_import_dialog_setup_row_cb (FobImportDialog *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, fob_import_row_new (self->clock));
}

static void
fob_import_dialog_bind_row_cb (FobImportDialog *self, GtkListItem *list_item)
{
  fob_import_row_set_item (FOB_IMPORT_ROW (gtk_list_item_get_child (list_item)),
                           gtk_list_item_get_item (list_item));
}

static void
fob_import_dialog_unbind_row_cb (FobImportDialog *self, GtkListItem *list_item)
{
  fob_import_row_set_item (FOB_IMPORT_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
fob_import_dialog_setup_list (FobImportDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) model =
    gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));

  g_signal_connect_object (factory, "setup", G_CALLBACK (fob_import_dialog_setup_row_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (fob_import_dialog_bind_row_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (fob_import_dialog_unbind_row_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (model));
}

/* What comes in must not stay on screen when the accounts that are there may not. */
static void
fob_import_dialog_vault_state_cb (FobImportDialog *self)
{
  if (fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
fob_import_dialog_dispose (GObject *object)
{
  FobImportDialog *self = FOB_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  while (!g_queue_is_empty (&self->waiting))
    fob_import_dialog_drop_head (self);
  g_ptr_array_set_size (self->sources, 0);
  g_list_store_remove_all (self->items);
  g_clear_object (&self->vault);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fob_import_dialog_parent_class)->dispose (object);
}

static void
fob_import_dialog_finalize (GObject *object)
{
  FobImportDialog *self = FOB_IMPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->items);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->failures, g_ptr_array_unref);

  G_OBJECT_CLASS (fob_import_dialog_parent_class)->finalize (object);
}

static void
fob_import_dialog_class_init (FobImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_import_dialog_dispose;
  object_class->finalize = fob_import_dialog_finalize;

  signals[SIGNAL_IMPORTED] =
    g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, FOB_TYPE_EDIT, G_TYPE_UINT);
  signals[SIGNAL_ICON_PACK] =
    g_signal_new ("icon-pack", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_BYTES);

  g_type_ensure (FOB_TYPE_SKIPPED_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, passphrase_page);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, passphrase_message_label);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, skip_button);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, all_check);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, list_view);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, skipped_button);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, skipped_page);
  gtk_widget_class_bind_template_child (widget_class, FobImportDialog, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_all_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_show_skipped_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_import_dialog_report_failed_cb);

  gtk_widget_class_install_action (widget_class, "dialog.import", NULL,
                                   fob_import_dialog_import_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fob_import_dialog_init (FobImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_import_source_unref);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) failure_free);
  self->items = g_list_store_new (FOB_TYPE_IMPORT_ITEM);
}

FobImportDialog *
fob_import_dialog_new (FobVault *vault, FobClock *clock)
{
  FobImportDialog *self = g_object_new (FOB_TYPE_IMPORT_DIALOG, NULL);

  self->vault = g_object_ref (vault);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (vault, "notify::state", G_CALLBACK (fob_import_dialog_vault_state_cb),
                           self, G_CONNECT_SWAPPED);
  fob_import_dialog_setup_list (self);
  fob_import_dialog_update (self);

  return self;
}

void
fob_import_dialog_add_source (FobImportDialog *self, FobImportSource *source)
{
  g_return_if_fail (FOB_IS_IMPORT_DIALOG (self));

  g_queue_push_tail (&self->waiting, fob_import_source_ref (source));
  /* One that is asked about is not forgotten over another. */
  if (g_queue_get_length (&self->waiting) == 1)
    fob_import_dialog_read_next (self);
}
