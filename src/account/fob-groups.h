/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <jansson.h>

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobGroups:
 *
 * The groups of an Aegis vault, which are Keyfob's tags: accounts name them by a UUID, people by
 * their name. Those that were read keep their UUIDs; others get one when an account first uses
 * them.
 */
typedef struct _FobGroups FobGroups;

/* @groups: (nullable): the `groups` of a vault (version 3). What is none of them is passed over. */
FobGroups *fob_groups_new (json_t *groups);
void fob_groups_free (FobGroups *self);

/**
 * fob_groups_get_name:
 *
 * Returns: (transfer none) (nullable): the name of the group with this UUID.
 */
const char *fob_groups_get_name (FobGroups *self, const char *uuid);

/**
 * fob_groups_use:
 *
 * Returns: (transfer none): the UUID of the group of this name, which is written from now on.
 */
const char *fob_groups_use (FobGroups *self, const char *name);

/* Returns: (transfer full): the `groups` array: those that were used, in the order in which they
 * were read or first used; with @all, those that were read too. */
json_t *fob_groups_format (FobGroups *self, gboolean all);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobGroups, fob_groups_free)

G_END_DECLS
