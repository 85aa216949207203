/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text of a URI taken apart and put together. GUri is of no use for what is met in the wild:
 * a raw `#` loses the query, a bare `%` fails, a key without a value fails, an encoded `&`
 * splits. */

/**
 * FobUriSpan:
 *
 * A part of a text that someone else keeps, still percent-encoded.
 */
typedef struct
{
  const char *start;
  gsize length;
} FobUriSpan;

/* White space at both ends is left out, and a byte order mark at the start. */
FobUriSpan fob_uri_span_trim (FobUriSpan span);

/* Without regard to ASCII case. */
gboolean fob_uri_span_equals (FobUriSpan span, const char *text);
gboolean fob_uri_span_has_prefix (FobUriSpan span, const char *prefix);

/* Where @character, or @needle (in lower case; case is ignored), starts; the length of @span if it
 * is not there. */
gsize fob_uri_span_find (FobUriSpan span, char character);
gsize fob_uri_span_find_text (FobUriSpan span, const char *needle);

/* The first @length bytes, and what comes after the first @offset bytes. */
FobUriSpan fob_uri_span_first (FobUriSpan span, gsize length);
FobUriSpan fob_uri_span_after (FobUriSpan span, gsize offset);

/**
 * fob_uri_span_get_value:
 * @span: the query, without its question mark
 * @key: case is ignored
 * @value: (out): the first value of that key that is not empty, still encoded
 */
gboolean fob_uri_span_get_value (FobUriSpan span, const char *key, FobUriSpan *value);

/* Whether @key is in the query at all, with a value or without. */
gboolean fob_uri_span_has_key (FobUriSpan span, const char *key);

/**
 * fob_uri_span_decode:
 * @plus_is_space: as in a query; in a path a plus is a plus
 * @length: (out) (optional): the length in bytes; the text may hold NUL and need not be UTF-8
 *
 * A `%` without two hexadecimal digits stays as it is.
 *
 * Returns: (transfer full): NUL-terminated. May hold a secret: wipe it (all of @length) after
 * use.
 */
char *fob_uri_span_decode (FobUriSpan span, gboolean plus_is_space, gsize *length);

/**
 * fob_uri_append_escaped:
 *
 * Appends @size bytes to @uri, everything but unreserved characters (RFC 3986 section 2.3)
 * percent-encoded.
 */
void fob_uri_append_escaped (GString *uri, gconstpointer data, gsize size);

G_END_DECLS
