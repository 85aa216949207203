/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-dialog.h"

#include <glib/gi18n-lib.h>

#include "fob-account-draft.h"
#include "fob-code-text.h"
#include "fob-countdown-ring.h"
#include "fob-display-text.h"
#include "fob-icon-row.h"
#include "fob-otp-uri.h"
#include "fob-settings.h"
#include "fob-wipe.h"

#define PREVIEW_PLACEHOLDER "•••\xe2\x80\x89•••"

struct _FobAccountDialog
{
  AdwWindow parent_instance;

  GtkButton *save_button;
  GtkLabel *preview_label;
  FobCountdownRing *preview_ring;
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

  FobVault *vault;
  FobClock *clock;
  FobAccount *account; /* the one that is edited, or NULL */
  FobAccountDraft *draft;
  FobAccount *result; /* what is being saved */
  GCancellable *cancellable;
  gboolean saving;
  gboolean loading; /* the dialog itself changes an entry */
  gulong clock_handler;
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
  if (error == NULL || error->domain != FOB_OTP_ERROR)
    return NULL;

  switch ((FobOtpError) error->code)
    {
    case FOB_OTP_ERROR_SECRET:
      return GTK_WIDGET (self->secret_row);
    case FOB_OTP_ERROR_LABEL:
      return self->name_row;
    case FOB_OTP_ERROR_COUNTER:
      return self->counter_row;
    case FOB_OTP_ERROR_ALGORITHM:
      return GTK_WIDGET (self->algorithm_row);
    case FOB_OTP_ERROR_KIND:
      return GTK_WIDGET (self->kind_row);
    case FOB_OTP_ERROR_PIN:
      return GTK_WIDGET (self->pin_row);
    case FOB_OTP_ERROR_SUITE:
      return self->suite_row;
    case FOB_OTP_ERROR_DIGITS:
    case FOB_OTP_ERROR_PERIOD:
    case FOB_OTP_ERROR_URI:
    case FOB_OTP_ERROR_SCHEME:
    case FOB_OTP_ERROR_TIME:
    case FOB_OTP_ERROR_CRYPTO:
    case FOB_OTP_ERROR_CHALLENGE:
    case FOB_OTP_ERROR_SESSION:
    case FOB_OTP_ERROR_CODE:
    case FOB_OTP_ERROR_WINDOW:
    default:
      return NULL;
    }
}

static void
fob_account_dialog_mark_row (FobAccountDialog *self, GtkWidget *wrong)
{
  GtkWidget *rows[] = { GTK_WIDGET (self->secret_row),
                        self->name_row,
                        self->counter_row,
                        GTK_WIDGET (self->algorithm_row),
                        GTK_WIDGET (self->kind_row),
                        GTK_WIDGET (self->pin_row),
                        self->suite_row };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i] == wrong)
        gtk_widget_add_css_class (rows[i], "error");
      else
        gtk_widget_remove_css_class (rows[i], "error");
      gtk_accessible_update_state (
        GTK_ACCESSIBLE (rows[i]), GTK_ACCESSIBLE_STATE_INVALID,
        rows[i] == wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

/* The first other account with the same secret: a reason to say so, not to refuse. */
static FobAccount *
fob_account_dialog_dup_twin (FobAccountDialog *self)
{
  FobSecret *secret = fob_account_draft_get_secret (self->draft);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->vault));

  for (guint i = 0; self->account == NULL && secret != NULL && i < n; i++)
    {
      g_autoptr (FobAccount) other = g_list_model_get_item (G_LIST_MODEL (self->vault), i);

      if (fob_secret_equal (secret, fob_otp_get_secret (fob_account_get_otp (other))))
        return g_steal_pointer (&other);
    }

  return NULL;
}

static void
fob_account_dialog_show_twin (FobAccountDialog *self)
{
  g_autoptr (FobAccount) twin = fob_account_dialog_dup_twin (self);
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (twin == NULL)
    {
      fob_account_dialog_show_message (self, NULL);
      return;
    }

  issuer = fob_display_text (fob_account_get_issuer (twin));
  name = fob_display_text (fob_account_get_name (twin));
  /* Translators: service, account name */
  message = g_strdup_printf (
    _ ("You already have an account with this secret: %s (%s). Both can stay."), issuer, name);
  fob_account_dialog_show_message (self, message);
}

static void
fob_account_dialog_update_preview (FobAccountDialog *self)
{
  g_autoptr (FobOtp) otp = fob_account_draft_build_otp (self->draft, NULL);
  const gint64 now_us = fob_clock_get_time_us (self->clock);
  char code[FOB_OTP_CODE_SIZE];
  char text[FOB_CODE_TEXT_SIZE];

  gtk_widget_set_visible (GTK_WIDGET (self->preview_ring),
                          otp != NULL && fob_otp_is_time_based (otp));
  if (otp == NULL || !fob_otp_code (otp, now_us / G_USEC_PER_SEC, code, NULL))
    {
      gtk_label_set_text (self->preview_label, PREVIEW_PLACEHOLDER);
      gtk_widget_add_css_class (GTK_WIDGET (self->preview_label), "dim-label");
      return;
    }

  fob_code_text_group (code, fob_settings_get_group_codes (), text);
  gtk_label_set_text (self->preview_label, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->preview_label), "dim-label");
  fob_wipe (code, sizeof code);
  fob_wipe (text, sizeof text);
  if (fob_otp_is_time_based (otp))
    {
      const gint64 period_us = (gint64) fob_otp_get_period (otp) * G_USEC_PER_SEC;

      fob_countdown_ring_set_time (self->preview_ring, period_us - now_us % period_us, period_us);
    }
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

