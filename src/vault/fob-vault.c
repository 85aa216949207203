/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-vault-private.h"

#include <openssl/crypto.h>

/* For a thread to come to an end. */
#define PATIENCE_MILLISECONDS 3000

struct _FobVault
{
  GObject parent_instance;

  FobStore *store;
  FobVaultState state;
  GError *error;
  FobVaultLoss *loss;    /* nullable: why it could not be opened */
  char *notice;          /* nullable */
  FobPayload *payload;   /* NULL until it is open */
  FobEnvelope *envelope; /* of the store, while it is open; NULL if it has none */
  guint64 generation;

  GQueue queue; /* of GTask, each with its FobVaultWork; the first one runs if running */
  gboolean running;
  gboolean reload_queued;
  guint epoch;               /* counts locks: what was begun before one must not show after it */
  GCancellable *cancellable; /* of this epoch */
};

enum
{
  PROP_0,
  PROP_NOTICE,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void fob_vault_list_model_init (GListModelInterface *iface);
static void fob_vault_run_next (FobVault *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (FobVault,
                               fob_vault,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fob_vault_list_model_init))

GType
fob_vault_state_get_type (void)
{
  static gsize type;
  static const GEnumValue values[] = {
    { FOB_VAULT_STATE_CLOSED, "FOB_VAULT_STATE_CLOSED", "closed" },
    { FOB_VAULT_STATE_OPENING, "FOB_VAULT_STATE_OPENING", "opening" },
    { FOB_VAULT_STATE_READY, "FOB_VAULT_STATE_READY", "ready" },
    { FOB_VAULT_STATE_LOCKED, "FOB_VAULT_STATE_LOCKED", "locked" },
    { FOB_VAULT_STATE_ABSENT, "FOB_VAULT_STATE_ABSENT", "absent" },
    { FOB_VAULT_STATE_NO_SERVICE, "FOB_VAULT_STATE_NO_SERVICE", "no-service" },
    { FOB_VAULT_STATE_FAILED, "FOB_VAULT_STATE_FAILED", "failed" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("FobVaultState", values));

  return type;
}

/* List model */

static GType
fob_vault_get_item_type (GListModel *model)
{
  return FOB_TYPE_ACCOUNT;
}

static guint
fob_vault_get_n_items (GListModel *model)
{
  FobVault *self = FOB_VAULT (model);

  return self->payload != NULL ? fob_payload_get_n_accounts (self->payload) : 0;
}

static gpointer
fob_vault_get_item (GListModel *model, guint position)
{
  if (position >= fob_vault_get_n_items (model))
    return NULL;

  return g_object_ref (fob_payload_get_account (FOB_VAULT (model)->payload, position));
}

static void
fob_vault_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fob_vault_get_item_type;
  iface->get_n_items = fob_vault_get_n_items;
  iface->get_item = fob_vault_get_item;
}

/* State */

static void
fob_vault_set_state (FobVault *self, FobVaultState state, const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  if (self->state == state && error == NULL)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* @payload: (nullable). Says only what differs: accounts at both ends that stayed the same object
 * stay. */
static void
fob_vault_set_payload (FobVault *self, FobPayload *payload, guint64 generation)
{
  g_autoptr (FobPayload) old = g_steal_pointer (&self->payload);
  const guint n_old = old != NULL ? fob_payload_get_n_accounts (old) : 0;
  const guint n_new = payload != NULL ? fob_payload_get_n_accounts (payload) : 0;
  const guint n_least = MIN (n_old, n_new);
  guint head = 0;
  guint tail = 0;

  while (head < n_least &&
         fob_payload_get_account (old, head) == fob_payload_get_account (payload, head))
    head++;
  while (tail < n_least - head && fob_payload_get_account (old, n_old - 1 - tail) ==
                                    fob_payload_get_account (payload, n_new - 1 - tail))
    tail++;

  self->payload = payload != NULL ? fob_payload_ref (payload) : NULL;
  self->generation = generation;
  if (n_old - head - tail > 0 || n_new - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail,
                                n_new - head - tail);
}

static FobVaultState
fob_vault_state_for_error (const GError *error)
{
  if (error->domain != FOB_VAULT_ERROR)
    return FOB_VAULT_STATE_FAILED;

  switch ((FobVaultError) error->code)
    {
    case FOB_VAULT_ERROR_NO_SERVICE:
      return FOB_VAULT_STATE_NO_SERVICE;
    case FOB_VAULT_ERROR_LOCKED:
    case FOB_VAULT_ERROR_PASSPHRASE:
      return FOB_VAULT_STATE_LOCKED;
    case FOB_VAULT_ERROR_ABSENT:
      return FOB_VAULT_STATE_ABSENT;
    case FOB_VAULT_ERROR_DAMAGED:
    case FOB_VAULT_ERROR_VERSION:
    case FOB_VAULT_ERROR_CONFLICT:
    case FOB_VAULT_ERROR_NOT_FOUND:
    case FOB_VAULT_ERROR_STORAGE:
    case FOB_VAULT_ERROR_OLDER:
    default:
      return FOB_VAULT_STATE_FAILED;
    }
}

static void
fob_vault_set_notice (FobVault *self, const char *notice)
{
  if (g_strcmp0 (self->notice, notice) == 0)
    return;

  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

/* @loss: (transfer full) (nullable) */
static void
fob_vault_set_loss (FobVault *self, FobVaultLoss *loss)
{
  g_clear_pointer (&self->loss, fob_vault_loss_free);
  self->loss = loss;
}

/* Work */

/* Takes over what came of @work, unless the vault was locked meanwhile. */
static void
fob_vault_settle (FobVault *self, FobVaultWork *work, const GError *error)
{
  if (work->kind == FOB_VAULT_WORK_OPEN)
    fob_vault_set_loss (self, g_steal_pointer (&work->loss));
  if (error == NULL && work->payload != NULL)
    {
      g_clear_pointer (&self->envelope, fob_envelope_unref);
      self->envelope = g_steal_pointer (&work->envelope);
      fob_vault_set_payload (self, work->payload, work->generation);
      fob_vault_set_notice (self, work->notice);
      if (self->state != FOB_VAULT_STATE_READY)
        fob_vault_set_state (self, FOB_VAULT_STATE_READY, NULL);
    }
  /* An edit or a look in passing that fails leaves what is on screen: it is still true. */
  else if (error != NULL && work->kind == FOB_VAULT_WORK_OPEN && self->payload == NULL)
    fob_vault_set_state (self, fob_vault_state_for_error (error), error);
  /* Another program set a passphrase, or another one: whoever has it may look. */
  else if (work->kind == FOB_VAULT_WORK_RELOAD && fob_store_needs_passphrase (self->store) &&
           g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED))
    fob_vault_lock (self);
}

static GError *
fob_vault_new_locked_error (void)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Locked meanwhile");
}

static void
fob_vault_worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobVault *self = FOB_VAULT (source);
  g_autoptr (GTask) task = g_queue_pop_head (&self->queue);
  FobVaultWork *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->running = FALSE;
  g_task_propagate_boolean (G_TASK (result), &error);
  if (work->epoch == self->epoch)
    fob_vault_settle (self, work, error);
  else if (error == NULL && work->kind == FOB_VAULT_WORK_OPEN)
    error = fob_vault_new_locked_error ();

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
  fob_vault_run_next (self);
}

