/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"
#include "fob-payload.h"

G_BEGIN_DECLS

/* Longest query that is looked at, in bytes. */
#define FOB_QUERY_SIZE_MAX 4096

/**
 * fob_query_list:
 * @query: (nullable): an id, an issuer, an account name, `issuer:name`, or words of any of them, of
 * a note or a tag, whatever their case and accents; NULL or "" for all
 *
 * Returns: (transfer full): the accounts that fit best, of FobAccount: the one with that id, or
 * else those with just that name, or else those in which all of the words are.
 */
GPtrArray *fob_query_list (FobPayload *payload, const char *query);

/* The same among the accounts in the trash. */
GPtrArray *fob_query_list_trash (FobPayload *payload, const char *query);

/**
 * fob_query_pick:
 * @matches: what one of the two above gave
 * @status: (out): what to exit with when it is not one
 *
 * Says on the standard error what to do when there is none, or lists them when there are several.
 *
 * Returns: (transfer none) (nullable): the only one.
 */
FobAccount *fob_query_pick (GPtrArray *matches, int *status);

/* Returns: (transfer full): "issuer:name", or the one that there is. */
char *fob_query_dup_title (FobAccount *account);

G_END_DECLS
