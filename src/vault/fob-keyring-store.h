/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-store.h"

G_BEGIN_DECLS

#define FOB_TYPE_KEYRING_STORE (fob_keyring_store_get_type ())
G_DECLARE_FINAL_TYPE (FobKeyringStore, fob_keyring_store, FOB, KEYRING_STORE, GObject)

/**
 * fob_keyring_store_new:
 *
 * The vault in the default collection of the Secret Service: two items, slot a and slot b. A commit
 * writes the older one, a load takes the newest that is whole, so that a torn write costs one
 * generation and never the vault.
 */
FobStore *fob_keyring_store_new (void);

G_END_DECLS
