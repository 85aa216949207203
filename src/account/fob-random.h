/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_random_bytes:
 *
 * Fills @data with @size random bytes fit for keys and nonces. The one place that draws any. There
 * is no useful way to go on without, so a failure of the generator ends the program.
 */
void fob_random_bytes (gpointer data, gsize size);

/* Returns: (transfer full): a random UUID (RFC 4122, version 4). */
char *fob_random_uuid (void);

G_END_DECLS
