/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-text-width.h"

static gsize
character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

gsize
fob_text_width (const char *text)
{
  gsize width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += character_width (g_utf8_get_char (p));

  return width;
}

char *
fob_text_cut (const char *text, gsize columns, const char *ellipsis)
{
  const gsize room = ellipsis != NULL && columns > 0 ? columns - 1 : columns;
  const char *end = text;
  gsize used = 0;

  if (fob_text_width (text) <= columns)
    return g_strdup (text);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gsize width = character_width (g_utf8_get_char (p));

      if (used + width > room)
        break;
      used += width;
      end = g_utf8_next_char (p);
    }

  return g_strdup_printf ("%.*s%s", (int) (end - text), text,
                          ellipsis != NULL && columns > 0 ? ellipsis : "");
}
