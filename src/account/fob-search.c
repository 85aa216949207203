/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-search.h"

#include <string.h>

struct _FobSearch
{
  GStrv words;
};

char *
fob_search_fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *plain = g_string_new (NULL);

  for (const char *p = normal != NULL ? normal : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (plain, c);
    }

  return g_string_free (plain, FALSE);
}

FobSearch *
fob_search_new (const char *text)
{
  FobSearch *self = g_new0 (FobSearch, 1);
  g_autofree char *folded = fob_search_fold (text);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] != '\0')
        g_strv_builder_add (words, parts[i]);
    }
  self->words = g_strv_builder_end (words);

  return self;
}

void
fob_search_free (FobSearch *self)
{
  g_strfreev (self->words);
  g_free (self);
}

gboolean
fob_search_is_empty (FobSearch *self)
{
  return self->words[0] == NULL;
}

gboolean
fob_search_matches (FobSearch *self, FobAccount *account)
{
  g_autofree char *tags = NULL;
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (fob_search_is_empty (self))
    return TRUE;

  tags = g_strjoinv ("\n", (char **) fob_account_get_tags (account));
  text = g_strjoin ("\n", fob_account_get_issuer (account), fob_account_get_name (account),
                    fob_account_get_note (account), tags, NULL);
  folded = fob_search_fold (text);
  for (gsize i = 0; self->words[i] != NULL; i++)
    {
      if (strstr (folded, self->words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}
