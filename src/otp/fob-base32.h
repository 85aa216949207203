/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_base32_decoded_size:
 * @text: base32 (RFC 4648 section 6) as people have it: any case; spaces, no-break spaces, line
 * breaks,
 *   `-` and `_` anywhere; padding of any length, or none, at the end
 * @length: its length in bytes
 * @size: (out): how many bytes it stands for; 0 if there are fewer than two characters
 *
 * Returns: whether @text is base32 at all.
 */
gboolean fob_base32_decoded_size (const char *text, gsize length, gsize *size);

/**
 * fob_base32_decode:
 * @text: text that fob_base32_decoded_size () has accepted
 * @data: (out caller-allocates): receives the bytes that it announced; left-over bits are dropped
 */
void fob_base32_decode (const char *text, gsize length, guint8 *data);

/**
 * fob_base32_encode:
 *
 * Returns: (transfer full): upper case without padding. May hold a secret: free it with
 *   fob_wipe_free_string ().
 */
char *fob_base32_encode (const guint8 *data, gsize size);

G_END_DECLS
