/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-challenge-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-account-title.h"
#include "fob-code-text.h"
#include "fob-ocra.h"
#include "fob-settings.h"
#include "fob-wipe.h"

/* Takes the place of the answer, so that nothing moves when it comes. */
#define NO_ANSWER_PLACEHOLDER "•••\xe2\x80\x89•••"
#define NO_ANSWER_OPACITY     0.5

struct _FobChallengeDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkEditable *challenge_row;
  GtkEditable *pin_row;
  GtkEditable *session_row;
  GtkLabel *message_label;
  GtkLabel *answer_label;
  GtkWidget *copy_button;

  FobVault *vault;
  FobClock *clock;
  FobAccount *account;
  FobOtp *taken; /* with the counter that the answer on screen was made of */
  GCancellable *cancellable;
};

enum
{
  SIGNAL_COPY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobChallengeDialog, fob_challenge_dialog, ADW_TYPE_WINDOW)

static const FobOcraSuite *
fob_challenge_dialog_get_suite (FobChallengeDialog *self)
{
  return fob_otp_get_suite (fob_account_get_otp (self->account));
}

/* Answers */

/* @code: wipe it after use */
static gboolean
fob_challenge_dialog_answer (FobChallengeDialog *self,
                             FobOtp *otp,
                             char code[FOB_OCRA_CODE_SIZE],
                             GError **error)
{
  const char *pin = gtk_editable_get_text (self->pin_row);
  const char *session = gtk_editable_get_text (self->session_row);
  g_autoptr (FobSecret) pin_secret = *pin != '\0' ? fob_secret_new (pin, strlen (pin)) : NULL;
  g_autoptr (FobSecret) session_bytes = NULL;
  FobOcraInput input = {
    .challenge = gtk_editable_get_text (self->challenge_row),
    .pin = pin_secret,
    .unix_time = fob_clock_get_time (self->clock),
  };

  if (*session != '\0')
    {
      session_bytes = fob_secret_new_from_hex (session, -1, NULL);
      if (session_bytes == NULL)
        {
          g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SESSION,
                               _ ("The session data are not hexadecimal."));
          return FALSE;
        }
      input.session = fob_secret_get_data (session_bytes, &input.session_size);
    }

  return fob_ocra_answer (otp, &input, code, error);
}

static void
fob_challenge_dialog_show_answer (FobChallengeDialog *self, const char *code)
{
  char text[FOB_CODE_TEXT_SIZE];

  /* The whole HMAC, which some suites want, is no code to group. */
  if (strlen (code) < FOB_OTP_CODE_SIZE)
    {
      fob_code_text_group (code, fob_settings_get_group_codes (), text);
      gtk_label_set_text (self->answer_label, text);
      fob_wipe (text, sizeof text);
    }
  else
    {
      gtk_label_set_text (self->answer_label, code);
    }
}

/* What to type, as long as nothing is wrong with it. */
static char *
fob_challenge_dialog_dup_advice (FobChallengeDialog *self)
{
  const FobOcraSuite *suite = fob_challenge_dialog_get_suite (self);
  const guint length = (guint) suite->challenge_length;

  switch (suite->challenge_format)
    {
    case FOB_OCRA_FORMAT_NUMERIC:
      return g_strdup_printf (ngettext ("The service shows a challenge of up to %u digit.",
                                        "The service shows a challenge of up to %u digits.",
                                        length),
                              length);

    case FOB_OCRA_FORMAT_HEX:
      return g_strdup_printf (
        ngettext ("The service shows a challenge of up to %u hexadecimal digit.",
                  "The service shows a challenge of up to %u hexadecimal digits.", length),
        length);

    case FOB_OCRA_FORMAT_ALPHANUMERIC:
    default:
      return g_strdup_printf (ngettext ("The service shows a challenge of up to %u character.",
                                        "The service shows a challenge of up to %u characters.",
                                        length),
                              length);
    }
}

static void
fob_challenge_dialog_update (FobChallengeDialog *self)
{
  const FobOcraSuite *suite = fob_challenge_dialog_get_suite (self);
  const gboolean empty = *gtk_editable_get_text (self->challenge_row) == '\0';
  FobOtp *otp = self->taken != NULL ? self->taken : fob_account_get_otp (self->account);
  g_autoptr (GError) error = NULL;
  g_autofree char *advice = fob_challenge_dialog_dup_advice (self);
  char code[FOB_OCRA_CODE_SIZE] = "";
  const gboolean valid = !empty && fob_challenge_dialog_answer (self, otp, code, &error);
  const gboolean shown = valid && (!suite->has_counter || self->taken != NULL);

  gtk_label_set_text (self->message_label, empty || valid ? advice : error->message);
  fob_challenge_dialog_show_answer (self, shown ? code : "");
  if (!shown)
    gtk_label_set_text (self->answer_label, NO_ANSWER_PLACEHOLDER);
  gtk_widget_set_opacity (GTK_WIDGET (self->answer_label), shown ? 1 : NO_ANSWER_OPACITY);
  gtk_widget_set_sensitive (self->copy_button, valid);
  fob_wipe (code, sizeof code);
}

