/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-file-store.h"

#include <errno.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "fob-aside.h"
#include "fob-atomic-file.h"
#include "fob-envelope.h"
#include "fob-file-place.h"
#include "fob-vault-error.h"
#include "fob-writers-lock.h"

#define FILE_SIZE_MAX (64 * 1024 * 1024)

struct _FobFileStore
{
  GObject parent_instance;

  char *path;
  char *place; /* under which it is remembered and locked */
  FobWritersLock *lock;
  FobEnvelope *envelope; /* while it is open */
  char *digest;          /* of the file that was loaded or written last; NULL if there was none */
  char *damaged;         /* nullable: digest of a file that was found damaged */
  gboolean durable;      /* whether the last commit is sure to survive a power cut */
  GFileMonitor *monitor; /* nullable: of the file, which other programs may replace */
};

static void fob_file_store_iface_init (FobStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FobFileStore,
                               fob_file_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOB_TYPE_STORE, fob_file_store_iface_init))

/* Errors */

static gboolean
fail (FobVaultError code, const char *message, GError **error)
{
  g_set_error_literal (error, FOB_VAULT_ERROR, (gint) code, message);

  return FALSE;
}

/* Helpers */

/* @file: (out) (transfer full) (nullable): NULL when there is none */
static gboolean
read_file (FobFileStore *self, GBytes **file, GError **error)
{
  GError *cause = NULL;

  *file = fob_atomic_file_read (self->path, FILE_SIZE_MAX, &cause);
  if (*file != NULL)
    return TRUE;
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_error_free (cause);
      return TRUE;
    }

  return fob_file_place_fail (cause, error);
}

static void
remember (FobFileStore *self, GBytes *file)
{
  g_free (self->digest);
  self->digest = file != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file) : NULL;
}

/* Whether @file, NULL for none, is what was loaded or written last. */
static gboolean
is_remembered (FobFileStore *self, GBytes *file)
{
  g_autofree char *digest =
    file != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file) : NULL;

  return g_strcmp0 (digest, self->digest) == 0;
}

/* Without the passphrase a file is only locked, unless it was opened before and found damaged. */
static gboolean
fail_unopened (FobFileStore *self, GBytes *file, GError **error)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);

  if (g_strcmp0 (digest, self->damaged) == 0)
    return fail (FOB_VAULT_ERROR_DAMAGED, _ ("The vault file is damaged. It was left as it is."),
                 error);

  return fail (FOB_VAULT_ERROR_LOCKED, _ ("The accounts are locked. Unlock them and try again."),
               error);
}

/* No file yet: a new key, which the first commit writes. */
static gboolean
load_absent (FobFileStore *self, FobSecret *passphrase, GError **error)
{
  GError *cause = NULL;

  if (passphrase == NULL && self->envelope == NULL)
    return fail (FOB_VAULT_ERROR_ABSENT, _ ("There is no vault file yet."), error);
  if (passphrase != NULL)
    {
      g_clear_pointer (&self->envelope, fob_envelope_unref);
      self->envelope = fob_envelope_new (passphrase, &cause);
      if (self->envelope == NULL)
        return fob_vault_error_from_envelope (cause, FALSE, error);
    }
  remember (self, NULL);

  return TRUE;
}

static GBytes *
open_file (FobFileStore *self, GBytes *file, FobSecret *passphrase, GError **error)
{
  FobEnvelope *envelope;
  GBytes *content = NULL;
  GError *cause = NULL;

  if (passphrase == NULL)
    {
      if (self->envelope == NULL)
        fail_unopened (self, file, error);
      else
        {
          content = fob_envelope_reopen (self->envelope, file, &cause);
          if (content == NULL)
            fob_vault_error_from_envelope (cause, TRUE, error);
        }
      return content;
    }

  envelope = fob_envelope_open (file, passphrase, &content, &cause);
  g_clear_pointer (&self->damaged, g_free);
  if (envelope == NULL)
    {
      if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_DAMAGED) ||
          g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_FORMAT))
        self->damaged = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
      fob_vault_error_from_envelope (cause, FALSE, error);
      return NULL;
    }
  g_clear_pointer (&self->envelope, fob_envelope_unref);
  self->envelope = envelope;

  return content;
}

/* Interface */

static gboolean
fob_file_store_needs_passphrase (FobStore *store)
{
  return TRUE;
}

/* A program that brings files from elsewhere knows nothing of our lock. */
static void
fob_file_store_monitor_cb (FobFileStore *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  if (event == G_FILE_MONITOR_EVENT_CREATED || event == G_FILE_MONITOR_EVENT_RENAMED ||
      event == G_FILE_MONITOR_EVENT_MOVED_IN || event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT)
    fob_store_emit_changed (FOB_STORE (self));
}

static void
fob_file_store_watch (FobStore *store)
{
  FobFileStore *self = FOB_FILE_STORE (store);
  g_autofree char *target = fob_atomic_file_resolve (self->path);
  g_autoptr (GFile) file = g_file_new_for_path (target);
  g_autoptr (GError) error = NULL;

  if (self->monitor != NULL)
    return;
  fob_writers_lock_watch (self->lock);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    g_debug ("Changes from elsewhere will be seen late: %s", error->message);
  else
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (fob_file_store_monitor_cb), self,
                             G_CONNECT_SWAPPED);
}

