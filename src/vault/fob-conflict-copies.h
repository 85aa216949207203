/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-envelope.h"
#include "fob-payload.h"

G_BEGIN_DECLS

#define FOB_TYPE_CONFLICT_COPIES (fob_conflict_copies_get_type ())
G_DECLARE_FINAL_TYPE (FobConflictCopies, fob_conflict_copies, FOB, CONFLICT_COPIES, GObject)

/**
 * FobConflictCopies:
 *
 * The copies that Syncthing, Nextcloud and their kin leave beside a vault file that was changed on
 * two computers at once. Looks when it is made, and whenever something happens in the folder.
 *
 * Properties: "n-copies" (uint, read-only, notifies).
 */
FobConflictCopies *fob_conflict_copies_new (const char *vault_path);

guint fob_conflict_copies_get_n_copies (FobConflictCopies *self);
const char *fob_conflict_copies_get_path (FobConflictCopies *self, guint position); /* borrowed */

/* Looks anew. For whoever cannot wait for the folder to be watched. */
void fob_conflict_copies_refresh (FobConflictCopies *self);

/**
 * fob_conflict_copies_is_copy:
 * @vault_name: the name of the vault's file
 *
 * Returns: whether @name is what one of those programs makes of @vault_name:
 * `vault.sync-conflict-20261123-092032-ABCDEFG.json` (Syncthing), `vault (conflicted copy
 * 2026-11-23 092032).json` (Nextcloud, also with the name of a person or computer in it).
 */
gboolean fob_conflict_copies_is_copy (const char *vault_name, const char *name);

/**
 * fob_conflict_copies_open:
 * @envelope: of the vault
 *
 * Returns: (transfer full) (nullable): what is in the copy. Blocks. FOB_VAULT_ERROR_PASSPHRASE when
 * it was sealed with another key, _DAMAGED, _ABSENT.
 */
FobPayload *fob_conflict_copies_open (const char *path, FobEnvelope *envelope, GError **error);

/**
 * fob_conflict_copies_set_aside:
 *
 * Gives a copy that was merged a name under which it is no longer found: `NAME.merged`, or a
 * numbered one where that is taken. Nothing is ever deleted or replaced. Blocks, shortly;
 * FOB_VAULT_ERROR_STORAGE.
 */
gboolean fob_conflict_copies_set_aside (const char *path, GError **error);

G_END_DECLS
