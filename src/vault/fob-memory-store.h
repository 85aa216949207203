/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"
#include "fob-store.h"

G_BEGIN_DECLS

#define FOB_TYPE_MEMORY_STORE (fob_memory_store_get_type ())
G_DECLARE_FINAL_TYPE (FobMemoryStore, fob_memory_store, FOB, MEMORY_STORE, GObject)

/**
 * fob_memory_store_new:
 * @accounts: (array length=n_accounts) (nullable): what is in it at first
 *
 * A vault that goes with the process, for demonstrations and tests.
 */
FobStore *fob_memory_store_new (FobAccount **accounts, gsize n_accounts);

G_END_DECLS
