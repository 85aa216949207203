/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-passphrase-form.h"

#include <string.h>

#include "fob-wipe.h"

static gboolean
is_ascii (const char *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isprint (data[i]))
        return FALSE;
    }

  return TRUE;
}

FobSecret *
fob_passphrase_form (FobSecret *typed, GNormalizeMode mode)
{
  gsize size;
  const char *data = fob_secret_get_data (typed, &size);
  g_auto (FobWipedString) text = NULL;

  /* ASCII has but one form, and is not copied for nothing. A text with NUL inside is refused. */
  if (is_ascii (data, size) || !g_utf8_validate_len (data, size, NULL))
    return NULL;
  text = g_utf8_normalize (data, (gssize) size, mode);
  if (text == NULL || (strlen (text) == size && memcmp (text, data, size) == 0))
    return NULL;

  return fob_secret_new (text, strlen (text));
}
