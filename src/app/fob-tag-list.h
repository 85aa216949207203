/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-edit.h"

G_BEGIN_DECLS

/* @accounts: of FobAccount. Returns: (transfer full) (element-type utf8): their tags, each once, in
 * the order of the alphabet. */
GPtrArray *fob_tag_list_new (GListModel *accounts);

/* Returns: how many of @accounts have @tag. */
guint fob_tag_list_count (GListModel *accounts, const char *tag);

/**
 * fob_tag_list_replace:
 * @new_tag: (nullable): what all accounts with @tag get instead; NULL for nothing. One that they
 *   have already they do not have twice
 *
 * Returns: (transfer full) (nullable): the change; NULL if no account has @tag.
 */
FobEdit *fob_tag_list_replace (GListModel *accounts, const char *tag, const char *new_tag);

G_END_DECLS
