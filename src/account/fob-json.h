/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/**
 * fob_json_init:
 *
 * Makes jansson wipe all memory that it frees: documents here hold secrets. Call before any other
 * function of jansson's, as often as needed, from any thread.
 */
void fob_json_init (void);

/* Returns: (transfer full): compact, ASCII-only text on one line, without a terminating NUL, wiped
 * when freed. */
GBytes *fob_json_dump (json_t *value);

G_END_DECLS
