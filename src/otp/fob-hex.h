/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_hex_encode:
 * @text: (out caller-allocates): receives @size * 2 lower-case digits and a NUL
 */
void fob_hex_encode (const guint8 *data, gsize size, char *text);

/**
 * fob_hex_decode:
 * @text: pairs of hexadecimal digits in any case
 * @data: (out caller-allocates): receives @length / 2 bytes
 *
 * Returns: whether @text is that.
 */
gboolean fob_hex_decode (const char *text, gsize length, guint8 *data);

G_END_DECLS
