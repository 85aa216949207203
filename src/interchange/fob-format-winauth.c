/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-uri-lines.h"
#include "fob-wipe.h"
#include "fob-zip.h"

/* Exports of WinAuth: a list of URIs in a ZIP archive, encrypted or not. What it exports as plain
 * text is a list of URIs like any other, and is read as such. */

#define MEMBER ".txt"

static gboolean
probe (FobDocument *document)
{
  return fob_zip_find (fob_document_get_bytes (document), MEMBER, NULL);
}

static gboolean
needs_passphrase (FobDocument *document)
{
  gboolean encrypted = FALSE;

  return fob_zip_find (fob_document_get_bytes (document), MEMBER, &encrypted) && encrypted;
}

/* A blank in a label is a plus sign there. */
static void
read_line (const char *line, gsize length, FobImport *import)
{
  g_auto (FobWipedString) uri = g_strndup (line, length);
  char *query = strchr (uri, '?');

  for (char *p = uri; query != NULL && p < query; p++)
    {
      if (*p == '+')
        *p = ' ';
    }
  fob_uri_lines_take (uri, length, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GBytes) content =
    fob_zip_extract (fob_document_get_bytes (document), MEMBER, passphrase, error);
  g_autoptr (FobDocument) list = NULL;
  const char *cursor;
  const char *line;
  gsize length;

  if (content == NULL)
    return FALSE;
  list = fob_document_new (content, error);
  if (list == NULL)
    return FALSE;
  cursor = fob_document_get_text (list, NULL);
  if (cursor == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  while ((line = fob_uri_lines_next (&cursor, &length)) != NULL)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read_line (line, length, import);
    }

  return TRUE;
}

const FobFormat fob_format_winauth = {
  .id = "winauth",
  .label = N_ ("WinAuth"),
  .probe = probe,
  .needs_passphrase = needs_passphrase,
  .parse = parse,
};
