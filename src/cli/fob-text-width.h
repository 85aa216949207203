/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many columns of a terminal a text takes: East Asian letters and emoji two, marks that combine
 * with the letter before none. */

/* @text: UTF-8 without control characters: what fob_display_text () gives */
gsize fob_text_width (const char *text);

/**
 * fob_text_cut:
 * @columns: at most so many
 * @ellipsis: (nullable): ends what was cut; takes one column
 *
 * Returns: (transfer full): @text, or as much of it as fits. Never part of a letter with its marks.
 */
char *fob_text_cut (const char *text, gsize columns, const char *ellipsis);

G_END_DECLS
