/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-uri-lines.h"

#include <string.h>

#include "fob-otp-uri.h"

static gboolean
is_entry (const char *line, gsize length)
{
  return length > 0 && line[0] != '#' && strspn (line, " \t") < length;
}

const char *
fob_uri_lines_next (const char **cursor, gsize *length)
{
  while (**cursor != '\0')
    {
      const char *line = *cursor;

      *length = strcspn (line, "\r\n");
      *cursor = line + *length + strspn (line + *length, "\r\n");
      if (is_entry (line, *length))
        return line;
    }

  return NULL;
}

void
fob_uri_lines_take (const char *line, gsize length, FobImport *import)
{
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_otp_uri_parse (line, (gssize) length, &issuer, &name, &error);

  if (otp != NULL)
    fob_import_take_account (import, fob_account_new (issuer, name, otp));
  else
    fob_import_skip (import, NULL, error->message);
}
