/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-format-private.h"
#include "fob-otp-uri.h"
#include "fob-uri-lines.h"
#include "fob-wipe.h"

/* A text with one `otpauth://`, `motp://` or `steam://` URI a line; blank lines and lines that
 * start with `#` are passed over. */

static gboolean
probe (FobDocument *document)
{
  const char *cursor = fob_document_get_text (document, NULL);
  gsize length;
  const char *line = cursor != NULL ? fob_uri_lines_next (&cursor, &length) : NULL;

  return line != NULL && fob_otp_uri_probe (line, (gssize) length);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  const char *cursor = fob_document_get_text (document, NULL);
  const char *line;
  gsize length;

  if (cursor == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  while ((line = fob_uri_lines_next (&cursor, &length)) != NULL)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      fob_uri_lines_take (line, length, import);
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
