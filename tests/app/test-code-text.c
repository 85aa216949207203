/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-code-text.h"

#include <string.h>

#define S "\xe2\x80\x89" /* THIN SPACE */

typedef struct
{
  const char *code;
  const char *grouped;
  const char *spelled;
} Row;

static const Row rows[] = {
  { "", "", "" },
  { "1", "1", "1" },
  { "12", "12", "1 2" },
  { "1234", "1234", "1 2 3 4" },
  { "2BCDF", "2BCDF", "2 B C D F" },
  { "123456", "123" S "456", "1 2 3 4 5 6" },
  { "000000", "000" S "000", "0 0 0 0 0 0" },
  { "a1b2c3", "a1b" S "2c3", "a 1 b 2 c 3" },
  { "1234567", "123" S "4567", "1 2 3 4 5 6 7" },
  { "12345678", "1234" S "5678", "1 2 3 4 5 6 7 8" },
  { "123456789", "123" S "456" S "789", "1 2 3 4 5 6 7 8 9" },
  { "1234567890", "123" S "456" S "7890", "1 2 3 4 5 6 7 8 9 0" },
};

static void
test_group (void)
{
  char text[FOB_CODE_TEXT_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fob_code_text_group (rows[i].code, FOB_CODE_GROUPING_BALANCED, text);
      g_assert_cmpstr (text, ==, rows[i].grouped);
    }
}

static void
test_groupings (void)
{
  static const struct
  {
    const char *code;
    FobCodeGrouping grouping;
    const char *grouped;
  } cases[] = {
    { "123456", FOB_CODE_GROUPING_TWOS, "12" S "34" S "56" },
    { "1234567", FOB_CODE_GROUPING_TWOS, "12" S "34" S "567" },
    { "2BCDF", FOB_CODE_GROUPING_TWOS, "2BCDF" },
    { "123456", FOB_CODE_GROUPING_THREES, "123" S "456" },
    { "12345678", FOB_CODE_GROUPING_THREES, "123" S "45678" },
    { "1234567", FOB_CODE_GROUPING_HALVES, "123" S "4567" },
    { "12345678", FOB_CODE_GROUPING_HALVES, "1234" S "5678" },
    { "1234567890", FOB_CODE_GROUPING_HALVES, "12345" S "67890" },
    { "12345678", FOB_CODE_GROUPING_NONE, "12345678" },
  };
  char text[FOB_CODE_TEXT_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fob_code_text_group (cases[i].code, cases[i].grouping, text);
      g_assert_cmpstr (text, ==, cases[i].grouped);
    }
}

static void
test_spell (void)
{
  char text[FOB_CODE_TEXT_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fob_code_text_spell (rows[i].code, text);
      g_assert_cmpstr (text, ==, rows[i].spelled);
    }
}

/* The longest code that the core can hand over fits, and nothing is written behind the buffer. */
static void
test_bounds (void)
{
  struct
  {
    char text[FOB_CODE_TEXT_SIZE];
    char guard[8];
  } buffer;
  char code[FOB_OTP_CODE_SIZE];

  for (gsize length = 0; length < FOB_OTP_CODE_SIZE; length++)
    {
      memset (code, '7', length);
      code[length] = '\0';
      for (int grouping = -1; grouping <= FOB_CODE_GROUPING_NONE; grouping++)
        {
          gsize digits = 0;

          memset (&buffer, 'x', sizeof buffer);
          if (grouping < 0)
            fob_code_text_spell (code, buffer.text);
          else
            fob_code_text_group (code, (FobCodeGrouping) grouping, buffer.text);
          g_assert_nonnull (memchr (buffer.text, '\0', sizeof buffer.text));
          for (const char *p = buffer.text; *p != '\0'; p++)
            digits += *p == '7';
          g_assert_cmpuint (digits, ==, length);
          for (gsize i = 0; i < sizeof buffer.guard; i++)
            g_assert_true (buffer.guard[i] == 'x');
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/code-text/group", test_group);
  g_test_add_func ("/app/code-text/groupings", test_groupings);
  g_test_add_func ("/app/code-text/spell", test_spell);
  g_test_add_func ("/app/code-text/bounds", test_bounds);

  return g_test_run ();
}
