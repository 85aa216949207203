/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* What FobVault is asked for, and gives when a worker has done it. */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-vault-private.h"

/* Returns: (transfer none) (nullable): what was done, when it went well. */
static FobVaultWork *
finish (FobVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_boolean (G_TASK (result), error) ? g_task_get_task_data (G_TASK (result))
                                                           : NULL;
}

/* Opening */

static void
enqueue_open (FobVault *self, GTask *task, FobVaultWork *work)
{
  work->interactive = TRUE;
  fob_vault_begin_opening (self);
  fob_vault_enqueue (self, task, work);
}

void
fob_vault_open_async (FobVault *self,
                      FobSecret *passphrase,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FobVaultWork *work;

  g_return_if_fail (FOB_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_vault_open_async);
  work = fob_vault_work_new (FOB_VAULT_WORK_OPEN, fob_vault_get_store (self));
  work->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;
  enqueue_open (self, task, work);
}

gboolean
fob_vault_open_finish (FobVault *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error) != NULL;
}

void
fob_vault_accept_async (FobVault *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FobVaultWork *work;

  g_return_if_fail (FOB_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_vault_accept_async);
  work = fob_vault_work_new (FOB_VAULT_WORK_OPEN, fob_vault_get_store (self));
  work->accept = TRUE;
  enqueue_open (self, task, work);
}

gboolean
fob_vault_accept_finish (FobVault *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error) != NULL;
}

/* Changing */

/* @work: (transfer full) */
static void
enqueue_change (FobVault *self, GTask *task, FobVaultWork *work)
{
  if (g_task_return_error_if_cancelled (task))
    {
      fob_vault_work_free (work);
      return;
    }
  if (fob_vault_get_state (self) != FOB_VAULT_STATE_READY)
    {
      fob_vault_work_free (work);
      g_task_return_new_error (task, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED, "%s",
                               _ ("The accounts are locked. Unlock them and try again."));
      return;
    }
  fob_vault_enqueue (self, task, work);
}

void
fob_vault_edit_async (FobVault *self,
                      FobEdit *edit,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FobVaultWork *work;

  g_return_if_fail (FOB_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_vault_edit_async);
  work = fob_vault_work_new (FOB_VAULT_WORK_EDIT, fob_vault_get_store (self));
  work->edit = fob_edit_ref (edit);
  enqueue_change (self, task, work);
}

FobEdit *
fob_vault_edit_finish (FobVault *self, GAsyncResult *result, GError **error)
{
  FobVaultWork *work = finish (self, result, error);

  return work != NULL ? g_steal_pointer (&work->inverse) : NULL;
}

void
fob_vault_advance_async (FobVault *self,
                         const char *account_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FobVaultWork *work;

  g_return_if_fail (FOB_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_vault_advance_async);
  work = fob_vault_work_new (FOB_VAULT_WORK_EDIT, fob_vault_get_store (self));
  work->edit = fob_edit_new_advance (account_id);
  enqueue_change (self, task, work);
}

FobOtp *
fob_vault_advance_finish (FobVault *self, GAsyncResult *result, GError **error)
{
  FobVaultWork *work = finish (self, result, error);

  return work != NULL ? g_steal_pointer (&work->taken) : NULL;
}

void
fob_vault_change_passphrase_async (FobVault *self,
                                   FobSecret *current,
                                   FobSecret *passphrase,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FobVaultWork *work;

  g_return_if_fail (FOB_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_vault_change_passphrase_async);
  work = fob_vault_work_new (FOB_VAULT_WORK_PASSPHRASE, fob_vault_get_store (self));
  work->current = current != NULL ? fob_secret_ref (current) : NULL;
  work->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;
  enqueue_change (self, task, work);
}

gboolean
fob_vault_change_passphrase_finish (FobVault *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error) != NULL;
}

void
fob_vault_move_async (FobVault *self,
                      FobStore *to,
                      FobSecret *passphrase,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FobVaultWork *work;

  g_return_if_fail (FOB_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fob_vault_move_async);
  work = fob_vault_work_new (FOB_VAULT_WORK_MOVE, fob_vault_get_store (self));
  work->to = g_object_ref (to);
  work->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;
  enqueue_change (self, task, work);
}

gboolean
fob_vault_move_finish (FobVault *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error) != NULL;
}
