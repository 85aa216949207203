/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-dialog.h"

#include <glib/gi18n-lib.h>

#include "fob-account-draft.h"
#include "fob-account-preview.h"
#include "fob-account-twin.h"
#include "fob-field-message.h"
#include "fob-icon-row.h"
#include "fob-otp-uri.h"
#include "fob-recovery-group.h"
#include "fob-settings.h"
#include "fob-token-change.h"
#include "fob-wipe.h"
#include "fob-wiped-entry.h"

struct _FobAccountDialog
{
  AdwWindow parent_instance;

  GtkButton *save_button;
  FobAccountPreview *preview;
  GtkWidget *message_box;
  GtkLabel *message_label;
  GtkWidget *link_group;
  GtkEditable *link_row;
  GtkWidget *issuer_row;
  GtkWidget *name_row;
  GtkEditable *secret_row;
  GtkEditable *pin_row;
  AdwComboRow *kind_row;
  GtkWidget *suite_row;
  AdwComboRow *algorithm_row;
  GtkWidget *digits_row;
  GtkSpinButton *digits_spin;
  GtkWidget *period_row;
  GtkSpinButton *period_spin;
  GtkWidget *counter_row;
  GtkWidget *note_row;
  FobIconRow *icon_row;
  FobRecoveryGroup *recovery_group;

  FobFieldMessage *field_message;
  FobVault *vault;
  FobClipboard *clipboard;
  FobAccount *account; /* the one that is edited, or NULL */
  FobAccountDraft *draft;
  FobAccount *result; /* what is being saved */
  GCancellable *cancellable;
  gboolean saving;
  gboolean loading; /* the dialog itself changes an entry */
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobAccountDialog, fob_account_dialog, ADW_TYPE_WINDOW)

/* Preview and messages */

static void
fob_account_dialog_show_message (FobAccountDialog *self, const char *message)
{
  gtk_label_set_text (self->message_label, message != NULL ? message : "");
  gtk_widget_set_visible (self->message_box, message != NULL);
}

/* The row of the field that @error is about, if it has one. */
static GtkWidget *
fob_account_dialog_get_row (FobAccountDialog *self, const GError *error)
{
  const struct
  {
    FobOtpError code;
    gpointer row;
  } rows[] = {
    { FOB_OTP_ERROR_SECRET, self->secret_row },   { FOB_OTP_ERROR_LABEL, self->name_row },
    { FOB_OTP_ERROR_COUNTER, self->counter_row }, { FOB_OTP_ERROR_ALGORITHM, self->algorithm_row },
    { FOB_OTP_ERROR_KIND, self->kind_row },       { FOB_OTP_ERROR_PIN, self->pin_row },
    { FOB_OTP_ERROR_SUITE, self->suite_row },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_error_matches (error, FOB_OTP_ERROR, (int) rows[i].code))
        return rows[i].row;
    }

  return NULL;
}

/* Says what is wrong with a field under it, and anything else above them all. @error: (nullable) */
static void
fob_account_dialog_show_error (FobAccountDialog *self, const GError *error)
{
  const char *message = error != NULL ? error->message : NULL;
  GtkWidget *row = fob_account_dialog_get_row (self, error);

  fob_field_message_show (self->field_message, row, message);
  if (row == NULL && message != NULL)
    fob_account_dialog_show_message (self, message);
}

/* A kind shows the fields that it has. */
static void
fob_account_dialog_show_fields (FobAccountDialog *self)
{
  const FobOtpKindInfo *info =
    fob_otp_kind_get_info ((FobOtpKind) adw_combo_row_get_selected (self->kind_row));

  if (info == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->pin_row), info->has_pin);
  gtk_widget_set_visible (self->suite_row, info->has_challenge);
  gtk_widget_set_visible (GTK_WIDGET (self->algorithm_row),
                          !info->algorithm_fixed && !info->has_challenge);
  gtk_widget_set_visible (self->digits_row, info->digits_min < info->digits_max);
  gtk_widget_set_visible (self->period_row, info->period_min < info->period_max);
  gtk_widget_set_visible (self->counter_row, info->has_counter);
}

