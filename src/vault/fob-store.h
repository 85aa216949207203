/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-envelope.h"
#include "fob-secret.h"

G_BEGIN_DECLS

#define FOB_TYPE_STORE (fob_store_get_type ())
G_DECLARE_INTERFACE (FobStore, fob_store, FOB, STORE, GObject)

/**
 * FobStoreContent:
 * @payload: (nullable): the serialised vault, one line of printable ASCII; NULL for a store that is
 * there and empty
 * @generation: counts commits, 0 for an empty store
 *
 * What a load gives.
 */
typedef struct
{
  GBytes *payload;
  guint64 generation;
} FobStoreContent;

void fob_store_content_clear (FobStoreContent *content);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobStoreContent, fob_store_content_clear)

/**
 * FobStoreInterface:
 *
 * Where a vault rests. The functions block and may be called from any thread, one at a time:
 * FobVault calls them from a worker. Errors are FOB_VAULT_ERROR; none of them ever creates,
 * replaces or deletes what could not be read. Signal "changed": another process committed, or the
 * place came back; emitted in the thread-default context of the thread that asked to watch.
 *
 * @watch: (nullable): begins to emit "changed"; more than once is no harm
 * @lock_writers: waits until no other process is between load and commit
 * @load: @passphrase may be NULL; @interactive: whether the person may be asked to unlock
 * @commit: writes @payload as generation @expected + 1 if @expected is what rests there, else
 * FOB_VAULT_ERROR_CONFLICT
 * @forget: wipes keys that were kept for the next load
 * @get_place: (nullable): the name under which FobLastSeen remembers what was there last; a store
 * without it is not remembered
 * @ref_envelope: (nullable): the open envelope that the payload rests in, or NULL if it has none
 * @dup_notice: (nullable): what the person should know about the place although all went well
 * @set_aside: (nullable): renames what is there, whole or not, so that the place is empty; deletes
 * nothing. Under the writers' lock
 * @change_passphrase: (nullable): seals what is there under @passphrase, NULL for none, and leaves
 * nothing behind that opens with the one before. Under the writers' lock
 * @clear: (nullable): deletes the vault, and copies of it that the store made, if it is what was
 * loaded or committed last, else FOB_VAULT_ERROR_CONFLICT. Under the writers' lock
 */
struct _FobStoreInterface
{
  GTypeInterface parent_iface;

  gboolean (*needs_passphrase) (FobStore *self);
  void (*watch) (FobStore *self);
  gboolean (*lock_writers) (FobStore *self, GCancellable *cancellable, GError **error);
  void (*unlock_writers) (FobStore *self);
  gboolean (*load) (FobStore *self,
                    FobSecret *passphrase,
                    gboolean interactive,
                    FobStoreContent *content,
                    GCancellable *cancellable,
                    GError **error);
  gboolean (*commit) (FobStore *self,
                      GBytes *payload,
                      guint64 expected,
                      GCancellable *cancellable,
                      GError **error);
  void (*forget) (FobStore *self);
  const char *(*get_place) (FobStore *self);
  FobEnvelope *(*ref_envelope) (FobStore *self);
  char *(*dup_notice) (FobStore *self);
  gboolean (*set_aside) (FobStore *self, GCancellable *cancellable, GError **error);
  gboolean (*change_passphrase) (FobStore *self,
                                 FobSecret *passphrase,
                                 GCancellable *cancellable,
                                 GError **error);
  gboolean (*clear) (FobStore *self, GCancellable *cancellable, GError **error);
};

/* Whether opening takes a passphrase from the person (rather than the provider's own prompt). */
gboolean fob_store_needs_passphrase (FobStore *self);

/* For whom "changed" is of use: programs that do one thing and end are quicker without. */
void fob_store_watch (FobStore *self);

gboolean fob_store_lock_writers (FobStore *self, GCancellable *cancellable, GError **error);
void fob_store_unlock_writers (FobStore *self);
gboolean fob_store_load (FobStore *self,
                         FobSecret *passphrase,
                         gboolean interactive,
                         FobStoreContent *content,
                         GCancellable *cancellable,
                         GError **error);
gboolean fob_store_commit (FobStore *self,
                           GBytes *payload,
                           guint64 expected,
                           GCancellable *cancellable,
                           GError **error);
void fob_store_forget (FobStore *self);
const char *fob_store_get_place (FobStore *self); /* (nullable) */

/* Returns: (transfer full) (nullable): what backups of a vault with a passphrase of its own are
 * sealed with. */
FobEnvelope *fob_store_ref_envelope (FobStore *self);

/* Returns: (transfer full) (nullable): a translated sentence. */
char *fob_store_dup_notice (FobStore *self);

/**
 * fob_store_set_aside:
 *
 * Makes room where something damaged lies, which is kept under another name. Only for when the
 * person asked for it; under the writers' lock.
 *
 * Returns: FALSE with FOB_VAULT_ERROR; FOB_VAULT_ERROR_DAMAGED from a store that cannot.
 */
gboolean fob_store_set_aside (FobStore *self, GCancellable *cancellable, GError **error);

/**
 * fob_store_change_passphrase:
 * @current: (nullable): has to open what is there, else FOB_VAULT_ERROR_PASSPHRASE; NULL for a
 * store that has no passphrase, or where it was asked for just now
 * @passphrase: (nullable): the new one; NULL for none, where the store can do without
 *
 * For a store that is open. Takes the writers' lock. What is there keeps its content and gets
 * another generation; the new passphrase is tried before the old one ends.
 */
gboolean fob_store_change_passphrase (FobStore *self,
                                      FobSecret *current,
                                      FobSecret *passphrase,
                                      GCancellable *cancellable,
                                      GError **error);

/* Deletes the vault: only for one that was moved and verified in its new place, or that has not
 * arrived whole. FOB_VAULT_ERROR_CONFLICT, and nothing is deleted, when it is not what @self loaded
 * or committed last. Under the writers' lock. */
gboolean fob_store_clear (FobStore *self, GCancellable *cancellable, GError **error);

/* For implementations: emits "changed". */
void fob_store_emit_changed (FobStore *self);

G_END_DECLS
