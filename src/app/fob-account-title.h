/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the name that a message calls an account by: that of the service, or of
 * the account. */
char *fob_account_dup_title (FobAccount *account);

G_END_DECLS
