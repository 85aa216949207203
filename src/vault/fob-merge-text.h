/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-merge.h"

G_BEGIN_DECLS

/* What a merge does, in words.
 *
 * FobMergeTense: whether a plan is described, or the difference between a copy of then and now. */
typedef enum
{
  FOB_MERGE_TENSE_PLAN,
  FOB_MERGE_TENSE_HISTORY,
} FobMergeTense;

/* Returns: (transfer none): a sentence about one account. */
const char *fob_merge_text_describe (const FobMergeItem *item, FobMergeTense tense);

/* Returns: (transfer full): sentences about all of it, one a line. */
char *fob_merge_text_summarise (FobMerge *merge, FobMergeTense tense);

/* Returns: (transfer full): what people know an account by, safe to show. */
char *fob_merge_text_dup_title (FobAccount *account);

G_END_DECLS
