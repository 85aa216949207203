/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-store.h"

#include <glib/gi18n-lib.h>

#include "fob-vault-error.h"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (FobStore, fob_store, G_TYPE_OBJECT)

static void
fob_store_default_init (FobStoreInterface *iface)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", FOB_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

void
fob_store_content_clear (FobStoreContent *content)
{
  g_clear_pointer (&content->payload, g_bytes_unref);
  content->generation = 0;
}

gboolean
fob_store_needs_passphrase (FobStore *self)
{
  g_return_val_if_fail (FOB_IS_STORE (self), FALSE);

  return FOB_STORE_GET_IFACE (self)->needs_passphrase (self);
}

void
fob_store_watch (FobStore *self)
{
  g_return_if_fail (FOB_IS_STORE (self));

  if (FOB_STORE_GET_IFACE (self)->watch != NULL)
    FOB_STORE_GET_IFACE (self)->watch (self);
}

gboolean
fob_store_lock_writers (FobStore *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FOB_IS_STORE (self), FALSE);

  return FOB_STORE_GET_IFACE (self)->lock_writers (self, cancellable, error);
}

void
fob_store_unlock_writers (FobStore *self)
{
  g_return_if_fail (FOB_IS_STORE (self));

  FOB_STORE_GET_IFACE (self)->unlock_writers (self);
}

gboolean
fob_store_load (FobStore *self,
                FobSecret *passphrase,
                gboolean interactive,
                FobStoreContent *content,
                GCancellable *cancellable,
                GError **error)
{
  g_return_val_if_fail (FOB_IS_STORE (self), FALSE);
  g_return_val_if_fail (content != NULL && content->payload == NULL, FALSE);

  return FOB_STORE_GET_IFACE (self)->load (self, passphrase, interactive, content, cancellable,
                                           error);
}

gboolean
fob_store_commit (FobStore *self,
                  GBytes *payload,
                  guint64 expected,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (FOB_IS_STORE (self), FALSE);

  return FOB_STORE_GET_IFACE (self)->commit (self, payload, expected, cancellable, error);
}

void
fob_store_forget (FobStore *self)
{
  g_return_if_fail (FOB_IS_STORE (self));

  FOB_STORE_GET_IFACE (self)->forget (self);
}

const char *
fob_store_get_place (FobStore *self)
{
  g_return_val_if_fail (FOB_IS_STORE (self), NULL);

  if (FOB_STORE_GET_IFACE (self)->get_place == NULL)
    return NULL;

  return FOB_STORE_GET_IFACE (self)->get_place (self);
}

FobEnvelope *
fob_store_ref_envelope (FobStore *self)
{
  g_return_val_if_fail (FOB_IS_STORE (self), NULL);

  if (FOB_STORE_GET_IFACE (self)->ref_envelope == NULL)
    return NULL;

  return FOB_STORE_GET_IFACE (self)->ref_envelope (self);
}

char *
fob_store_dup_notice (FobStore *self)
{
  g_return_val_if_fail (FOB_IS_STORE (self), NULL);

  if (FOB_STORE_GET_IFACE (self)->dup_notice == NULL)
    return NULL;

  return FOB_STORE_GET_IFACE (self)->dup_notice (self);
}

gboolean
fob_store_set_aside (FobStore *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FOB_IS_STORE (self), FALSE);

  if (FOB_STORE_GET_IFACE (self)->set_aside != NULL)
    return FOB_STORE_GET_IFACE (self)->set_aside (self, cancellable, error);

  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
                       _ ("What is damaged cannot be set aside here. It was left as it is."));

  return FALSE;
}

static gboolean
change_passphrase (FobStore *self,
                   FobSecret *current,
                   FobSecret *passphrase,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (FobStoreContent) content = { 0 };

  if (current != NULL && !fob_store_load (self, current, FALSE, &content, cancellable, error))
    return FALSE;

  return FOB_STORE_GET_IFACE (self)->change_passphrase (self, passphrase, cancellable, error);
}

gboolean
fob_store_change_passphrase (FobStore *self,
                             FobSecret *current,
                             FobSecret *passphrase,
                             GCancellable *cancellable,
                             GError **error)
{
  gboolean done;

  g_return_val_if_fail (FOB_IS_STORE (self), FALSE);
  g_return_val_if_fail (FOB_STORE_GET_IFACE (self)->change_passphrase != NULL, FALSE);

  if (!fob_store_lock_writers (self, cancellable, error))
    return FALSE;
  done = change_passphrase (self, current, passphrase, cancellable, error);
  fob_store_unlock_writers (self);

  return done;
}

gboolean
fob_store_clear (FobStore *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FOB_IS_STORE (self), FALSE);
  g_return_val_if_fail (FOB_STORE_GET_IFACE (self)->clear != NULL, FALSE);

  return FOB_STORE_GET_IFACE (self)->clear (self, cancellable, error);
}

void
fob_store_emit_changed (FobStore *self)
{
  g_return_if_fail (FOB_IS_STORE (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
