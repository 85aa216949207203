/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobCodeWriter:
 *
 * Codes on their way to a file descriptor, one a line, many at a time, in memory that is wiped.
 */
typedef struct
{
  int fd;
  gsize used;
  char buffer[16384];
} FobCodeWriter;

void fob_code_writer_init (FobCodeWriter *self, int fd);

/**
 * fob_code_writer_add:
 * @code: wiped by the caller
 * @error: G_FILE_ERROR
 */
gboolean fob_code_writer_add (FobCodeWriter *self, const char *code, GError **error);

/* Writes out what has been added so far, and wipes it. */
gboolean fob_code_writer_flush (FobCodeWriter *self, GError **error);

G_END_DECLS
