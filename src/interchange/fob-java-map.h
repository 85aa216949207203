/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobJavaMap:
 *
 * A HashMap<String, String> that Java wrote with its Object Serialization Stream Protocol, and
 * nothing else: no other class is looked at, let alone made.
 */
typedef struct _FobJavaMap FobJavaMap;

/* Returns: whether @bytes start like such a stream. */
gboolean fob_java_map_probe (GBytes *bytes);

/* Returns: (transfer full) (nullable): NULL for anything else, or something cut off. */
FobJavaMap *fob_java_map_parse (GBytes *bytes);
void fob_java_map_free (FobJavaMap *self);

/* In the order of the stream; borrowed. */
guint fob_java_map_get_n_pairs (FobJavaMap *self);
const char *fob_java_map_get_key (FobJavaMap *self, guint position);
const char *fob_java_map_get_value (FobJavaMap *self, guint position);

/* Returns: (transfer none) (nullable) */
const char *fob_java_map_look_up (FobJavaMap *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobJavaMap, fob_java_map_free)

G_END_DECLS