static gboolean
fob_file_store_lock_writers (FobStore *store, GCancellable *cancellable, GError **error)
{
  return fob_writers_lock_acquire (FOB_FILE_STORE (store)->lock, cancellable, error);
}

static void
fob_file_store_unlock_writers (FobStore *store)
{
  fob_writers_lock_release (FOB_FILE_STORE (store)->lock);
}

static gboolean
fob_file_store_load (FobStore *store,
                     FobSecret *passphrase,
                     gboolean interactive,
                     FobStoreContent *content,
                     GCancellable *cancellable,
                     GError **error)
{
  FobFileStore *self = FOB_FILE_STORE (store);
  g_autoptr (GBytes) file = NULL;

  if (!read_file (self, &file, error))
    return FALSE;
  if (file == NULL)
    return load_absent (self, passphrase, error);

  content->payload = open_file (self, file, passphrase, error);
  if (content->payload == NULL)
    return FALSE;
  content->generation = fob_envelope_peek_generation (file);
  remember (self, file);

  return TRUE;
}

static gboolean
fob_file_store_commit (FobStore *store,
                       GBytes *payload,
                       guint64 expected,
                       GCancellable *cancellable,
                       GError **error)
{
  FobFileStore *self = FOB_FILE_STORE (store);
  g_autoptr (GBytes) current = NULL;
  g_autoptr (GBytes) file = NULL;
  GError *cause = NULL;

  if (self->envelope == NULL)
    return fail (FOB_VAULT_ERROR_LOCKED, _ ("The accounts are locked. Unlock them and try again."),
                 error);
  if (!read_file (self, &current, error))
    return FALSE;
  if (!is_remembered (self, current) ||
      (current != NULL ? fob_envelope_peek_generation (current) : 0) != expected)
    return fob_vault_error_fail_conflict (error);

  file = fob_envelope_seal (self->envelope, payload, expected + 1, &cause);
  if (file == NULL)
    return fob_vault_error_from_envelope (cause, FALSE, error);
  if (!fob_file_place_prepare (self->path, error))
    return FALSE;
  if (!fob_atomic_file_replace (self->path, TRUE, file, &self->durable, &cause))
    return fob_file_place_fail (cause, error);
  remember (self, file);
  fob_writers_lock_publish (self->lock, expected + 1);

  return TRUE;
}

static FobEnvelope *
fob_file_store_ref_envelope (FobStore *store)
{
  FobFileStore *self = FOB_FILE_STORE (store);

  return self->envelope != NULL ? fob_envelope_ref (self->envelope) : NULL;
}

static gboolean
fob_file_store_set_aside (FobStore *store, GCancellable *cancellable, GError **error)
{
  FobFileStore *self = FOB_FILE_STORE (store);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *suffix = g_date_time_format (now, ".damaged-%Y%m%dT%H%M%SZ");

  if (fob_aside_rename (self->path, suffix))
    return TRUE;

  g_debug ("The vault file was not set aside: %s", g_strerror (errno));

  return fail (FOB_VAULT_ERROR_STORAGE,
               _ ("The damaged file could not be renamed. Check the permissions of its folder."),
               error);
}

static void
fob_file_store_forget (FobStore *store)
{
  g_clear_pointer (&FOB_FILE_STORE (store)->envelope, fob_envelope_unref);
}

static char *
fob_file_store_dup_notice (FobStore *store)
{
  FobFileStore *self = FOB_FILE_STORE (store);

  if (!self->durable)
    return g_strdup (_ ("The last change is stored, but the disk did not confirm it. It could be "
                        "lost if the power fails; check the disk."));

  return fob_file_place_dup_notice (self->path);
}

/* Whether the file opens with @passphrase, and holds @payload. */
static gboolean
verify_passphrase (FobFileStore *self, FobSecret *passphrase, GBytes *payload, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (FobEnvelope) opened = NULL;

  if (!read_file (self, &file, error))
    return FALSE;
  if (file != NULL)
    opened = fob_envelope_open (file, passphrase, &content, NULL);

  return (opened != NULL && g_bytes_equal (content, payload)) ||
         fail (FOB_VAULT_ERROR_DAMAGED,
               _ ("The file did not come back as it was written. The one before is beside it."),
               error);
}

/* The copy that a commit leaves beside the file. Editors make files of that name too: one that
 * @envelope does not open is not ours. */
static void
delete_previous (FobFileStore *self, FobEnvelope *envelope)
{
  g_autofree char *target = fob_atomic_file_resolve (self->path);
  g_autofree char *previous = g_strconcat (target, "~", NULL);
  g_autoptr (GBytes) file = fob_atomic_file_read (previous, FILE_SIZE_MAX, NULL);
  g_autoptr (GBytes) content = NULL;

  if (file != NULL && envelope != NULL)
    content = fob_envelope_reopen (envelope, file, NULL);
  if (content != NULL && g_unlink (previous) != 0)
    g_debug ("The copy beside the file is still there: %s", g_strerror (errno));
}

