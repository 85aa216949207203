/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <jansson.h>

#include "fob-account.h"
#include "fob-account-error.h"
#include "fob-groups.h"

G_BEGIN_DECLS

/**
 * fob_entry_parse:
 * @entry: an entry of an Aegis vault content (version 1 to 3), or of the `keyfob` member for kinds
 * that Aegis has no word for
 *
 * @groups: those of the vault, which name the account's tags
 *
 * Members that Keyfob has no word for go along with the account and are written again. An entry
 * without a usable id gets a new one.
 *
 * Returns: (transfer full) (nullable): FOB_ACCOUNT_ERROR_ENTRY or FOB_OTP_ERROR.
 */
FobAccount *fob_entry_parse (json_t *entry, FobGroups *groups, GError **error);

/* Returns: (transfer full): the entry, with every member that readers of the format ask for.
 * @groups: those of its tags are used from now on. */
json_t *fob_entry_format (FobAccount *account, FobGroups *groups);

/* Whether Aegis has a word for accounts like this. */
gboolean fob_entry_is_aegis (FobAccount *account);

G_END_DECLS
