/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-otp-uri.h"
#include "fob-wipe.h"

/* A text with one `otpauth://`, `motp://` or `steam://` URI a line; blank lines and lines that
 * start with `#` are passed over. */

static const char *
find_line_end (const char *start)
{
  return start + strcspn (start, "\r\n");
}

static gboolean
is_entry (const char *line, gsize length)
{
  return length > 0 && line[0] != '#' && strspn (line, " \t") < length;
}

static gboolean
probe (FobDocument *document)
{
  const char *line = fob_document_get_text (document, NULL);

  while (line != NULL && *line != '\0')
    {
      const char *end = find_line_end (line);

      if (is_entry (line, (gsize) (end - line)))
        return fob_otp_uri_probe (line, end - line);
      line = end + strspn (end, "\r\n");
    }

  return FALSE;
}

static void
parse_line (const char *line, gssize length, FobImport *import)
{
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_otp_uri_parse (line, length, &issuer, &name, &error);

  if (otp != NULL)
    fob_import_take_account (import, fob_account_new (issuer, name, otp));
  else
    fob_import_skip (import, NULL, error->message);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  const char *line = fob_document_get_text (document, NULL);

  while (line != NULL && *line != '\0')
    {
      const char *end = find_line_end (line);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (is_entry (line, (gsize) (end - line)))
        parse_line (line, end - line, import);
      line = end + strspn (end, "\r\n");
    }

  return TRUE;
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  GString *text = g_string_sized_new (MIN (accounts->len, 1 << 16) * 256);
  gsize length;

  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *account = accounts->pdata[i];
      g_auto (FobWipedString) uri =
        fob_otp_uri_format (fob_account_get_otp (account), fob_account_get_issuer (account),
                            fob_account_get_name (account));

      g_string_append (text, uri);
      g_string_append_c (text, '\n');
    }
  length = text->len;

  return fob_wipe_bytes_new_take (g_string_free (text, FALSE), length);
}

const FobFormat fob_format_uri_list = {
  .id = "uri-list",
  .label = N_ ("List of otpauth:// links"),
  .suffix = ".txt",
  .text = TRUE,
  .probe = probe,
  .parse = parse,
  .serialise = serialise,
};
