/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <jansson.h>

#include "fob-import.h"

G_BEGIN_DECLS

/* Under this issuer, as the label has it, FreeOTP+ makes Steam's letters out of a TOTP. */
#define FOB_FREEOTP_STEAM_ISSUER "Steam"

/**
 * FobFreeotpGeneration:
 * @FOB_FREEOTP_1: FreeOTP 1 and FreeOTP+, which store the counter that was used last, and the
 *   latter of which makes Steam's codes for an issuer of that name
 * @FOB_FREEOTP_2: FreeOTP 2, which stores the next counter
 */
typedef enum
{
  FOB_FREEOTP_1,
  FOB_FREEOTP_2,
} FobFreeotpGeneration;

/**
 * fob_freeotp_token_read:
 * @token: a token as FreeOTP and its descendants describe it
 * @secret: (nullable): its key, where that is not in @token
 *
 * Adds the account to @import, or skips it.
 */
void fob_freeotp_token_read (json_t *token,
                             FobSecret *secret,
                             FobFreeotpGeneration generation,
                             FobImport *import);

G_END_DECLS
