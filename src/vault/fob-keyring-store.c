/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-keyring-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-keyring-glance.h"
#include "fob-keyring-items.h"
#include "fob-keyring-seal.h"
#include "fob-keyring-survey.h"
#include "fob-payload.h"
#include "fob-slot.h"
#include "fob-vault-error.h"
#include "fob-wipe.h"
#include "fob-writers-lock.h"

#define SERVICE_NAME "org.freedesktop.secrets"

struct _FobKeyringStore
{
  GObject parent_instance;

  FobWritersLock *lock;
  guint watch_id;
  gboolean vanished; /* the service was seen going away; guarded by the main thread */
  gboolean sealed;   /* whether what was read last has a passphrase; atomic */

  FobEnvelope *envelope; /* nullable: of a vault with a passphrase, while it is open */
  guint64 generation;    /* that was loaded or committed last */
  gboolean half_sealed;  /* the other slot still opens as it did before the passphrase changed */
};

static void fob_keyring_store_iface_init (FobStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FobKeyringStore,
                               fob_keyring_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOB_TYPE_STORE, fob_keyring_store_iface_init))

/* Seals */

static gboolean
fail_locked (GError **error)
{
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED,
                       _ ("The accounts are locked. Unlock them and try again."));

  return FALSE;
}

/* @passphrase: (nullable): NULL to use the key that is open. */
static GBytes *
unseal (FobKeyringStore *self, GBytes *sealed, FobSecret *passphrase, GError **error)
{
  FobEnvelope *envelope;
  GBytes *content = NULL;
  GError *cause = NULL;

  if (passphrase == NULL)
    {
      if (self->envelope == NULL)
        fail_locked (error);
      else
        {
          content = fob_envelope_reopen (self->envelope, sealed, &cause);
          if (content == NULL)
            fob_vault_error_from_envelope (cause, TRUE, error);
        }
      return content;
    }

  envelope = fob_envelope_open (sealed, passphrase, &content, &cause);
  if (envelope == NULL)
    {
      fob_vault_error_from_envelope (cause, FALSE, error);
      return NULL;
    }
  g_clear_pointer (&self->envelope, fob_envelope_unref);
  self->envelope = envelope;

  return content;
}

/* Interface */

static gboolean
fob_keyring_store_needs_passphrase (FobStore *store)
{
  return g_atomic_int_get (&FOB_KEYRING_STORE (store)->sealed);
}

static void
fob_keyring_store_appeared_cb (GDBusConnection *connection,
                               const char *name,
                               const char *owner,
                               gpointer user_data)
{
  FobKeyringStore *self = user_data;

  /* The first call tells of the service that was there all along. */
  if (self->vanished)
    fob_store_emit_changed (FOB_STORE (self));
  self->vanished = FALSE;
}

static void
fob_keyring_store_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FOB_KEYRING_STORE (user_data)->vanished = TRUE;
}

static void
fob_keyring_store_watch (FobStore *store)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (store);

  if (self->watch_id != 0)
    return;
  fob_writers_lock_watch (self->lock);
  self->watch_id =
    g_bus_watch_name (G_BUS_TYPE_SESSION, SERVICE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                      fob_keyring_store_appeared_cb, fob_keyring_store_vanished_cb, self, NULL);
}

static gboolean
fob_keyring_store_lock_writers (FobStore *store, GCancellable *cancellable, GError **error)
{
  return fob_writers_lock_acquire (FOB_KEYRING_STORE (store)->lock, cancellable, error);
}

static void
fob_keyring_store_unlock_writers (FobStore *store)
{
  fob_writers_lock_release (FOB_KEYRING_STORE (store)->lock);
}

static gboolean
fob_keyring_store_load (FobStore *store,
                        FobSecret *passphrase,
                        gboolean interactive,
                        FobStoreContent *content,
                        GCancellable *cancellable,
                        GError **error)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (store);
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  g_autoptr (GBytes) sealed = NULL;
  g_auto (FobKeyringSurvey) survey = { 0 };

  if (service == NULL || !fob_keyring_survey (service, interactive, &survey, cancellable, error))
    return FALSE;

  sealed = fob_keyring_seal_peel (survey.newest.payload);
  g_atomic_int_set (&self->sealed, sealed != NULL);
  if (sealed == NULL)
    {
      g_clear_pointer (&self->envelope, fob_envelope_unref);
      content->payload = g_steal_pointer (&survey.newest.payload);
    }
  else
    {
      content->payload = unseal (self, sealed, passphrase, error);
      if (content->payload == NULL)
        return FALSE;
    }
  content->generation = survey.newest.generation;
  self->generation = content->generation;

  return TRUE;
}

