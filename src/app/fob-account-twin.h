/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-vault.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): a sentence that names the first account of @vault with
 * @secret: a reason to say so, not to refuse another one. */
char *fob_account_twin_dup_message (FobVault *vault, FobSecret *secret);

G_END_DECLS
