/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-export-lost.h"
#include "fob-export-text.h"
#include "fob-format-private.h"
#include "fob-otp-uri.h"
#include "fob-uri-lines.h"

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

static gboolean
lost (FobAccount *account, GPtrArray *reasons)
{
  fob_export_lost_parts (account, FOB_EXPORT_NO_ISSUER, reasons);

  return TRUE;
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  g_autoptr (GPtrArray) lines = fob_export_new_lines ();

  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *account = accounts->pdata[i];

      g_ptr_array_add (lines, fob_otp_uri_format (fob_account_get_otp (account),
                                                  fob_account_get_issuer (account),
                                                  fob_account_get_name (account)));
    }

  return fob_export_join_lines (lines, "\n");
}

const FobFormat fob_format_uri_list = {
  .id = "uri-list",
  .label = N_ ("List of otpauth:// links"),
  .suffix = ".txt",
  .text = TRUE,
  .probe = probe,
  .parse = parse,
  .lost = lost,
  .serialise = serialise,
};