/* What is expected in a slot. */
typedef struct
{
  const char *text;
  gboolean found;
} Expected;

static gboolean
compare (const char *slot, SecretValue *value, gpointer user_data, GError **error)
{
  Expected *expected = user_data;
  gsize size;
  const char *text = secret_value_get (value, &size);

  if (size == strlen (expected->text) && memcmp (text, expected->text, size) == 0)
    expected->found = TRUE;

  return TRUE;
}

/* What was written is believed when it comes back. */
static gboolean
verify_slot (SecretService *service,
             const char *name,
             const char *text,
             GCancellable *cancellable,
             GError **error)
{
  const char *const slots[] = { name, NULL };
  Expected expected = { text, FALSE };
  gboolean complete;

  if (!fob_keyring_glance (service, slots, compare, &expected, &complete, cancellable, error))
    return FALSE;
  if (expected.found)
    return TRUE;
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
                       _ ("The keyring did not keep what was written. The accounts from before are "
                          "safe; please try again."));

  return FALSE;
}

/* When an answer was lost the write may have come about all the same: then nobody should be told
 * that it has not. */
static gboolean
write_slot (SecretService *service,
            const char *name,
            const char *text,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (fob_keyring_items_write (service, name, text, cancellable, &cause))
    return verify_slot (service, name, text, cancellable, error);
  if (verify_slot (service, name, text, cancellable, NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));

  return FALSE;
}

/* Is what rests there what the caller started from? @had_envelope: whether that was sealed */
static gboolean
check_unchanged (const FobKeyringSurvey *survey,
                 guint64 expected,
                 gboolean had_envelope,
                 GError **error)
{
  g_autoptr (GBytes) sealed = fob_keyring_seal_peel (survey->newest.payload);

  /* Nothing with a passphrase is ever written over by somebody who does not have it. */
  if (sealed != NULL && !had_envelope)
    return fail_locked (error);
  if (survey->newest.generation == expected && (expected == 0 || (sealed != NULL) == had_envelope))
    return TRUE;

  return fob_vault_error_fail_conflict (error);
}

/* @envelope: (nullable): what the payload is sealed in from now on */
static gboolean
commit_under (FobKeyringStore *self,
              FobEnvelope *envelope,
              GBytes *payload,
              guint64 expected,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  g_autoptr (FobPayload) parsed = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_auto (FobKeyringSurvey) survey = { 0 };
  g_auto (FobWipedString) text = NULL;
  const char *name;

  if (service == NULL || !fob_keyring_survey (service, TRUE, &survey, cancellable, error) ||
      !check_unchanged (&survey, expected, self->envelope != NULL, error))
    return FALSE;

  /* Whatever cannot be read again is not written either. */
  parsed = fob_payload_parse (payload, error);
  stored = parsed != NULL ? fob_keyring_seal_format (envelope, payload, expected + 1, error) : NULL;
  if (stored == NULL)
    return FALSE;
  text = fob_slot_format (fob_payload_get_vault_id (parsed), expected + 1, stored);
  if (!fob_keyring_items_is_storable (text))
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
        _ ("The accounts could not be written in the form that keyrings need. Nothing "
           "was changed."));
      return FALSE;
    }
  name = fob_keyring_survey_get_older_name (&survey);
  if (!write_slot (service, name, text, cancellable, error))
    return FALSE;

  if (envelope != self->envelope)
    {
      g_clear_pointer (&self->envelope, fob_envelope_unref);
      self->envelope = envelope != NULL ? fob_envelope_ref (envelope) : NULL;
    }
  g_atomic_int_set (&self->sealed, envelope != NULL);
  self->generation = expected + 1;
  self->half_sealed = FALSE;
  fob_writers_lock_publish (self->lock, expected + 1);

  return TRUE;
}

static gboolean
fob_keyring_store_commit (FobStore *store,
                          GBytes *payload,
                          guint64 expected,
                          GCancellable *cancellable,
                          GError **error)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (store);

  return commit_under (self, self->envelope, payload, expected, cancellable, error);
}

