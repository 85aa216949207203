/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-envelope.h"

G_BEGIN_DECLS

/* The key of the backups in the keyring, one item for each vault: the master key with the slot that
 * the backup passphrase opens, so that a backup needs no passphrase and its file opens with it.
 * Where it is lost, a new passphrase is set; the copies open with theirs all the same. All of these
 * block; errors are FOB_VAULT_ERROR. */

/**
 * fob_backup_key_load:
 * @interactive: whether the provider may ask the person to unlock
 * @envelope: (out) (transfer full) (nullable): NULL when none is set for this vault
 */
gboolean fob_backup_key_load (const char *vault_id,
                              gboolean interactive,
                              FobEnvelope **envelope,
                              GCancellable *cancellable,
                              GError **error);

/* Puts the key into the keyring in the place of an older one, and reads it back. */
gboolean fob_backup_key_store (const char *vault_id,
                               FobEnvelope *envelope,
                               GCancellable *cancellable,
                               GError **error);

/* For a vault that got a passphrase of its own: a key beside it would open its backups without. */
gboolean fob_backup_key_delete (const char *vault_id, GCancellable *cancellable, GError **error);

G_END_DECLS
