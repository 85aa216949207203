/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-import.h"

G_BEGIN_DECLS

/**
 * fob_uri_lines_next:
 * @cursor: (inout): where to look on, NUL-terminated; start with the whole text
 * @length: (out): of the line, in bytes
 *
 * Returns: (nullable): the next line that is not blank and does not start with `#`; not
 *   NUL-terminated; NULL at the end.
 */
const char *fob_uri_lines_next (const char **cursor, gsize *length);

/* Adds the account of the URI in a line to @import, or skips it. */
void fob_uri_lines_take (const char *line, gsize length, FobImport *import);

G_END_DECLS
