/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-memory-store.h"


#include "fob-payload-draft.h"
#include "fob-vault-error.h"

struct _FobMemoryStore
{
  GObject parent_instance;

  GMutex writers;
  GMutex mutex; /* guards what is below */
  GBytes *payload;
  guint64 generation;
};

static void fob_memory_store_iface_init (FobStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FobMemoryStore,
                               fob_memory_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOB_TYPE_STORE, fob_memory_store_iface_init))

static gboolean
fob_memory_store_needs_passphrase (FobStore *store)
{
  return FALSE;
}

static gboolean
fob_memory_store_lock_writers (FobStore *store, GCancellable *cancellable, GError **error)
{
  g_mutex_lock (&FOB_MEMORY_STORE (store)->writers);

  return TRUE;
}

static void
fob_memory_store_unlock_writers (FobStore *store)
{
  g_mutex_unlock (&FOB_MEMORY_STORE (store)->writers);
}

static gboolean
fob_memory_store_load (FobStore *store,
                       FobSecret *passphrase,
                       gboolean interactive,
                       FobStoreContent *content,
                       GCancellable *cancellable,
                       GError **error)
{
  FobMemoryStore *self = FOB_MEMORY_STORE (store);

  g_mutex_lock (&self->mutex);
  content->payload = self->payload != NULL ? g_bytes_ref (self->payload) : NULL;
  content->generation = self->generation;
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

static gboolean
fob_memory_store_commit (FobStore *store,
                         GBytes *payload,
                         guint64 expected,
                         GCancellable *cancellable,
                         GError **error)
{
  FobMemoryStore *self = FOB_MEMORY_STORE (store);
  gboolean fits;

  g_mutex_lock (&self->mutex);
  fits = self->generation == expected;
  if (fits)
    {
      g_clear_pointer (&self->payload, g_bytes_unref);
      self->payload = g_bytes_ref (payload);
      self->generation++;
    }
  g_mutex_unlock (&self->mutex);

  return fits || fob_vault_error_fail_conflict (error);
}

static void
fob_memory_store_forget (FobStore *store)
{
}

static void
fob_memory_store_iface_init (FobStoreInterface *iface)
{
  iface->needs_passphrase = fob_memory_store_needs_passphrase;
  iface->lock_writers = fob_memory_store_lock_writers;
  iface->unlock_writers = fob_memory_store_unlock_writers;
  iface->load = fob_memory_store_load;
  iface->commit = fob_memory_store_commit;
  iface->forget = fob_memory_store_forget;
}

static void
fob_memory_store_finalize (GObject *object)
{
  FobMemoryStore *self = FOB_MEMORY_STORE (object);

  g_clear_pointer (&self->payload, g_bytes_unref);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->writers);

  G_OBJECT_CLASS (fob_memory_store_parent_class)->finalize (object);
}

static void
fob_memory_store_class_init (FobMemoryStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_memory_store_finalize;
}

static void
fob_memory_store_init (FobMemoryStore *self)
{
  g_mutex_init (&self->writers);
  g_mutex_init (&self->mutex);
}

FobStore *
fob_memory_store_new (FobAccount **accounts, gsize n_accounts)
{
  FobMemoryStore *self = g_object_new (FOB_TYPE_MEMORY_STORE, NULL);
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (empty);
  g_autoptr (FobPayload) payload = NULL;

  for (gsize i = 0; i < n_accounts; i++)
    fob_payload_draft_insert (draft, G_MAXUINT, accounts[i]);
  payload = fob_payload_draft_finish (draft);
  if (n_accounts > 0)
    {
      self->payload = fob_payload_format (payload);
      self->generation = 1;
    }

  return FOB_STORE (self);
}
