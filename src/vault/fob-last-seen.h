/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobLastSeen:
 * @vault_id: (nullable): NULL if nothing is remembered
 * @generation: of the last commit that was seen
 * @n_accounts: how many accounts it had
 * @time: when that was first seen, in Unix seconds; 0 if that is not known
 *
 * What was last seen in a place where a vault rests, so that a place which has lost something is
 * not taken for a new one. No secret and no name; in $XDG_STATE_HOME/keyfob/state.
 */
typedef struct
{
  char *vault_id;
  guint64 generation;
  guint n_accounts;
  gint64 time;
} FobLastSeen;

void fob_last_seen_clear (FobLastSeen *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobLastSeen, fob_last_seen_clear)

/* Blocks. A file that cannot be read remembers nothing. */
void fob_last_seen_read (const char *place, FobLastSeen *self);

/* Blocks. Failing only means that less is noticed next time. @self: without a vault id, the place
 * is forgotten. */
void fob_last_seen_write (const char *place, const FobLastSeen *self);

/**
 * fob_last_seen_check:
 * @vault_id: (nullable): of what is there now; NULL for nothing
 * @generation: of what is there now
 *
 * Returns: whether that is what was seen or what came after it, else FOB_VAULT_ERROR_OLDER.
 */
gboolean fob_last_seen_check (const FobLastSeen *self,
                              const char *vault_id,
                              guint64 generation,
                              GError **error);

G_END_DECLS
