/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-envelope.h"

G_BEGIN_DECLS

/* A vault in the keyring that has a passphrase of its own: what the slot holds as its payload is
 * the word "sealed" and an envelope. Errors are FOB_VAULT_ERROR. */

/**
 * fob_keyring_seal_peel:
 * @stored: (nullable): the payload as the slot holds it
 *
 * Returns: (transfer full) (nullable): the envelope; NULL for a vault without a passphrase.
 */
GBytes *fob_keyring_seal_peel (GBytes *stored);

/**
 * fob_keyring_seal_format:
 * @envelope: (nullable): NULL for a vault without a passphrase
 *
 * Returns: (transfer full) (nullable): the payload as the slot holds it.
 */
GBytes *fob_keyring_seal_format (FobEnvelope *envelope,
                                 GBytes *payload,
                                 guint64 generation,
                                 GError **error);

/* Blocks for a second. Returns: (transfer full) (nullable): a new envelope, after @payload sealed
 * in it was opened with @passphrase. */
FobEnvelope *fob_keyring_seal_create (FobSecret *passphrase, GBytes *payload, GError **error);

G_END_DECLS
