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

/* A part of a text, in bytes; @end is after the last one. */
typedef struct
{
  guint start;
  guint end;
} FobSearchRange;

/* The rank of an account that does not match. */
#define FOB_SEARCH_NO_MATCH G_MAXUINT

/* Returns: (transfer full): @text in lower case without accents, for comparing. */
char *fob_search_fold (const char *text);

FobSearch *fob_search_new (const char *text);
void fob_search_free (FobSearch *self);

/* Nothing to look for: everything matches. */
gboolean fob_search_is_empty (FobSearch *self);
gboolean fob_search_matches (FobSearch *self, FobAccount *account);

/**
 * fob_search_rank:
 *
 * How well @account fits: best is an issuer that starts with what was typed, then come starts of
 * words in issuer and name, then their insides, tags, and the note.
 *
 * Returns: the smaller the better, or FOB_SEARCH_NO_MATCH.
 */
guint fob_search_rank (FobSearch *self, FobAccount *account);

/**
 * fob_search_find:
 * @text: a text that is shown
 *
 * Finds what to highlight. A letter counts as a whole, its accents included.
 *
 * Returns: (transfer full): of FobSearchRange, in order, none touching another.
 */
GArray *fob_search_find (FobSearch *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobSearch, fob_search_free)

G_END_DECLS
