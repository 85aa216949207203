/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-merge.h"

G_BEGIN_DECLS

/* Two states of one account, for FobMerge. */

/* Returns: what differs, FobMergeField. Ids and times of edits are not looked at. */
guint fob_merge_account_compare (FobAccount *a, FobAccount *b);

/* Whether they are the same account for a person: token (whatever the counter), issuer and name. */
gboolean fob_merge_account_is_same (FobAccount *a, FobAccount *b);

/* Returns: (transfer full): @ours with the fields of @winner, which is @ours or @theirs, and the
 * higher counter of both where they count with the same secret. The recovery codes are those of
 * both or, with FOB_MERGE_REPLACE, those of @theirs; used where either side says so. */
FobAccount *fob_merge_account_combine (FobAccount *ours,
                                       FobAccount *theirs,
                                       FobAccount *winner,
                                       FobMergeMode mode);

G_END_DECLS
