/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobSearch:
 *
 * What somebody typed to find an account, prepared for many comparisons: every word must appear in
 * issuer, account name, note or a tag, whatever the case and the accents.
 */
typedef struct _FobSearch FobSearch;

/* Returns: (transfer full): @text in lower case without accents, for comparing. */
char *fob_search_fold (const char *text);

FobSearch *fob_search_new (const char *text);
void fob_search_free (FobSearch *self);

/* Nothing to look for: everything matches. */
gboolean fob_search_is_empty (FobSearch *self);
gboolean fob_search_matches (FobSearch *self, FobAccount *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobSearch, fob_search_free)

G_END_DECLS
