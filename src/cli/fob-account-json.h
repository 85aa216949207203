/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <jansson.h>

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * fob_account_json_new:
 * @with_secret: whether the secret and the PIN are in it
 *
 * An account as every command prints it; the schema is in fob(1).
 *
 * Returns: (transfer full)
 */
json_t *fob_account_json_new (FobAccount *account, gboolean with_secret);

/* Prints @value (transfer full) on the standard output. Returns: whether it was written. */
gboolean fob_account_json_print (json_t *value);

G_END_DECLS
