/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-interchange-error.h"
#include "fob-secret.h"

G_BEGIN_DECLS

/* Returns: whether @bytes could be a database that SQLCipher 3 encrypted: there is no mark. */
gboolean fob_sqlcipher_probe (GBytes *bytes);

/**
 * fob_sqlcipher_decrypt:
 *
 * Returns: (transfer full) (nullable): the database, wiped when freed.
 */
GBytes *fob_sqlcipher_decrypt (GBytes *bytes, FobSecret *passphrase, GError **error);

G_END_DECLS
