/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-hex.h"

static const char digits[] = "0123456789abcdef";

void
fob_hex_encode (const guint8 *data, gsize size, char *text)
{
  for (gsize i = 0; i < size; i++)
    {
      text[i * 2] = digits[data[i] >> 4];
      text[i * 2 + 1] = digits[data[i] & 0xf];
    }

  text[size * 2] = '\0';
}

gboolean
fob_hex_decode (const char *text, gsize length, guint8 *data)
{
  if (length % 2 != 0)
    return FALSE;

  for (gsize i = 0; i < length; i += 2)
    {
      int high = g_ascii_xdigit_value (text[i]);
      int low = g_ascii_xdigit_value (text[i + 1]);

      if (high < 0 || low < 0)
        return FALSE;

      data[i / 2] = (guint8) (high << 4 | low);
    }

  return TRUE;
}
