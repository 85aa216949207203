/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-base32.h"

#include <string.h>

#define BITS_PER_SYMBOL 5

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* The length of the separator at the start of @text, 0 if there is none. */
static gsize
separator_length (const char *text, gsize length)
{
  if (length >= 2 && text[0] == '\xc2' && text[1] == '\xa0') /* no-break space in UTF-8 */
    return 2;

  return text[0] != '\0' && strchr (" \t\r\n\f\v-_", text[0]) != NULL ? 1 : 0;
}

static int
symbol_value (char symbol)
{
  if (symbol >= 'A' && symbol <= 'Z')
    return symbol - 'A';
  if (symbol >= 'a' && symbol <= 'z')
    return symbol - 'a';
  if (symbol >= '2' && symbol <= '7')
    return symbol - '2' + 26;

  return -1;
}

gboolean
fob_base32_decoded_size (const char *text, gsize length, gsize *size)
{
  gsize symbols = 0;
  gboolean padded = FALSE;
  gsize i = 0;

  while (i < length)
    {
      gsize skip = separator_length (text + i, length - i);

      if (skip > 0)
        {
          i += skip;
          continue;
        }

      if (text[i] == '=')
        padded = TRUE;
      else if (padded || symbol_value (text[i]) < 0)
        return FALSE;
      else
        symbols++;

      i++;
    }

  /* Padding alone stands for nothing. */
  if (padded && symbols == 0)
    return FALSE;

  *size = symbols / 8 * BITS_PER_SYMBOL + symbols % 8 * BITS_PER_SYMBOL / 8;
  return TRUE;
}

void
fob_base32_decode (const char *text, gsize length, guint8 *data)
{
  guint32 buffer = 0;
  guint bits = 0;

  for (gsize i = 0; i < length && text[i] != '='; i++)
    {
      int value = symbol_value (text[i]);

      /* Not a symbol, so a separator: the text has been checked. */
      if (value < 0)
        continue;

      buffer = (buffer << BITS_PER_SYMBOL | (guint32) value) & 0xfff;
      bits += BITS_PER_SYMBOL;
      if (bits >= 8)
        {
          bits -= 8;
          *data++ = (guint8) (buffer >> bits);
        }
    }
}

char *
fob_base32_encode (const guint8 *data, gsize size)
{
  char *text = g_malloc (size / 5 * 8 + size % 5 * 8 / BITS_PER_SYMBOL + 2);
  char *end = text;
  guint32 buffer = 0;
  guint bits = 0;

  for (gsize i = 0; i < size; i++)
    {
      buffer = (buffer << 8 | data[i]) & 0xfff;
      bits += 8;
      while (bits >= BITS_PER_SYMBOL)
        {
          bits -= BITS_PER_SYMBOL;
          *end++ = alphabet[buffer >> bits & 0x1f];
        }
    }

  if (bits > 0)
    *end++ = alphabet[buffer << (BITS_PER_SYMBOL - bits) & 0x1f];
  *end = '\0';

  return text;
}
