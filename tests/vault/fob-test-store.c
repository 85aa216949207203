/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-test-store.h"

struct _FobTestStore
{
  GObject parent_instance;

  FobStore *inner;
  FobTestHook hook;
  gpointer user_data;
};

static void fob_test_store_iface_init (FobStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FobTestStore,
                               fob_test_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOB_TYPE_STORE, fob_test_store_iface_init))

static gboolean
step (FobStore *store, FobTestStep which, guint64 generation, GError **error)
{
  FobTestStore *self = FOB_TEST_STORE (store);

  return self->hook (which, generation, self->user_data, error);
}

static FobStore *
inner (FobStore *store)
{
  return FOB_TEST_STORE (store)->inner;
}

static gboolean
fob_test_store_needs_passphrase (FobStore *store)
{
  return fob_store_needs_passphrase (inner (store));
}

static void
fob_test_store_watch (FobStore *store)
{
  fob_store_watch (inner (store));
}

static gboolean
fob_test_store_lock_writers (FobStore *store, GCancellable *cancellable, GError **error)
{
  if (!step (store, FOB_TEST_STEP_LOCK, 0, error) ||
      !fob_store_lock_writers (inner (store), cancellable, error))
    return FALSE;
  if (!step (store, FOB_TEST_STEP_LOCKED, 0, error))
    {
      fob_store_unlock_writers (inner (store));
      return FALSE;
    }

  return TRUE;
}

static void
fob_test_store_unlock_writers (FobStore *store)
{
  step (store, FOB_TEST_STEP_UNLOCK, 0, NULL);
  fob_store_unlock_writers (inner (store));
  step (store, FOB_TEST_STEP_UNLOCKED, 0, NULL);
}

static gboolean
fob_test_store_load (FobStore *store,
                     FobSecret *passphrase,
                     gboolean interactive,
                     FobStoreContent *content,
                     GCancellable *cancellable,
                     GError **error)
{
  return step (store, FOB_TEST_STEP_LOAD, 0, error) &&
         fob_store_load (inner (store), passphrase, interactive, content, cancellable, error) &&
         step (store, FOB_TEST_STEP_LOADED, content->generation, error);
}

static gboolean
fob_test_store_commit (FobStore *store,
                       GBytes *payload,
                       guint64 expected,
                       GCancellable *cancellable,
                       GError **error)
{
  return step (store, FOB_TEST_STEP_COMMIT, expected + 1, error) &&
         fob_store_commit (inner (store), payload, expected, cancellable, error) &&
         step (store, FOB_TEST_STEP_COMMITTED, expected + 1, error);
}

static void
fob_test_store_forget (FobStore *store)
{
  fob_store_forget (inner (store));
}

static gboolean
fob_test_store_clear (FobStore *store, GCancellable *cancellable, GError **error)
{
  return fob_store_clear (inner (store), cancellable, error);
}

static const char *
fob_test_store_get_place (FobStore *store)
{
  return fob_store_get_place (inner (store));
}

static void
fob_test_store_iface_init (FobStoreInterface *iface)
{
  iface->needs_passphrase = fob_test_store_needs_passphrase;
  iface->watch = fob_test_store_watch;
  iface->lock_writers = fob_test_store_lock_writers;
  iface->unlock_writers = fob_test_store_unlock_writers;
  iface->load = fob_test_store_load;
  iface->commit = fob_test_store_commit;
  iface->forget = fob_test_store_forget;
  iface->clear = fob_test_store_clear;
  iface->get_place = fob_test_store_get_place;
}

static void
fob_test_store_finalize (GObject *object)
{
  g_clear_object (&FOB_TEST_STORE (object)->inner);

  G_OBJECT_CLASS (fob_test_store_parent_class)->finalize (object);
}

static void
fob_test_store_class_init (FobTestStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_test_store_finalize;
}

static void
fob_test_store_init (FobTestStore *self)
{
}

FobStore *
fob_test_store_new (FobStore *store, FobTestHook hook, gpointer user_data)
{
  FobTestStore *self = g_object_new (FOB_TYPE_TEST_STORE, NULL);

  self->inner = g_object_ref (store);
  self->hook = hook;
  self->user_data = user_data;
  g_signal_connect_object (store, "changed", G_CALLBACK (fob_store_emit_changed), self,
                           G_CONNECT_SWAPPED);

  return FOB_STORE (self);
}