static gboolean
fob_keyring_store_change_passphrase (FobStore *store,
                                     FobSecret *passphrase,
                                     GCancellable *cancellable,
                                     GError **error)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (store);
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autoptr (GError) cause = NULL;

  if (!fob_store_load (store, NULL, FALSE, &content, cancellable, error))
    return FALSE;
  if (content.payload == NULL)
    {
      g_autoptr (FobPayload) empty = fob_payload_new ();

      content.payload = fob_payload_format (empty);
    }
  if (passphrase != NULL)
    {
      envelope = fob_keyring_seal_create (passphrase, content.payload, error);
      if (envelope == NULL)
        return FALSE;
    }

  if (!commit_under (self, envelope, content.payload, content.generation, cancellable, error))
    return FALSE;
  /* Once more, so that the other slot does not keep what opens without it, or with the one before.
   * The new passphrase holds whether or not that works. */
  if (!commit_under (self, envelope, content.payload, content.generation + 1, NULL, &cause))
    {
      g_debug ("The other slot was not sealed anew: %s", cause->message);
      self->half_sealed = TRUE;
    }

  return TRUE;
}

static char *
fob_keyring_store_dup_notice (FobStore *store)
{
  if (!FOB_KEYRING_STORE (store)->half_sealed)
    return NULL;

  return g_strdup (_ ("The passphrase was changed, but the keyring still holds a copy of the "
                      "accounts from before. The next change to an account replaces it."));
}

static gboolean
fob_keyring_store_clear (FobStore *store, GCancellable *cancellable, GError **error)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (store);
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  g_auto (FobKeyringSurvey) survey = { 0 };
  GList *items = NULL;
  gboolean done;

  if (service == NULL || !fob_keyring_survey (service, TRUE, &survey, cancellable, error) ||
      !check_unchanged (&survey, self->generation, self->envelope != NULL, error) ||
      !fob_keyring_items_search (service, &items, cancellable, error))
    return FALSE;
  done = fob_keyring_items_delete (items, cancellable, error);
  fob_keyring_items_free (items);
  if (done)
    {
      g_clear_pointer (&self->envelope, fob_envelope_unref);
      g_atomic_int_set (&self->sealed, FALSE);
      self->generation = 0;
      fob_writers_lock_publish (self->lock, 0);
    }

  return done;
}

static FobEnvelope *
fob_keyring_store_ref_envelope (FobStore *store)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (store);

  return self->envelope != NULL ? fob_envelope_ref (self->envelope) : NULL;
}

static gboolean
fob_keyring_store_set_aside (FobStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (SecretService) service = fob_keyring_items_connect (cancellable, error);
  GList *items = NULL;
  gboolean done;

  if (service == NULL || !fob_keyring_items_search (service, &items, cancellable, error))
    return FALSE;
  done = fob_keyring_items_set_aside (items, cancellable, error);
  fob_keyring_items_free (items);

  return done;
}

static void
fob_keyring_store_forget (FobStore *store)
{
  g_clear_pointer (&FOB_KEYRING_STORE (store)->envelope, fob_envelope_unref);
}

static const char *
fob_keyring_store_get_place (FobStore *store)
{
  return "keyring";
}

static void
fob_keyring_store_iface_init (FobStoreInterface *iface)
{
  iface->needs_passphrase = fob_keyring_store_needs_passphrase;
  iface->watch = fob_keyring_store_watch;
  iface->lock_writers = fob_keyring_store_lock_writers;
  iface->unlock_writers = fob_keyring_store_unlock_writers;
  iface->load = fob_keyring_store_load;
  iface->commit = fob_keyring_store_commit;
  iface->forget = fob_keyring_store_forget;
  iface->get_place = fob_keyring_store_get_place;
  iface->set_aside = fob_keyring_store_set_aside;
  iface->ref_envelope = fob_keyring_store_ref_envelope;
  iface->dup_notice = fob_keyring_store_dup_notice;
  iface->change_passphrase = fob_keyring_store_change_passphrase;
  iface->clear = fob_keyring_store_clear;
}

/* Life */

static void
fob_keyring_store_lock_changed_cb (FobKeyringStore *self)
{
  fob_store_emit_changed (FOB_STORE (self));
}

static void
fob_keyring_store_finalize (GObject *object)
{
  FobKeyringStore *self = FOB_KEYRING_STORE (object);

  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  g_clear_pointer (&self->envelope, fob_envelope_unref);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (fob_keyring_store_parent_class)->finalize (object);
}

static void
fob_keyring_store_class_init (FobKeyringStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_keyring_store_finalize;
}

static void
fob_keyring_store_init (FobKeyringStore *self)
{
  self->lock = fob_writers_lock_new ("keyring");
  g_signal_connect_object (self->lock, "changed", G_CALLBACK (fob_keyring_store_lock_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

FobStore *
fob_keyring_store_new (void)
{
  return g_object_new (FOB_TYPE_KEYRING_STORE, NULL);
}
