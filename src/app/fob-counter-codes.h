/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-otp.h"

G_BEGIN_DECLS

#define FOB_TYPE_COUNTER_CODES (fob_counter_codes_get_type ())
G_DECLARE_FINAL_TYPE (FobCounterCodes, fob_counter_codes, FOB, COUNTER_CODES, GObject)

/**
 * FobCounterCodes:
 *
 * Which counters of HOTP accounts were taken in this session, so that a row can go on showing its
 * code after the stored counter has moved on. Signal "changed" (account id).
 */
FobCounterCodes *fob_counter_codes_new (void);

/* Returns: (transfer none) (nullable): the token whose counter was taken last. */
FobOtp *fob_counter_codes_lookup (FobCounterCodes *self, const char *account_id);

void fob_counter_codes_set (FobCounterCodes *self, const char *account_id, FobOtp *otp);
void fob_counter_codes_clear (FobCounterCodes *self);

G_END_DECLS
