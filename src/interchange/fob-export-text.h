/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_export_join_lines:
 * @lines: of char *, each wiped when the array is freed
 * @end: what stands after each of them
 *
 * Returns: (transfer full): the whole text, wiped when freed. Nothing of it stays behind in memory,
 * as it would in a text that grows.
 */
GBytes *fob_export_join_lines (GPtrArray *lines, const char *end);

/* Returns: (transfer full): an array of lines, for fob_export_join_lines (). */
GPtrArray *fob_export_new_lines (void);

G_END_DECLS
