/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-account-title.h"
#include "fob-challenge-dialog.h"
#include "fob-settings.h"
#include "fob-vault-error.h"
#include "fob-window-private.h"
#include "fob-wipe.h"

FobClipboard *
fob_window_get_clipboard (FobWindow *self)
{
  if (self->clipboard == NULL)
    self->clipboard = fob_clipboard_new (gtk_widget_get_display (GTK_WIDGET (self)));

  return self->clipboard;
}

static void
fob_window_note_use (FobWindow *self, FobAccount *account)
{
  if (fob_settings_get_remember_usage ())
    fob_usage_note (self->usage, fob_account_get_id (account), fob_clock_get_time (self->clock));
}

/* Challenges */

static void
fob_window_copy_answer_cb (FobWindow *self, FobSecret *answer, FobChallengeDialog *dialog)
{
  FobAccount *account = g_object_get_data (G_OBJECT (dialog), "account");

  if (fob_clipboard_copy_text (fob_window_get_clipboard (self), answer,
                               fob_settings_get_clipboard_clear_seconds ()))
    fob_window_note_use (self, account);
  else
    fob_window_toast (self, _ ("The desktop did not take the code. Please type it."));
}

static void
fob_window_ask_challenge (FobWindow *self, FobAccount *account)
{
  FobChallengeDialog *dialog;

  if (self->dialog != NULL)
    {
      gtk_window_present (self->dialog);
      return;
    }

  dialog = fob_challenge_dialog_new (self->vault, self->clock, account);
  g_object_set_data_full (G_OBJECT (dialog), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (dialog, "copy", G_CALLBACK (fob_window_copy_answer_cb), self,
                           G_CONNECT_SWAPPED);
  fob_window_present_dialog (self, GTK_WINDOW (dialog));
}

/* Codes */

static gboolean
fob_window_copy_otp (FobWindow *self, FobAccount *account, FobOtp *otp, gint64 time, GError **error)
{
  g_autofree char *title = fob_account_dup_title (account);
  g_autofree char *message = NULL;
  char code[FOB_OTP_CODE_SIZE];
  gboolean taken;

  /* What cannot be made is better said now than when it is pasted. */
  if (!fob_otp_code (otp, time, code, error))
    return FALSE;
  fob_wipe (code, sizeof code);

  taken = fob_clipboard_copy_code (fob_window_get_clipboard (self), otp, time, self->clock,
                                   fob_settings_get_clipboard_clear_seconds ());
  if (!taken)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("The desktop did not take the code. Please type it."));
      return FALSE;
    }

  fob_window_note_use (self, account);
  /* Translators: the name of a service */
  message = g_strdup_printf (_ ("Code for %s copied"), title);
  fob_window_toast (self, message);

  return TRUE;
}

/* What a counter that moves on leaves to do. */
typedef struct
{
  FobWindow *window;
  char *account_id;
  gboolean copy;
  GTask *task; /* (nullable): to be told how it went; else a toast tells */
} AdvanceData;

static void
advance_data_free (AdvanceData *data)
{
  g_clear_object (&data->window);
  g_clear_object (&data->task);
  g_free (data->account_id);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AdvanceData, advance_data_free)

static void
advance_data_tell (AdvanceData *data, GError *error)
{
  g_autoptr (GError) taken = error;

  if (taken != NULL && !g_error_matches (taken, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fob_window_toast (data->window, taken->message);
  if (data->task == NULL)
    return;

  if (taken != NULL)
    g_task_return_error (data->task, g_steal_pointer (&taken));
  else
    g_task_return_boolean (data->task, TRUE);
}

static void
fob_window_advanced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdvanceData) data = user_data;
  GError *error = NULL;
  g_autoptr (FobOtp) otp = fob_vault_advance_finish (FOB_VAULT (source), result, &error);
  g_autoptr (FobAccount) account = NULL;

  if (otp != NULL)
    {
      fob_counter_codes_set (data->window->counter_codes, data->account_id, otp);
      account = fob_vault_dup_account (FOB_VAULT (source), data->account_id);
    }
  if (data->copy && account != NULL)
    (void) fob_window_copy_otp (data->window, account, otp, 0, &error);
  advance_data_tell (data, error);
}

/* The code is shown only after the counter behind it is safely stored. */
static void
fob_window_advance (FobWindow *self, FobAccount *account, gboolean copy, GTask *task)
{
  AdvanceData *data = g_new0 (AdvanceData, 1);

  data->window = g_object_ref (self);
  data->account_id = g_strdup (fob_account_get_id (account));
  data->copy = copy;
  data->task = task != NULL ? g_object_ref (task) : NULL;
  fob_vault_advance_async (self->vault, data->account_id, self->cancellable, fob_window_advanced_cb,
                           data);
}

void
fob_window_advance_account (FobWindow *self, FobAccount *account)
{
  fob_window_advance (self, account, FALSE, NULL);
}

static gboolean
fob_window_copy_by_clock (FobWindow *self, FobAccount *account, gboolean next, GError **error)
{
  FobOtp *otp = fob_account_get_otp (account);
  gint64 time = fob_clock_get_time (self->clock);

  if (next)
    time += (gint64) fob_otp_get_period (otp);

  return fob_window_copy_otp (self, account, otp, time, error);
}

void
fob_window_copy_account (FobWindow *self, FobAccount *account, gboolean next)
{
  FobOtp *otp = fob_account_get_otp (account);
  FobOtp *taken = fob_counter_codes_lookup (self->counter_codes, fob_account_get_id (account));
  g_autoptr (GError) error = NULL;

  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_OCRA)
    fob_window_ask_challenge (self, account);
  else if (fob_otp_get_kind (otp) != FOB_OTP_KIND_HOTP)
    (void) fob_window_copy_by_clock (self, account, next, &error);
  else if (taken != NULL)
    (void) fob_window_copy_otp (self, account, taken, 0, &error);
  else
    fob_window_advance (self, account, TRUE, NULL);
  if (error != NULL)
    fob_window_toast (self, error->message);
}

void
fob_window_copy_code_async (FobWindow *self,
                            const char *account_id,
                            gboolean next,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (FobAccount) account = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, fob_window_copy_code_async);
  if (self->vault == NULL || fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    {
      g_task_return_new_error (task, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED, "%s",
                               _ ("Keyfob’s window is locked. Unlock it and try again."));
      return;
    }
  account = fob_vault_dup_account (self->vault, account_id);
  if (account == NULL)
    {
      g_task_return_new_error (task, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND, "%s",
                               _ ("Keyfob’s window does not have this account."));
      return;
    }

  if (fob_otp_get_kind (fob_account_get_otp (account)) == FOB_OTP_KIND_HOTP)
    fob_window_advance (self, account, TRUE, task);
  else if (fob_window_copy_by_clock (self, account, next, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
fob_window_copy_code_finish (FobWindow *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
