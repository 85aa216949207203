/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobAndroidMap:
 *
 * The texts in a file of Android's preferences: XML with a map from names to values, of which only
 * those of type string are looked at. Wiped when freed.
 */
typedef struct _FobAndroidMap FobAndroidMap;

/* @text: (nullable). Returns: (transfer full) (nullable): NULL for anything else. */
FobAndroidMap *fob_android_map_parse (const char *text);
void fob_android_map_free (FobAndroidMap *self);

/* In the order of the file; borrowed. */
guint fob_android_map_get_n_pairs (FobAndroidMap *self);
const char *fob_android_map_get_key (FobAndroidMap *self, guint position);
const char *fob_android_map_get_value (FobAndroidMap *self, guint position);

/* Returns: (transfer none) (nullable) */
const char *fob_android_map_look_up (FobAndroidMap *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobAndroidMap, fob_android_map_free)

G_END_DECLS
