/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fob_atomic_file_read:
 *
 * Returns: (transfer full) (nullable): all of the ordinary file at @path; G_FILE_ERROR otherwise.
 */
GBytes *fob_atomic_file_read (const char *path, gsize size_max, GError **error);

/**
 * fob_atomic_file_replace:
 * @previous_path: (nullable): where what was at @path is kept
 *
 * Puts @content at @path so that at every moment, whatever happens, the file is the old one or the
 * new one, whole: a new file beside it (mode 0600), written, synced, read back, then renamed over
 * it, and the folder synced. A link at @path stays, its target is replaced. G_FILE_ERROR.
 */
gboolean fob_atomic_file_replace (const char *path,
                                  const char *previous_path,
                                  GBytes *content,
                                  GError **error);

G_END_DECLS