static void
fob_account_dialog_update (FobAccountDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobAccount) account = fob_account_draft_build (self->draft, &error);
  /* Nothing typed yet is no mistake to point at. */
  const gboolean silent = error != NULL && error->code == FOB_OTP_ERROR_SECRET &&
                          !fob_account_draft_has_secret_text (self->draft);

  fob_account_dialog_show_fields (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save",
                                 account != NULL && !self->saving);
  fob_account_dialog_mark_row (self, silent ? NULL : fob_account_dialog_get_row (self, error));
  if (error != NULL && !silent)
    fob_account_dialog_show_message (self, error->message);
  else
    fob_account_dialog_show_twin (self);
  fob_account_dialog_update_preview (self);
}

/* Callbacks */

static void
fob_account_dialog_tick_cb (FobAccountDialog *self)
{
  fob_account_dialog_update_preview (self);
}

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
      gtk_widget_remove_css_class (GTK_WIDGET (self->link_row), "error");
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
fob_account_dialog_save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobAccountDialog *self = FOB_ACCOUNT_DIALOG (widget);
  g_autoptr (FobEdit) edit = NULL;
  g_autoptr (FobAccount) account = NULL;

  if (self->saving)
    return;

  /* The spin buttons take over what was typed only when they lose the focus. */
  gtk_spin_button_update (self->digits_spin);
  gtk_spin_button_update (self->period_spin);
  account = fob_account_draft_build (self->draft, NULL);
  if (account == NULL)
    return;

  self->saving = TRUE;
  gtk_widget_action_set_enabled (widget, "dialog.save", FALSE);
  g_set_object (&self->result, account);
  edit = self->account != NULL ? fob_edit_new_update (self->account, account)
                               : fob_edit_new_add (account, G_MAXUINT);
  fob_vault_edit_async (self->vault, edit, self->cancellable, fob_account_dialog_edited_cb,
                        g_object_ref (self));
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
fob_account_dialog_map (GtkWidget *widget)
{
  FobAccountDialog *self = FOB_ACCOUNT_DIALOG (widget);

  GTK_WIDGET_CLASS (fob_account_dialog_parent_class)->map (widget);

  fob_clock_hold (self->clock);
  self->clock_handler =
    g_signal_connect_swapped (self->clock, "tick", G_CALLBACK (fob_account_dialog_tick_cb), self);
}

static void
fob_account_dialog_unmap (GtkWidget *widget)
{
  FobAccountDialog *self = FOB_ACCOUNT_DIALOG (widget);

  g_clear_signal_handler (&self->clock_handler, self->clock);
  fob_clock_release (self->clock);

  GTK_WIDGET_CLASS (fob_account_dialog_parent_class)->unmap (widget);
}

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
  g_clear_object (&self->result);
  g_clear_object (&self->draft);
  g_clear_object (&self->account);
  g_clear_object (&self->clock);
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

  widget_class->map = fob_account_dialog_map;
  widget_class->unmap = fob_account_dialog_unmap;

  signals[SIGNAL_SAVED] =
    g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, FOB_TYPE_EDIT, FOB_TYPE_ACCOUNT);

  g_type_ensure (FOB_TYPE_COUNTDOWN_RING);
  g_type_ensure (FOB_TYPE_ICON_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, preview_label);
  gtk_widget_class_bind_template_child (widget_class, FobAccountDialog, preview_ring);
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
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_link_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_secret_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_pin_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_dialog_entry_activated_cb);

  gtk_widget_class_install_action (widget_class, "dialog.save", NULL,
                                   fob_account_dialog_save_action);
  gtk_widget_class_install_action (widget_class, "dialog.paste", NULL,
                                   fob_account_dialog_paste_action);
}

/* What is typed here may be a secret: GTK wipes a password buffer when it is freed. */
static void
fob_account_dialog_use_wiped_buffer (GtkEditable *row)
{
  GtkEditable *delegate = gtk_editable_get_delegate (row);
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  if (GTK_IS_TEXT (delegate))
    gtk_text_set_buffer (GTK_TEXT (delegate), buffer);
}

static void
fob_account_dialog_init (FobAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  gtk_widget_set_direction (GTK_WIDGET (self->preview_label), GTK_TEXT_DIR_LTR);
  fob_account_dialog_use_wiped_buffer (self->link_row);
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
fob_account_dialog_new (FobVault *vault, FobClock *clock, FobAccount *account)
{
  FobAccountDialog *self = g_object_new (FOB_TYPE_ACCOUNT_DIALOG, NULL);
  GtkEditable *first_row;

  self->vault = g_object_ref (vault);
  self->clock = g_object_ref (clock);
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
      gtk_widget_add_css_class (GTK_WIDGET (self->link_row), "error");
      fob_account_dialog_show_message (self, error->message);
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
  gtk_widget_remove_css_class (GTK_WIDGET (self->link_row), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->save_button));
}
