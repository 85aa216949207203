/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-interchange-error.h"
#include "fob-json.h"
#include "fob-wipe.h"

struct _FobDocument
{
  GBytes *bytes;

  gboolean text_made;
  char *text;
  gsize length;

  gboolean json_made;
  json_t *json;
};

FobDocument *
fob_document_new (GBytes *bytes, GError **error)
{
  FobDocument *self;

  if (g_bytes_get_size (bytes) > FOB_DOCUMENT_SIZE_MAX)
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_LIMITS,
                           _ ("This file is too large to be a list of accounts."));
      return NULL;
    }
  self = g_new0 (FobDocument, 1);
  self->bytes = g_bytes_ref (bytes);

  return self;
}

void
fob_document_free (FobDocument *self)
{
  g_clear_pointer (&self->json, json_decref);
  g_clear_pointer (&self->text, fob_wipe_free_string);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

GBytes *
fob_document_get_bytes (FobDocument *self)
{
  return self->bytes;
}

/* The two bytes at the start of UTF-16 say which end comes first. */
static char *
convert_utf16 (const char *data, gsize size, gsize *length)
{
  const char *charset = NULL;

  if (size < 2 || size % 2 != 0)
    return NULL;
  if (memcmp (data, "\xff\xfe", 2) == 0)
    charset = "UTF-16LE";
  else if (memcmp (data, "\xfe\xff", 2) == 0)
    charset = "UTF-16BE";
  else
    return NULL;

  return g_convert (data + 2, (gssize) size - 2, "UTF-8", charset, NULL, length, NULL);
}

static void
make_text (FobDocument *self)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  gsize length = size;
  gsize converted_length = 0;
  g_auto (FobWipedString) converted =
    size > 0 ? convert_utf16 (data, size, &converted_length) : NULL;

  if (converted != NULL)
    {
      data = converted;
      length = converted_length;
    }
  else if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (length == 0 || memchr (data, '\0', length) != NULL ||
      !g_utf8_validate (data, (gssize) length, NULL))
    return;

  while (length > 0 && g_ascii_isspace (data[0]))
    {
      data++;
      length--;
    }
  while (length > 0 && g_ascii_isspace (data[length - 1]))
    length--;
  self->text = g_strndup (data, length);
  self->length = length;
}

const char *
fob_document_get_text (FobDocument *self, gsize *length)
{
  if (!self->text_made)
    {
      self->text_made = TRUE;
      make_text (self);
    }
  if (length != NULL)
    *length = self->length;

  return self->text;
}

json_t *
fob_document_get_json (FobDocument *self)
{
  if (!self->json_made)
    {
      const char *text = fob_document_get_text (self, NULL);

      self->json_made = TRUE;
      fob_json_init ();
      if (text != NULL && (text[0] == '{' || text[0] == '['))
        self->json = json_loadb (text, self->length, JSON_ALLOW_NUL, NULL);
    }

  return self->json;
}
