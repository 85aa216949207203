/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-uri-text.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

FobUriSpan
fob_uri_span_trim (FobUriSpan span)
{
  if (fob_uri_span_has_prefix (span, BYTE_ORDER_MARK))
    span = fob_uri_span_after (span, strlen (BYTE_ORDER_MARK));

  while (span.length > 0 && g_ascii_isspace (span.start[0]))
    span = fob_uri_span_after (span, 1);
  while (span.length > 0 && g_ascii_isspace (span.start[span.length - 1]))
    span.length--;

  return span;
}

gboolean
fob_uri_span_equals (FobUriSpan span, const char *text)
{
  return span.length == strlen (text) && fob_uri_span_has_prefix (span, text);
}

gboolean
fob_uri_span_has_prefix (FobUriSpan span, const char *prefix)
{
  gsize length = strlen (prefix);

  return span.length >= length && g_ascii_strncasecmp (span.start, prefix, length) == 0;
}

gsize
fob_uri_span_find (FobUriSpan span, char character)
{
  const char *found = span.length > 0 ? memchr (span.start, character, span.length) : NULL;

  return found != NULL ? (gsize) (found - span.start) : span.length;
}

gsize
fob_uri_span_find_text (FobUriSpan span, const char *needle)
{
  for (gsize i = 0; i < span.length; i++)
    {
      if (g_ascii_tolower (span.start[i]) == needle[0] &&
          fob_uri_span_has_prefix (fob_uri_span_after (span, i), needle))
        return i;
    }

  return span.length;
}

FobUriSpan
fob_uri_span_first (FobUriSpan span, gsize length)
{
  span.length = MIN (span.length, length);

  return span;
}

FobUriSpan
fob_uri_span_after (FobUriSpan span, gsize offset)
{
  offset = MIN (span.length, offset);
  span.start += offset;
  span.length -= offset;

  return span;
}

/* Looks for a pair whose key is @key and whose value has at least @min_length bytes. */
static gboolean
find_pair (FobUriSpan query, const char *key, gsize min_length, FobUriSpan *value)
{
  while (query.length > 0)
    {
      FobUriSpan pair = fob_uri_span_first (query, fob_uri_span_find (query, '&'));
      FobUriSpan name = fob_uri_span_first (pair, fob_uri_span_find (pair, '='));

      *value = fob_uri_span_after (pair, name.length + 1);
      if (value->length >= min_length && fob_uri_span_equals (name, key))
        return TRUE;

      query = fob_uri_span_after (query, pair.length + 1);
    }

  return FALSE;
}

gboolean
fob_uri_span_get_value (FobUriSpan span, const char *key, FobUriSpan *value)
{
  return find_pair (span, key, 1, value);
}

gboolean
fob_uri_span_has_key (FobUriSpan span, const char *key)
{
  FobUriSpan value;

  return find_pair (span, key, 0, &value);
}

char *
fob_uri_span_decode (FobUriSpan span, gboolean plus_is_space, gsize *length)
{
  char *text = g_malloc (span.length + 1);
  gsize used = 0;

  for (gsize i = 0; i < span.length; i++)
    {
      char byte = span.start[i];

      if (byte == '%' && span.length - i > 2 && g_ascii_isxdigit (span.start[i + 1]) &&
          g_ascii_isxdigit (span.start[i + 2]))
        {
          byte = (char) (g_ascii_xdigit_value (span.start[i + 1]) << 4 |
                         g_ascii_xdigit_value (span.start[i + 2]));
          i += 2;
        }
      else if (byte == '+' && plus_is_space)
        {
          byte = ' ';
        }

      text[used++] = byte;
    }

  text[used] = '\0';
  if (length != NULL)
    *length = used;

  return text;
}

void
fob_uri_append_escaped (GString *uri, gconstpointer data, gsize size)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < size; i++)
    {
      if (g_ascii_isalnum (bytes[i]) || (bytes[i] != '\0' && strchr ("-._~", bytes[i]) != NULL))
        g_string_append_c (uri, (char) bytes[i]);
      else
        g_string_append_printf (uri, "%%%02X", bytes[i]);
    }
}