static gboolean
fob_file_store_change_passphrase (FobStore *store,
                                  FobSecret *passphrase,
                                  GCancellable *cancellable,
                                  GError **error)
{
  FobFileStore *self = FOB_FILE_STORE (store);
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (FobEnvelope) old = fob_file_store_ref_envelope (store);
  g_autoptr (FobEnvelope) envelope = NULL;
  GError *cause = NULL;

  if (passphrase == NULL)
    return fail (FOB_VAULT_ERROR_STORAGE,
                 _ (
                   "A vault that is a file is always encrypted. Choose another passphrase, or move "
                   "the accounts to the keyring."),
                 error);
  if (!fob_store_load (store, NULL, FALSE, &content, cancellable, error))
    return FALSE;
  envelope = fob_envelope_new (passphrase, &cause);
  if (envelope == NULL)
    return fob_vault_error_from_envelope (cause, FALSE, error);

  g_clear_pointer (&self->envelope, fob_envelope_unref);
  self->envelope = fob_envelope_ref (envelope);
  if (!fob_store_commit (store, content.payload, content.generation, cancellable, error))
    {
      g_clear_pointer (&self->envelope, fob_envelope_unref);
      self->envelope = g_steal_pointer (&old);
      return FALSE;
    }
  if (!verify_passphrase (self, passphrase, content.payload, error))
    return FALSE;
  /* It still opens with the passphrase before. */
  delete_previous (self, old);

  return TRUE;
}

static gboolean
fob_file_store_clear (FobStore *store, GCancellable *cancellable, GError **error)
{
  FobFileStore *self = FOB_FILE_STORE (store);
  g_autofree char *target = fob_atomic_file_resolve (self->path);
  g_autoptr (GBytes) file = NULL;

  if (!read_file (self, &file, error))
    return FALSE;
  if (file != NULL && !is_remembered (self, file))
    return fob_vault_error_fail_conflict (error);
  if (file != NULL && g_unlink (target) != 0 && errno != ENOENT)
    return fail (FOB_VAULT_ERROR_STORAGE,
                 _ ("The vault file could not be deleted. Check the permissions of its folder."),
                 error);
  delete_previous (self, self->envelope);
  g_clear_pointer (&self->envelope, fob_envelope_unref);
  remember (self, NULL);

  return TRUE;
}

static const char *
fob_file_store_get_place (FobStore *store)
{
  return FOB_FILE_STORE (store)->place;
}

static void
fob_file_store_iface_init (FobStoreInterface *iface)
{
  iface->needs_passphrase = fob_file_store_needs_passphrase;
  iface->watch = fob_file_store_watch;
  iface->lock_writers = fob_file_store_lock_writers;
  iface->unlock_writers = fob_file_store_unlock_writers;
  iface->load = fob_file_store_load;
  iface->commit = fob_file_store_commit;
  iface->forget = fob_file_store_forget;
  iface->ref_envelope = fob_file_store_ref_envelope;
  iface->dup_notice = fob_file_store_dup_notice;
  iface->set_aside = fob_file_store_set_aside;
  iface->get_place = fob_file_store_get_place;
  iface->change_passphrase = fob_file_store_change_passphrase;
  iface->clear = fob_file_store_clear;
}

/* Life */

static void
fob_file_store_lock_changed_cb (FobFileStore *self)
{
  fob_store_emit_changed (FOB_STORE (self));
}

static void
fob_file_store_dispose (GObject *object)
{
  FobFileStore *self = FOB_FILE_STORE (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (fob_file_store_parent_class)->dispose (object);
}

static void
fob_file_store_finalize (GObject *object)
{
  FobFileStore *self = FOB_FILE_STORE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->damaged, g_free);
  g_clear_pointer (&self->envelope, fob_envelope_unref);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (fob_file_store_parent_class)->finalize (object);
}

static void
fob_file_store_class_init (FobFileStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fob_file_store_dispose;
  object_class->finalize = fob_file_store_finalize;
}

static void
fob_file_store_init (FobFileStore *self)
{
  self->durable = TRUE;
}

/* Whoever comes by another link finds the same lock. */
char *
fob_file_store_dup_place (const char *path)
{
  g_autofree char *target = fob_atomic_file_resolve (path);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, target, -1);

  return g_strdup_printf ("file-%.16s", digest);
}

FobStore *
fob_file_store_new (const char *path)
{
  FobFileStore *self = g_object_new (FOB_TYPE_FILE_STORE, NULL);

  self->path = g_canonicalize_filename (path, NULL);
  self->place = fob_file_store_dup_place (path);
  self->lock = fob_writers_lock_new (self->place);
  g_signal_connect_object (self->lock, "changed", G_CALLBACK (fob_file_store_lock_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return FOB_STORE (self);
}

const char *
fob_file_store_get_path (FobFileStore *self)
{
  g_return_val_if_fail (FOB_IS_FILE_STORE (self), NULL);

  return self->path;
}

char *
fob_file_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "keyfob", "vault.json", NULL);
}