/* Returns: (transfer full) (nullable): the account as it is entered. */
static FobAccount *
fob_account_dialog_build (FobAccountDialog *self, GError **error)
{
  g_autoptr (FobAccount) account = fob_account_draft_build (self->draft, error);

  if (account == NULL)
    return NULL;

  return fob_account_with_recovery (account, fob_recovery_group_get_codes (self->recovery_group));
}

static void
fob_account_dialog_update (FobAccountDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobAccount) account = NULL;
  g_autoptr (FobOtp) otp = NULL;
  g_autofree char *twin = NULL;
  gboolean silent;

  if (self->draft == NULL)
    return;

  account = fob_account_dialog_build (self, &error);
  otp = fob_account_draft_build_otp (self->draft, NULL);
  /* Nothing typed yet is no mistake to point at. */
  silent = error != NULL && error->code == FOB_OTP_ERROR_SECRET &&
           !fob_account_draft_has_secret_text (self->draft);
  fob_account_dialog_show_fields (self);
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "dialog.save",
    account != NULL && fob_recovery_group_is_valid (self->recovery_group) && !self->saving);
  if (self->account == NULL && account != NULL)
    twin = fob_account_twin_dup_message (self->vault, fob_account_draft_get_secret (self->draft));
  fob_account_dialog_show_message (self, twin);
  fob_account_dialog_show_error (self, silent ? NULL : error);
  fob_account_preview_set_otp (self->preview, otp);
}

/* Callbacks */

static void
fob_account_dialog_clear_entry (FobAccountDialog *self, GtkEditable *entry)
{
  self->loading = TRUE;
  gtk_editable_set_text (entry, "");
  self->loading = FALSE;
}

static void
fob_account_dialog_link_changed_cb (FobAccountDialog *self)
{
  const char *text = gtk_editable_get_text (self->link_row);

  if (self->loading)
    return;

  if (*text == '\0')
    {
      fob_account_dialog_update (self);
      return;
    }
  fob_account_dialog_load_link (self, text);
}

static void
fob_account_dialog_secret_changed_cb (FobAccountDialog *self)
{
  const char *text = gtk_editable_get_text (self->secret_row);

  if (self->loading)
    return;

  /* A link that landed in the wrong field is still a link. */
  if (self->account == NULL && fob_otp_uri_probe (text, -1))
    fob_account_dialog_load_link (self, text);
  else
    fob_account_draft_set_secret_text (self->draft, text);
}

static void
fob_account_dialog_pin_changed_cb (FobAccountDialog *self)
{
  if (!self->loading)
    fob_account_draft_set_pin_text (self->draft, gtk_editable_get_text (self->pin_row));
}

static void
fob_account_dialog_entry_activated_cb (FobAccountDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "dialog.save", NULL);
}

static void
fob_account_dialog_edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobAccountDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_vault_edit_finish (FOB_VAULT (source), result, &error);

  self->saving = FALSE;
  if (inverse != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_SAVED], 0, inverse, self->result);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  fob_account_dialog_update (self);
  fob_account_dialog_show_message (self, error->message);
}

static void
fob_account_dialog_save (FobAccountDialog *self, FobAccount *account)
{
  g_autoptr (FobEdit) edit = NULL;

  self->saving = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", FALSE);
  g_set_object (&self->result, account);
  edit = self->account != NULL ? fob_edit_new_update (self->account, account)
                               : fob_edit_new_add (account, G_MAXUINT);
  fob_vault_edit_async (self->vault, edit, self->cancellable, fob_account_dialog_edited_cb,
                        g_object_ref (self));
}

