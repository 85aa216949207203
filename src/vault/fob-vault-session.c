/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-vault-session.h"

#include "fob-edit-private.h"
#include "fob-vault-work.h"

struct _FobVaultSession
{
  FobStore *store;
  FobPayload *payload;
  guint64 generation;
};

FobVaultSession *
fob_vault_session_new (FobStore *store)
{
  FobVaultSession *self = g_new0 (FobVaultSession, 1);

  self->store = g_object_ref (store);

  return self;
}

void
fob_vault_session_free (FobVaultSession *self)
{
  g_clear_pointer (&self->payload, fob_payload_unref);
  g_clear_object (&self->store);
  g_free (self);
}

FobStore *
fob_vault_session_get_store (FobVaultSession *self)
{
  return self->store;
}

static gboolean
run (FobVaultSession *self, FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  if (self->payload != NULL)
    {
      work->known = fob_payload_ref (self->payload);
      work->known_generation = self->generation;
    }
  if (!fob_vault_work_run (work, cancellable, error))
    return FALSE;

  g_clear_pointer (&self->payload, fob_payload_unref);
  self->payload = fob_payload_ref (work->payload);
  self->generation = work->generation;

  return TRUE;
}

gboolean
fob_vault_session_open (FobVaultSession *self,
                        FobSecret *passphrase,
                        gboolean interactive,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (FobVaultWork) work = fob_vault_work_new (FOB_VAULT_WORK_OPEN, self->store);

  work->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;
  work->interactive = interactive;

  return run (self, work, cancellable, error);
}

FobPayload *
fob_vault_session_get_payload (FobVaultSession *self)
{
  return self->payload;
}

guint64
fob_vault_session_get_generation (FobVaultSession *self)
{
  return self->generation;
}

gboolean
fob_vault_session_edit (FobVaultSession *self, FobEdit *edit, GError **error)
{
  g_autoptr (FobVaultWork) work = fob_vault_work_new (FOB_VAULT_WORK_EDIT, self->store);

  work->edit = fob_edit_ref (edit);

  return run (self, work, NULL, error);
}

FobOtp *
fob_vault_session_advance (FobVaultSession *self, const char *account_id, GError **error)
{
  g_autoptr (FobVaultWork) work = fob_vault_work_new (FOB_VAULT_WORK_EDIT, self->store);

  work->edit = fob_edit_new_advance (account_id);
  if (!run (self, work, NULL, error))
    return NULL;

  return g_steal_pointer (&work->taken);
}

gboolean
fob_vault_session_change_passphrase (FobVaultSession *self,
                                     FobSecret *current,
                                     FobSecret *passphrase,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_autoptr (FobVaultWork) work = fob_vault_work_new (FOB_VAULT_WORK_PASSPHRASE, self->store);

  work->current = current != NULL ? fob_secret_ref (current) : NULL;
  work->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;

  return run (self, work, cancellable, error);
}