static void
fob_vault_work_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FobVaultWork *work = g_task_get_task_data (G_TASK (task_data));
  GError *error = NULL;
  gboolean done = fob_vault_work_run (work, cancellable, &error);

  /* Threads of the pool live on: what OpenSSL keeps for this one, the state of its random numbers
   * among it, goes now. */
  OPENSSL_thread_stop ();

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What was asked for before a lock and has not begun must not begin after it: it would open again
 * what was locked, or ask the person. Returns: (nullable): what is first in the queue then. */
static GTask *
fob_vault_drop_outdated (FobVault *self)
{
  GTask *task;

  while ((task = g_queue_peek_head (&self->queue)) != NULL)
    {
      FobVaultWork *work = g_task_get_task_data (task);

      if (work->epoch == self->epoch || work->kind == FOB_VAULT_WORK_FORGET)
        break;
      g_queue_pop_head (&self->queue);
      g_task_return_error (task, fob_vault_new_locked_error ());
      g_object_unref (task);
      if (self->running)
        return NULL;
    }

  return task;
}

static void
fob_vault_run_next (FobVault *self)
{
  GTask *task = !self->running ? fob_vault_drop_outdated (self) : NULL;
  FobVaultWork *work;
  g_autoptr (GTask) worker = NULL;

  if (task == NULL)
    return;

  self->running = TRUE;
  work = g_task_get_task_data (task);
  if (work->kind == FOB_VAULT_WORK_RELOAD)
    self->reload_queued = FALSE;
  if (self->payload != NULL)
    {
      work->known = fob_payload_ref (self->payload);
      work->known_generation = self->generation;
    }
  worker = g_task_new (self, self->cancellable, fob_vault_worked_cb, NULL);
  g_task_set_source_tag (worker, fob_vault_run_next);
  /* What was written must not be called cancelled. */
  g_task_set_check_cancellable (worker, FALSE);
  g_task_set_task_data (worker, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (worker, fob_vault_work_thread);
}

void
fob_vault_enqueue (FobVault *self, GTask *task, FobVaultWork *work)
{
  work->epoch = self->epoch;
  g_task_set_task_data (task, work, (GDestroyNotify) fob_vault_work_free);
  g_task_set_check_cancellable (task, FALSE);
  g_queue_push_tail (&self->queue, g_object_ref (task));
  fob_vault_run_next (self);
}

void
fob_vault_begin_opening (FobVault *self)
{
  if (self->state != FOB_VAULT_STATE_READY)
    fob_vault_set_state (self, FOB_VAULT_STATE_OPENING, NULL);
}

/* A look in passing that nobody waits for. */
static void
fob_vault_store_changed_cb (FobVault *self)
{
  g_autoptr (GTask) task = NULL;
  const gboolean waiting = self->state == FOB_VAULT_STATE_NO_SERVICE;

  if (self->reload_queued || (self->state != FOB_VAULT_STATE_READY && !waiting))
    return;

  self->reload_queued = !waiting;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, fob_vault_store_changed_cb);
  if (waiting)
    fob_vault_set_state (self, FOB_VAULT_STATE_OPENING, NULL);
  fob_vault_enqueue (self, task,
                     fob_vault_work_new (waiting ? FOB_VAULT_WORK_OPEN : FOB_VAULT_WORK_RELOAD,
                                         self->store));
}