static void
fob_account_dialog_confirmed_cb (FobAccountDialog *self, const char *response)
{
  g_autoptr (FobAccount) account = fob_account_dialog_build (self, NULL);

  if (g_str_equal (response, "change") && account != NULL && !self->saving)
    fob_account_dialog_save (self, account);
}

static void
fob_account_dialog_save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobAccountDialog *self = FOB_ACCOUNT_DIALOG (widget);
  g_autoptr (FobAccount) account = NULL;
  GtkWindow *question = NULL;

  if (self->saving)
    return;

  /* The spin buttons take over what was typed only when they lose the focus. */
  gtk_spin_button_update (self->digits_spin);
  gtk_spin_button_update (self->period_spin);
  if (!fob_recovery_group_commit (self->recovery_group))
    return;
  account = fob_account_dialog_build (self, NULL);
  if (account == NULL)
    return;

  if (self->account != NULL)
    question = fob_token_change_dialog_new (GTK_WINDOW (self), self->account, account);
  if (question == NULL)
    {
      fob_account_dialog_save (self, account);
      return;
    }
  g_signal_connect_object (question, "response", G_CALLBACK (fob_account_dialog_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (question);
}

static gboolean
fob_account_dialog_copy_recovery_cb (FobAccountDialog *self, FobSecret *code)
{
  if (fob_clipboard_copy_text (self->clipboard, code, fob_settings_get_clipboard_clear_seconds ()))
    return TRUE;

  fob_account_dialog_show_message (self, _ ("The desktop did not take the code. Please type it."));

  return FALSE;
}

static void
fob_account_dialog_pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobAccountDialog) self = user_data;
  g_auto (FobWipedString) text =
    gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (text == NULL || *text == '\0')
    fob_account_dialog_show_message (self,
                                     _ ("There is no text on the clipboard. Copy the link first."));
  else
    fob_account_dialog_load_link (self, text);
}

static void
fob_account_dialog_paste_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobAccountDialog *self = FOB_ACCOUNT_DIALOG (widget);

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), self->cancellable,
                                 fob_account_dialog_pasted_cb, g_object_ref (self));
}

/* Widget */

static void
fob_account_dialog_dispose (GObject *object)
{
  FobAccountDialog *self = FOB_ACCOUNT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (fob_account_dialog_parent_class)->dispose (object);
}

static void
fob_account_dialog_finalize (GObject *object)
{
  FobAccountDialog *self = FOB_ACCOUNT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->field_message);
  g_clear_object (&self->result);
  g_clear_object (&self->draft);
  g_clear_object (&self->account);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (fob_account_dialog_parent_class)->finalize (object);
}

static void
fob_account_dialog_class_init (FobAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_account_dialog_dispose;
  object_class->finalize = fob_account_dialog_finalize;

  signals[SIGNAL_SAVED] =
    g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, FOB_TYPE_EDIT, FOB_TYPE_ACCOUNT);

  g_type_ensure (FOB_TYPE_ACCOUNT_PREVIEW);
  g_type_ensure (FOB_TYPE_ICON_ROW);
  g_type_ensure (FOB_TYPE_RECOVERY_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, message_box);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, link_group);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, link_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, issuer_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, secret_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, pin_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, suite_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, algorithm_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, digits_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, digits_spin);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, period_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, period_spin);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, counter_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, note_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, icon_row);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, recovery_group);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_update);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_copy_recovery_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_link_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_secret_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_pin_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_entry_activated_cb);

  gtk_widget_class_install_action (widget_class, "dialog.save", NULL,
                                   fob_account_dialog_save_action);
  gtk_widget_class_install_action (widget_class, "dialog.paste", NULL,
                                   fob_account_dialog_paste_action);
}

