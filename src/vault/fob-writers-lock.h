/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FOB_TYPE_WRITERS_LOCK (fob_writers_lock_get_type ())
G_DECLARE_FINAL_TYPE (FobWritersLock, fob_writers_lock, FOB, WRITERS_LOCK, GObject)

/**
 * FobWritersLock:
 *
 * Lets one process at a time change a store, and tells the others when it did: a lock file and a
 * file with the generation, side by side in $XDG_RUNTIME_DIR/keyfob. Signal "changed" when another
 * process published; in the thread-default context of the thread that asked to watch.
 */

/* @name: of the store, fit for a file name */
FobWritersLock *fob_writers_lock_new (const char *name);

/* From now on "changed" is emitted. */
void fob_writers_lock_watch (FobWritersLock *self);

/* Blocks until it is the caller's turn or cancelled, for a worker thread. FOB_VAULT_ERROR_STORAGE,
 * G_IO_ERROR_CANCELLED. A file system without locks is no reason to refuse. */
gboolean fob_writers_lock_acquire (FobWritersLock *self, GCancellable *cancellable, GError **error);
void fob_writers_lock_release (FobWritersLock *self);

/* While the lock is held. Failing to tell others is no failure of the commit. */
void fob_writers_lock_publish (FobWritersLock *self, guint64 generation);

G_END_DECLS