/* Object */

static void
fob_vault_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NOTICE:
      g_value_set_string (value, FOB_VAULT (object)->notice);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (gint) FOB_VAULT (object)->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_vault_finalize (GObject *object)
{
  FobVault *self = FOB_VAULT (object);

  g_queue_clear_full (&self->queue, g_object_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_error (&self->error);
  fob_vault_set_loss (self, NULL);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->payload, fob_payload_unref);
  g_clear_pointer (&self->envelope, fob_envelope_unref);

  G_OBJECT_CLASS (fob_vault_parent_class)->finalize (object);
}

static void
fob_vault_class_init (FobVaultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fob_vault_get_property;
  object_class->finalize = fob_vault_finalize;

  properties[PROP_NOTICE] =
    g_param_spec_string ("notice", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, FOB_TYPE_VAULT_STATE, FOB_VAULT_STATE_CLOSED,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fob_vault_init (FobVault *self)
{
  g_queue_init (&self->queue);
  self->cancellable = g_cancellable_new ();
}

FobVault *
fob_vault_new (FobStore *store)
{
  FobVault *self = g_object_new (FOB_TYPE_VAULT, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (fob_vault_store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  fob_store_watch (store);

  return self;
}

FobStore *
fob_vault_get_store (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), NULL);

  return self->store;
}

FobVaultState
fob_vault_get_state (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), FOB_VAULT_STATE_CLOSED);

  return self->state;
}

const GError *
fob_vault_get_error (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), NULL);

  return self->error;
}

const FobVaultLoss *
fob_vault_get_loss (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), NULL);

  return self->loss;
}

const char *
fob_vault_get_notice (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), NULL);

  return self->notice;
}

/* @work: (transfer full) */
gboolean
fob_vault_is_writing (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), FALSE);

  for (GList *l = self->queue.head; l != NULL; l = l->next)
    {
      const FobVaultWork *work = g_task_get_task_data (l->data);

      if (work->kind == FOB_VAULT_WORK_EDIT || work->kind == FOB_VAULT_WORK_PASSPHRASE ||
          work->kind == FOB_VAULT_WORK_MOVE)
        return TRUE;
    }

  return FALSE;
}

void
fob_vault_lock (FobVault *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FOB_IS_VAULT (self));

  self->epoch++;
  self->reload_queued = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->envelope, fob_envelope_unref);
  fob_vault_set_payload (self, NULL, 0);
  fob_vault_set_loss (self, NULL);
  fob_vault_set_state (self, FOB_VAULT_STATE_CLOSED, NULL);

  /* The key goes when the worker has let go of the store. */
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, fob_vault_lock);
  fob_vault_enqueue (self, task, fob_vault_work_new (FOB_VAULT_WORK_FORGET, self->store));
}

/* A provider's prompt may be open for ever, and whoever waits for it computes nothing. */
static gboolean
fob_vault_is_computing (FobVault *self)
{
  GTask *task = g_queue_peek_head (&self->queue);
  const FobVaultWork *work = task != NULL ? g_task_get_task_data (task) : NULL;

  return self->running && work != NULL &&
         (work->kind != FOB_VAULT_WORK_OPEN || work->passphrase != NULL);
}

static gboolean
fob_vault_out_of_patience_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_CONTINUE;
}

void
fob_vault_finish (FobVault *self)
{
  gboolean out_of_patience = FALSE;
  guint id;

  g_return_if_fail (FOB_IS_VAULT (self));

  while (fob_vault_is_writing (self))
    g_main_context_iteration (NULL, TRUE);
  id = g_timeout_add (PATIENCE_MILLISECONDS, fob_vault_out_of_patience_cb, &out_of_patience);
  while (fob_vault_is_computing (self) && !out_of_patience)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

FobPayload *
fob_vault_get_payload (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), NULL);

  return self->payload;
}

FobAccount *
fob_vault_dup_account (FobVault *self, const char *id)
{
  guint position;

  g_return_val_if_fail (FOB_IS_VAULT (self), NULL);

  if (self->payload == NULL || !fob_payload_find (self->payload, id, &position))
    return NULL;

  return g_object_ref (fob_payload_get_account (self->payload, position));
}

guint64
fob_vault_get_generation (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), 0);

  return self->generation;
}

FobEnvelope *
fob_vault_get_envelope (FobVault *self)
{
  g_return_val_if_fail (FOB_IS_VAULT (self), NULL);

  return self->envelope;
}
