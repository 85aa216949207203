/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-display-text.h"

typedef struct
{
  const char *text;
  const char *shown;
} Row;

static const Row rows[] = {
  { "", "" },
  { "GitHub", "GitHub" },
  { "ada@example.org", "ada@example.org" },
  { "M\xc3\xbcller & S\xc3\xb6hne", "M\xc3\xbcller & S\xc3\xb6hne" },
  { "\xe6\x9d\xb1\xe4\xba\xac\xe9\x8a\x80\xe8\xa1\x8c",
    "\xe6\x9d\xb1\xe4\xba\xac\xe9\x8a\x80\xe8\xa1\x8c" },
  { "\xd8\xa8\xd9\x86\xd9\x83", "\xd8\xa8\xd9\x86\xd9\x83" },
  /* A family, joined by ZERO WIDTH JOINER. */
  { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7" },
  { "line\nbreak", "line\\u{000A}break" },
  { "tab\there", "tab\\u{0009}here" },
  { "bell\x07", "bell\\u{0007}" },
  /* RIGHT-TO-LEFT OVERRIDE, and the isolates. */
  { "moc\xe2\x80\xaelive", "moc\\u{202E}live" },
  { "\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}" },
  { "a\xe2\x80\x8e"
    "b",
    "a\\u{200E}b" },
  /* LINE SEPARATOR, ZERO WIDTH SPACE, BYTE ORDER MARK, HANGUL FILLER. */
  { "\xe2\x80\xa8", "\\u{2028}" },
  { "\xe2\x80\x8b", "\\u{200B}" },
  { "\xef\xbb\xbf", "\\u{FEFF}" },
  { "\xe3\x85\xa4", "\\u{3164}" },
  { "\x7f", "\\u{007F}" },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = fob_display_text (rows[i].text);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

static void
test_invalid_utf8 (void)
{
  g_autofree char *shown = fob_display_text ("a\xff\xfe");

  g_assert_true (g_utf8_validate (shown, -1, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/display-text/table", test_table);
  g_test_add_func ("/account/display-text/invalid-utf8", test_invalid_utf8);

  return g_test_run ();
}
