/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-store.h"

G_BEGIN_DECLS

#define FOB_TYPE_FILE_STORE (fob_file_store_get_type ())
G_DECLARE_FINAL_TYPE (FobFileStore, fob_file_store, FOB, FILE_STORE, GObject)

/**
 * fob_file_store_new:
 * @path: of the file, which need not exist yet
 *
 * The vault as an Aegis-format encrypted file, replaced as a whole by every commit; the generation
 * before stays beside it as `NAME~`. A load with a passphrase opens it, or makes it ready where
 * there is none; the key is then kept until forget.
 */
FobStore *fob_file_store_new (const char *path);

const char *fob_file_store_get_path (FobFileStore *self); /* borrowed */

/* Returns: (transfer full): fob_store_get_place () of a store for @path, without making one. */
char *fob_file_store_dup_place (const char *path);

/* Returns: (transfer full): $XDG_DATA_HOME/keyfob/vault.json. */
char *fob_file_store_dup_default_path (void);

G_END_DECLS