static void
fob_challenge_dialog_edited_cb (FobChallengeDialog *self)
{
  /* A counter makes one answer. */
  g_clear_pointer (&self->taken, fob_otp_unref);
  if (self->account != NULL)
    fob_challenge_dialog_update (self);
}

static void
fob_challenge_dialog_tick_cb (FobChallengeDialog *self)
{
  if (fob_challenge_dialog_get_suite (self)->time_step > 0)
    fob_challenge_dialog_update (self);
}

static void
fob_challenge_dialog_copy (FobChallengeDialog *self, FobOtp *otp)
{
  g_autoptr (FobSecret) answer = NULL;
  char code[FOB_OCRA_CODE_SIZE];

  if (!fob_challenge_dialog_answer (self, otp, code, NULL))
    return;

  answer = fob_secret_new (code, strlen (code));
  fob_wipe (code, sizeof code);
  fob_challenge_dialog_update (self);
  g_signal_emit (self, signals[SIGNAL_COPY], 0, answer);
  gtk_label_set_text (self->message_label, _ ("The answer is on the clipboard."));
}

static void
fob_challenge_dialog_advanced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobChallengeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_vault_advance_finish (FOB_VAULT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  if (otp == NULL)
    {
      gtk_label_set_text (self->message_label, error->message);
      return;
    }
  self->taken = g_steal_pointer (&otp);
  fob_challenge_dialog_copy (self, self->taken);
}

static void
fob_challenge_dialog_copy_cb (FobChallengeDialog *self)
{
  if (!fob_challenge_dialog_get_suite (self)->has_counter)
    {
      fob_challenge_dialog_copy (self, fob_account_get_otp (self->account));
      return;
    }
  if (self->taken != NULL)
    {
      fob_challenge_dialog_copy (self, self->taken);
      return;
    }

  /* The counter is stored before its answer is seen (RFC 4226 section 7.2). */
  gtk_widget_set_sensitive (self->copy_button, FALSE);
  fob_vault_advance_async (self->vault, fob_account_get_id (self->account), self->cancellable,
                           fob_challenge_dialog_advanced_cb, g_object_ref (self));
}

/* Window */

static void
fob_challenge_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (fob_challenge_dialog_parent_class)->map (widget);

  fob_clock_hold (FOB_CHALLENGE_DIALOG (widget)->clock);
}

static void
fob_challenge_dialog_unmap (GtkWidget *widget)
{
  fob_clock_release (FOB_CHALLENGE_DIALOG (widget)->clock);
  /* Entries that go away with the focus in them make GTK 4.8 complain. */
  gtk_window_set_focus (GTK_WINDOW (widget), NULL);

  GTK_WIDGET_CLASS (fob_challenge_dialog_parent_class)->unmap (widget);
}

static void
fob_challenge_dialog_dispose (GObject *object)
{
  FobChallengeDialog *self = FOB_CHALLENGE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->taken, fob_otp_unref);
  g_clear_object (&self->account);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (fob_challenge_dialog_parent_class)->dispose (object);
}

static void
fob_challenge_dialog_finalize (GObject *object)
{
  g_clear_object (&FOB_CHALLENGE_DIALOG (object)->clock);
  g_clear_object (&FOB_CHALLENGE_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (fob_challenge_dialog_parent_class)->finalize (object);
}

static void
fob_challenge_dialog_class_init (FobChallengeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_challenge_dialog_dispose;
  object_class->finalize = fob_challenge_dialog_finalize;

  widget_class->map = fob_challenge_dialog_map;
  widget_class->unmap = fob_challenge_dialog_unmap;

  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, FOB_TYPE_SECRET);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-challenge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobChallengeDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, FobChallengeDialog, challenge_row);
  gtk_widget_class_bind_template_child (widget_class, FobChallengeDialog, pin_row);
  gtk_widget_class_bind_template_child (widget_class, FobChallengeDialog, session_row);
  gtk_widget_class_bind_template_child (widget_class, FobChallengeDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, FobChallengeDialog, answer_label);
  gtk_widget_class_bind_template_child (widget_class, FobChallengeDialog, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_challenge_dialog_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_challenge_dialog_copy_cb);
}

static void
fob_challenge_dialog_init (FobChallengeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  /* Groups of digits keep their order among text that runs from right to left. */
  gtk_widget_set_direction (GTK_WIDGET (self->answer_label), GTK_TEXT_DIR_LTR);
}

FobChallengeDialog *
fob_challenge_dialog_new (FobVault *vault, FobClock *clock, FobAccount *account)
{
  FobChallengeDialog *self = g_object_new (FOB_TYPE_CHALLENGE_DIALOG, NULL);
  FobOtp *otp = fob_account_get_otp (account);
  const FobOcraSuite *suite = fob_otp_get_suite (otp);
  g_autofree char *title = fob_account_dup_title (account);

  self->vault = g_object_ref (vault);
  self->clock = g_object_ref (clock);
  self->account = g_object_ref (account);
  adw_window_title_set_subtitle (self->window_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->pin_row),
                          suite->has_pin && fob_otp_get_pin (otp) == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->session_row), suite->session_size > 0);
  g_signal_connect_object (clock, "tick", G_CALLBACK (fob_challenge_dialog_tick_cb), self,
                           G_CONNECT_SWAPPED);
  fob_challenge_dialog_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->challenge_row));

  return self;
}
