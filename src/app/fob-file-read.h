/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fob_file_read:
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full) (nullable): the content of @file; G_IO_ERROR_INVALID_DATA, with a
 * sentence for a person, if it is larger than @size_max, and the errors of GIO.
 */
GBytes *fob_file_read (GFile *file, gsize size_max, GCancellable *cancellable, GError **error);

G_END_DECLS
