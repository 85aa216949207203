/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "format-case.h"

#include <string.h>

static void
check_case (gconstpointer data)
{
  const FormatCase *self = data;
  g_autoptr (GBytes) bytes = format_case_load (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobDocument) document = fob_document_new (bytes, &error);
  g_autoptr (FobImport) import = NULL;
  const FobFormat *format;
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  format = fob_format_recognise (document, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (format->id, ==, self->format);
  import = import_bytes (bytes, self->passphrase, &error);
  g_assert_no_error (error);
  found = describe_import (import);
  g_assert_cmpstr (found, ==, self->expected);
}

/* The same file with another beginning and end is the same file. */
static void
check_byte_order_mark (gconstpointer data)
{
  const FormatCase *self = data;
  g_autofree char *text = g_strconcat ("\xef\xbb\xbf\r\n", self->text, "\n \n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (FobImport) import = import_bytes (bytes, self->passphrase, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = describe_import (import);
  g_assert_cmpstr (found, ==, self->expected);
}

/* The passphrase comes from a keyboard that sends letters in pieces. */
static void
check_decomposed (gconstpointer data)
{
  const FormatCase *self = data;
  g_autofree char *typed = g_utf8_normalize (self->passphrase, -1, G_NORMALIZE_NFD);
  g_autoptr (GBytes) bytes = format_case_load (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobImport) import = NULL;
  g_autofree char *found = NULL;

  g_assert_cmpstr (typed, !=, self->passphrase);
  import = import_bytes (bytes, typed, &error);
  g_assert_no_error (error);
  found = describe_import (import);
  g_assert_cmpstr (found, ==, self->expected);
}

static void
add_cases (const FormatCase *cases, const char *sort)
{
  for (guint i = 0; cases[i].format != NULL; i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/interchange/formats/%s/%s-%u", cases[i].format, sort, i);
      g_autofree char *marked = g_strconcat (path, "/byte-order-mark", NULL);
      g_autofree char *decomposed = g_strconcat (path, "/lesson-9-decomposed", NULL);

      g_test_add_data_func (path, &cases[i], check_case);
      if (cases[i].text != NULL)
        g_test_add_data_func (marked, &cases[i], check_byte_order_mark);
      if (cases[i].passphrase != NULL && !g_str_is_ascii (cases[i].passphrase))
        g_test_add_data_func (decomposed, &cases[i], check_decomposed);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_cases (plain_cases, "plain");
  add_cases (encrypted_cases, "encrypted");

  return g_test_run ();
}