static void
fob_account_dialog_init (FobAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->field_message = fob_field_message_new ();
  fob_wiped_entry_use (self->link_row);
  gtk_spin_button_set_adjustment (self->digits_spin,
                                  gtk_adjustment_new (FOB_OTP_DIGITS_DEFAULT, FOB_OTP_DIGITS_MIN,
                                                      FOB_OTP_DIGITS_MAX, 1, 1, 0));
  gtk_spin_button_set_adjustment (self->period_spin,
                                  gtk_adjustment_new (FOB_OTP_PERIOD_DEFAULT, FOB_OTP_PERIOD_MIN,
                                                      FOB_OTP_PERIOD_MAX, 10, 30, 0));
}

static void
fob_account_dialog_bind (FobAccountDialog *self)
{
  const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property (self->draft, "issuer", self->issuer_row, "text", flags);
  g_object_bind_property (self->draft, "name", self->name_row, "text", flags);
  g_object_bind_property (self->draft, "note", self->note_row, "text", flags);
  g_object_bind_property (self->draft, "counter", self->counter_row, "text", flags);
  g_object_bind_property (self->draft, "suite", self->suite_row, "text", flags);
  g_object_bind_property (self->draft, "kind", self->kind_row, "selected", flags);
  g_object_bind_property (self->draft, "algorithm", self->algorithm_row, "selected", flags);
  g_object_bind_property (self->draft, "digits", gtk_spin_button_get_adjustment (self->digits_spin),
                          "value", flags);
  g_object_bind_property (self->draft, "period", gtk_spin_button_get_adjustment (self->period_spin),
                          "value", flags);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (fob_account_dialog_update), self,
                           G_CONNECT_SWAPPED);
  fob_icon_row_set_draft (self->icon_row, self->draft);
}

FobAccountDialog *
fob_account_dialog_new (FobVault *vault,
                        FobClock *clock,
                        FobClipboard *clipboard,
                        FobAccount *account)
{
  FobAccountDialog *self = g_object_new (FOB_TYPE_ACCOUNT_DIALOG, NULL);
  GtkEditable *first_row;

  self->vault = g_object_ref (vault);
  self->clipboard = g_object_ref (clipboard);
  fob_account_preview_set_clock (self->preview, clock);
  if (account != NULL)
    {
      self->account = g_object_ref (account);
      self->draft = fob_account_draft_new_from_account (account);
      gtk_window_set_title (GTK_WINDOW (self), _ ("Edit Account"));
      gtk_button_set_label (self->save_button, _ ("_Save"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Save"), -1);
      gtk_widget_set_visible (self->link_group, FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row),
                                     _ ("New secret (empty keeps the present one)"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->pin_row),
                                     _ ("New PIN (empty keeps the present one)"));
    }
  else
    {
      self->draft = fob_account_draft_new ();
      gtk_window_set_title (GTK_WINDOW (self), _ ("Add Account"));
    }
  if (account != NULL)
    fob_recovery_group_set_codes (self->recovery_group, fob_account_get_recovery (account));
  fob_account_dialog_bind (self);
  fob_account_dialog_update (self);
  first_row = account != NULL ? GTK_EDITABLE (self->issuer_row) : self->link_row;
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (gtk_editable_get_delegate (first_row)));

  return self;
}

void
fob_account_dialog_load_link (FobAccountDialog *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FOB_IS_ACCOUNT_DIALOG (self));

  if (!fob_account_draft_load_uri (self->draft, text, &error))
    {
      fob_account_dialog_show_message (self, NULL);
      fob_field_message_show (self->field_message, GTK_WIDGET (self->link_row), error->message);
      return;
    }

  /* The fields have it all now; the link with its secret need not stay in view. */
  fob_account_dialog_clear_entry (self, self->link_row);
  fob_account_dialog_clear_entry (self, self->secret_row);
  fob_account_dialog_clear_entry (self, self->pin_row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row),
                                 _ ("Secret (taken from the link)"));
  adw_preferences_row_set_title (
    ADW_PREFERENCES_ROW (self->pin_row),
    fob_account_draft_has_pin (self->draft) ? _ ("PIN (taken from the link)") : _ ("PIN"));
  gtk_widget_grab_focus (GTK_WIDGET (self->save_button));
}
