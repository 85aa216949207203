/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fob_keyring_lock:
 *
 * Locks the collection that the accounts are in, with all that other programs keep there. Blocks.
 * FOB_VAULT_ERROR_NO_SERVICE, _STORAGE.
 */
gboolean fob_keyring_lock (GCancellable *cancellable, GError **error);

G_END_DECLS
