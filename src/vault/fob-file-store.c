/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-file-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "fob-atomic-file.h"
#include "fob-envelope.h"
#include "fob-vault-error.h"
#include "fob-writers-lock.h"

#define FILE_SIZE_MAX (64 * 1024 * 1024)

struct _FobFileStore
{
  GObject parent_instance;

  char *path;
  FobWritersLock *lock;
  FobEnvelope *envelope; /* while it is open */
  char *digest;          /* of the file that was loaded or written last; NULL if there was none */
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

/* @cause: (transfer full) */
static gboolean
fail_from_envelope (GError *cause, gboolean reopened, GError **error)
{
  FobVaultError code = FOB_VAULT_ERROR_DAMAGED;

  if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE))
    code = reopened ? FOB_VAULT_ERROR_LOCKED : FOB_VAULT_ERROR_PASSPHRASE;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION))
    code = FOB_VAULT_ERROR_VERSION;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_CRYPTO))
    code = FOB_VAULT_ERROR_STORAGE;
  fail (code, cause->message, error);
  g_error_free (cause);

  return FALSE;
}

/* @cause: (transfer full): about reading or writing */
static gboolean
fail_from_file (GError *cause, GError **error)
{
  const char *message;

  g_debug ("The vault file failed: %s", cause->message);
  if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    message = _ ("The disk is full. Nothing was changed; make room and try again.");
  else if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_LOOP))
    message = _ ("The vault file is a link that leads nowhere. Nothing was changed; is the disk "
                 "that it leads to connected?");
  else if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
           g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_PERM) ||
           g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    message =
      _ ("The vault file or its folder may not be read or written. Nothing was changed; check "
         "the permissions.");
  else
    message = _ ("The vault file could not be read or written. Nothing was changed.");
  g_error_free (cause);

  return fail (FOB_VAULT_ERROR_STORAGE, message, error);
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

  return fail_from_file (cause, error);
}

static void
remember (FobFileStore *self, GBytes *file)
{
  g_free (self->digest);
  self->digest = file != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file) : NULL;
}

/* Others could put a file of theirs in the place of ours. */
static gboolean
prepare_folder (FobFileStore *self, GError **error)
{
  g_autofree char *target = fob_atomic_file_resolve (self->path);
  g_autofree char *folder = g_path_get_dirname (target);
  struct stat status;

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_stat (folder, &status) != 0)
    {
      const int error_number = errno;

      return fail_from_file (g_error_new (G_FILE_ERROR,
                                          (gint) g_file_error_from_errno (error_number),
                                          "folder: %s", g_strerror (error_number)),
                             error);
    }
  if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0)
    return fail (
      FOB_VAULT_ERROR_STORAGE,
      _ ("Everybody may write to the folder of the vault file. Nothing was written; choose "
         "another folder or take that permission away."),
      error);

  return TRUE;
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
        return fail_from_envelope (cause, FALSE, error);
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
        fail (FOB_VAULT_ERROR_LOCKED, _ ("The accounts are locked. Unlock them and try again."),
              error);
      else
        {
          content = fob_envelope_reopen (self->envelope, file, &cause);
          if (content == NULL)
            fail_from_envelope (cause, TRUE, error);
        }
      return content;
    }

  envelope = fob_envelope_open (file, passphrase, &content, &cause);
  if (envelope == NULL)
    {
      fail_from_envelope (cause, FALSE, error);
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
  g_autofree char *digest = NULL;
  g_autoptr (GBytes) current = NULL;
  g_autoptr (GBytes) file = NULL;
  GError *cause = NULL;

  if (self->envelope == NULL)
    return fail (FOB_VAULT_ERROR_LOCKED, _ ("The accounts are locked. Unlock them and try again."),
                 error);
  if (!read_file (self, &current, error))
    return FALSE;
  digest = current != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, current) : NULL;
  if (g_strcmp0 (digest, self->digest) != 0 ||
      (current != NULL ? fob_envelope_peek_generation (current) : 0) != expected)
    return fail (FOB_VAULT_ERROR_CONFLICT,
                 _ ("The accounts were changed elsewhere at the same moment."), error);

  file = fob_envelope_seal (self->envelope, payload, expected + 1, &cause);
  if (file == NULL)
    return fail_from_envelope (cause, FALSE, error);
  if (!prepare_folder (self, error))
    return FALSE;
  if (!fob_atomic_file_replace (self->path, TRUE, file, &cause))
    return fail_from_file (cause, error);
  remember (self, file);
  fob_writers_lock_publish (self->lock, expected + 1);

  return TRUE;
}

static void
fob_file_store_forget (FobStore *store)
{
  g_clear_pointer (&FOB_FILE_STORE (store)->envelope, fob_envelope_unref);
}

static void
fob_file_store_iface_init (FobStoreInterface *iface)
{
  iface->needs_passphrase = fob_file_store_needs_passphrase;
  iface->lock_writers = fob_file_store_lock_writers;
  iface->unlock_writers = fob_file_store_unlock_writers;
  iface->load = fob_file_store_load;
  iface->commit = fob_file_store_commit;
  iface->forget = fob_file_store_forget;
}

/* Life */

static void
fob_file_store_lock_changed_cb (FobFileStore *self)
{
  fob_store_emit_changed (FOB_STORE (self));
}

static void
fob_file_store_finalize (GObject *object)
{
  FobFileStore *self = FOB_FILE_STORE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->envelope, fob_envelope_unref);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (fob_file_store_parent_class)->finalize (object);
}

static void
fob_file_store_class_init (FobFileStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_file_store_finalize;
}

static void
fob_file_store_init (FobFileStore *self)
{
}

FobStore *
fob_file_store_new (const char *path)
{
  FobFileStore *self = g_object_new (FOB_TYPE_FILE_STORE, NULL);
  /* Whoever comes by another link finds the same lock. */
  g_autofree char *target = fob_atomic_file_resolve (path);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, target, -1);
  g_autofree char *name = NULL;

  self->path = g_canonicalize_filename (path, NULL);
  name = g_strdup_printf ("file-%.16s", digest);
  self->lock = fob_writers_lock_new (name);
  g_signal_connect_object (self->lock, "changed", G_CALLBACK (fob_file_store_lock_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return FOB_STORE (self);
}

char *
fob_file_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "keyfob", "vault.json", NULL);
}
