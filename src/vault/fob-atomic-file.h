/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fob_atomic_file_read:
 *
 * Returns: (transfer full) (nullable): all of the ordinary file at @path; G_FILE_ERROR otherwise.
 * A link that leads nowhere is G_FILE_ERROR_LOOP and not _NOENT: its disk may just be away. _ISDIR
 * is a folder, _NXIO another thing that is no file, _NOMEM a file of more than @size_max bytes.
 */
GBytes *fob_atomic_file_read (const char *path, gsize size_max, GError **error);

/* Returns: (transfer full): @path with the links in it followed, also when the last parts of it do
 * not exist yet. */
char *fob_atomic_file_resolve (const char *path);

/**
 * fob_atomic_file_replace:
 * @keep_previous: whether what was there is kept beside it as `NAME~`
 * @durable: (out): whether the disk has confirmed that the new file would survive a power cut
 *
 * Puts @content at @path so that at every moment, whatever happens, the file is the old one or the
 * new one, whole: a new file beside it (mode 0600), written, synced, read back, then renamed over
 * it, and the folder synced. A link at @path stays, its target is replaced. G_FILE_ERROR: the old
 * file is still there.
 */
gboolean fob_atomic_file_replace (const char *path,
                                  gboolean keep_previous,
                                  GBytes *content,
                                  gboolean *durable,
                                  GError **error);

G_END_DECLS
