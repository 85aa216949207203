/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <jansson.h>

#include "fob-import.h"

G_BEGIN_DECLS

/**
 * fob_freeotp_token_read:
 * @token: a token as FreeOTP and its descendants describe it
 * @secret: (nullable): its key, where that is not in @token
 * @counter_step: how much the stored counter is behind the next one: 1 for what FreeOTP 1 and
 *   FreeOTP+ store, 0 for FreeOTP 2
 *
 * Adds the account to @import, or skips it.
 */
void fob_freeotp_token_read (json_t *token,
                             FobSecret *secret,
                             guint counter_step,
                             FobImport *import);

G_END_DECLS
