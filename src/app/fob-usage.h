/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOB_TYPE_USAGE (fob_usage_get_type ())
G_DECLARE_FINAL_TYPE (FobUsage, fob_usage, FOB, USAGE, GObject)

/**
 * FobUsage:
 *
 * How often and when the codes of accounts were copied on this computer, for the order of the list.
 * It is no part of the vault: a copy of a code must not write a new generation of it, and what one
 * computer is used for is no other's business. The file holds ids of accounts, counts and times,
 * no names. Signals "noted" when a code was copied, "loaded" when the file was read or forgotten.
 */

/**
 * fob_usage_new:
 * @path: (nullable): of the file, read in the background; NULL to remember as long as the program
 *   runs. A file that cannot be read is an empty one.
 */
FobUsage *fob_usage_new (const char *path);

/* Returns: (transfer full): where this person's usage is kept. */
char *fob_usage_dup_default_path (void);

guint fob_usage_get_count (FobUsage *self, const char *account_id);

/* Returns: in seconds since 1970; 0 for never. */
gint64 fob_usage_get_last_time (FobUsage *self, const char *account_id);

/* Returns: (transfer full) (element-type utf8 gint64): how often the code of each account was
 * copied, or when it last was, by its id. */
GHashTable *fob_usage_dup_values (FobUsage *self, gboolean last_times);

/* Notes that a code was copied at @time, in seconds since 1970. Written soon, in the background. */
void fob_usage_note (FobUsage *self, const char *account_id, gint64 time);

/* Forgets all of it, and deletes the file. */
void fob_usage_clear (FobUsage *self);

/* Writes what is not written yet; blocks for it. For the end of the program. */
void fob_usage_flush (FobUsage *self);

G_END_DECLS
