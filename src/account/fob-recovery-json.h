/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <jansson.h>

#include "fob-recovery-codes.h"

G_BEGIN_DECLS

/* @list: (nullable): an array of objects with `code` and `used`. Returns: (transfer full)
 * (nullable): NULL also when any of it is something else, so that it is kept as it is. */
FobRecoveryCodes *fob_recovery_json_read (json_t *list);

/* Returns: (transfer full): the array. */
json_t *fob_recovery_json_write (FobRecoveryCodes *codes);

G_END_DECLS
