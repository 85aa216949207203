/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An encrypted backup in pieces that fit into QR codes. Each is one line:
 * `keyfob-backup:SUM:NUMBER:COUNT:TEXT`; the texts in the order of their numbers, counted from 1,
 * are the file. SUM is the start of its SHA-256, in hexadecimal. */
#define FOB_PAPER_PARTS_PREFIX "keyfob-backup:"

/**
 * fob_paper_parts_split:
 * @file: of printable ASCII and line breaks at its end, which are left out
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the pieces; FOB_INTERCHANGE_ERROR for
 * another content, or too much of it for paper.
 */
GPtrArray *fob_paper_parts_split (GBytes *file, GError **error);

/**
 * fob_paper_parts_join:
 * @text: (nullable): pieces in any order, one a line; some may be there twice, other lines do not
 * count
 *
 * Returns: (transfer full) (nullable): the file; FOB_INTERCHANGE_ERROR_INCOMPLETE when pieces
 * are missing, which the message counts, FOB_INTERCHANGE_ERROR_FORMAT when they belong to several
 * backups.
 */
GBytes *fob_paper_parts_join (const char *text, GError **error);

/* How many pieces there are in @text (nullable), and how many there should be; both 0 if there is
 * none. */
void fob_paper_parts_count (const char *text, guint *n_met, guint *n_all);

G_END_DECLS
