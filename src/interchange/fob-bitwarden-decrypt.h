/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <jansson.h>

#include "fob-interchange-error.h"
#include "fob-secret.h"

G_BEGIN_DECLS

/**
 * fob_bitwarden_decrypt:
 * @root: an export of Bitwarden that is protected by a passphrase
 *
 * Returns: (transfer full) (nullable): the export that is in it, as text, wiped when freed.
 */
GBytes *fob_bitwarden_decrypt (json_t *root, FobSecret *passphrase, GError **error);

G_END_DECLS
