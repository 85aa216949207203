/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobLineReader:
 *
 * Lines of a file descriptor, as they come, in memory that is wiped: they may hold secrets.
 */
typedef struct _FobLineReader FobLineReader;

/**
 * fob_line_reader_new:
 * @fd: stays the caller's
 * @max_length: longer lines are skipped, and counted
 */
FobLineReader *fob_line_reader_new (int fd, gsize max_length);
void fob_line_reader_free (FobLineReader *self);

/**
 * fob_line_reader_next:
 * @line: (out) (transfer none): the next line without its line break, not NUL-terminated, valid
 * until the next call; NULL if the line is too long
 * @length: (out): its length in bytes
 * @error: G_FILE_ERROR if reading failed
 *
 * Returns: whether there was another line; FALSE without an error at the end.
 */
gboolean fob_line_reader_next (FobLineReader *self,
                               const char **line,
                               gsize *length,
                               GError **error);

/* The number of the line that was read last, from 1. */
guint64 fob_line_reader_get_number (FobLineReader *self);

/* Whether the next line is here already, so that nobody has to be waited for. */
gboolean fob_line_reader_is_ready (FobLineReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobLineReader, fob_line_reader_free)

G_END_DECLS
