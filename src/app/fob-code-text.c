/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-code-text.h"

#include <string.h>

#define THIN_SPACE "\xe2\x80\x89"

/* The length of the first groups; what is left makes the last one. */
static gsize
fob_code_text_group_size (gsize length, FobCodeGrouping grouping)
{
  if (length < 6)
    return length;

  switch (grouping)
    {
    case FOB_CODE_GROUPING_TWOS:
      return 2;

    case FOB_CODE_GROUPING_THREES:
      return 3;

    case FOB_CODE_GROUPING_HALVES:
      return length / 2;

    case FOB_CODE_GROUPING_NONE:
      return length;

    case FOB_CODE_GROUPING_BALANCED:
    default:
      return length == 8 ? 4 : 3;
    }
}

static void
fob_code_text_separate (const char *code,
                        gsize group,
                        gsize n_separators,
                        const char *separator,
                        char text[FOB_CODE_TEXT_SIZE])
{
  gsize used = 0;

  for (gsize i = 0; code[i] != '\0' && used + 4 < FOB_CODE_TEXT_SIZE; i++)
    {
      if (i > 0 && i % group == 0 && i / group <= n_separators)
        {
          memcpy (text + used, separator, strlen (separator));
          used += strlen (separator);
        }
      text[used++] = code[i];
    }
  text[used] = '\0';
}

void
fob_code_text_group (const char *code, FobCodeGrouping grouping, char text[FOB_CODE_TEXT_SIZE])
{
  const gsize length = strlen (code);
  const gsize group = fob_code_text_group_size (length, grouping);

  fob_code_text_separate (code, MAX (group, 1), length == 0 ? 0 : length / MAX (group, 1) - 1,
                          THIN_SPACE, text);
}

void
fob_code_text_spell (const char *code, char text[FOB_CODE_TEXT_SIZE])
{
  fob_code_text_separate (code, 1, FOB_OTP_CODE_SIZE, " ", text);
}
