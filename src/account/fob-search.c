/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-search.h"

#include <string.h>

struct _FobSearch
{
  GStrv words;
};

/* Where a word was found; the order is that of the ranks. */
typedef enum
{
  PLACE_ISSUER_START,
  PLACE_ISSUER_WORD,
  PLACE_NAME_WORD,
  PLACE_ISSUER,
  PLACE_NAME,
  PLACE_TAG_WORD,
  PLACE_TAG,
  PLACE_NOTE,
  PLACE_NONE,
} Place;

/* Letter by letter, so that a place in the result has one in the text. */
static void
fob_search_append_folded (GString *plain, gunichar letter)
{
  g_autofree char *folded = NULL;
  g_autofree char *normal = NULL;
  char utf8[7] = "";

  if (letter < 0x80)
    {
      g_string_append_c (plain, g_ascii_tolower ((char) letter));
      return;
    }

  g_unichar_to_utf8 (letter, utf8);
  folded = g_utf8_casefold (utf8, -1);
  normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  for (const char *p = normal != NULL ? normal : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (plain, c);
    }
}

char *
fob_search_fold (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    fob_search_append_folded (plain, g_utf8_get_char (p));

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

static gboolean
fob_search_starts_word (const char *text, const char *at)
{
  return at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));
}

/* @start, @word_start, @inside: what the places are called in this @text, which is folded */
static Place
fob_search_find_place (const char *text,
                       const char *word,
                       Place start,
                       Place word_start,
                       Place inside)
{
  const char *at = strstr (text, word);
  const gboolean found = at != NULL;

  if (at == text)
    return start;
  for (; at != NULL; at = strstr (g_utf8_next_char (at), word))
    {
      if (fob_search_starts_word (text, at))
        return word_start;
    }

  return found ? inside : PLACE_NONE;
}

gboolean
fob_search_matches (FobSearch *self, FobAccount *account)
{
  return fob_search_rank (self, account) != FOB_SEARCH_NO_MATCH;
}

guint
fob_search_rank (FobSearch *self, FobAccount *account)
{
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autofree char *tags = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *note = NULL;
  guint rank = 0;

  if (fob_search_is_empty (self))
    return 0;

  issuer = fob_search_fold (fob_account_get_issuer (account));
  name = fob_search_fold (fob_account_get_name (account));
  joined = g_strjoinv ("\n", (char **) fob_account_get_tags (account));
  tags = fob_search_fold (joined);
  note = fob_search_fold (fob_account_get_note (account));
  for (gsize i = 0; self->words[i] != NULL; i++)
    {
      const char *word = self->words[i];
      Place place =
        fob_search_find_place (issuer, word, PLACE_ISSUER_START, PLACE_ISSUER_WORD, PLACE_ISSUER);

      place = MIN (place, fob_search_find_place (name, word, PLACE_NAME_WORD, PLACE_NAME_WORD,
                                                 PLACE_NAME));
      place =
        MIN (place, fob_search_find_place (tags, word, PLACE_TAG_WORD, PLACE_TAG_WORD, PLACE_TAG));
      place = MIN (place, fob_search_find_place (note, word, PLACE_NOTE, PLACE_NOTE, PLACE_NOTE));
      if (place == PLACE_NONE)
        return FOB_SEARCH_NO_MATCH;
      rank += place;
    }

  return rank;
}

/* For each byte of the folded text, and for its end, where the letter that it came from starts. */
static char *
fob_search_fold_with_origins (const char *text, GArray *origins)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const guint origin = (guint) (p - text);

      fob_search_append_folded (plain, g_utf8_get_char (p));
      while (origins->len < plain->len)
        g_array_append_val (origins, origin);
    }
  g_array_append_vals (origins, &(guint){ (guint) strlen (text) }, 1);

  return g_string_free (plain, FALSE);
}

static int
fob_search_range_compare (gconstpointer a, gconstpointer b)
{
  const FobSearchRange *one = a;
  const FobSearchRange *other = b;

  return one->start < other->start ? -1 : one->start > other->start;
}

static GArray *
fob_search_join_ranges (GArray *found)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (FobSearchRange));

  g_array_sort (found, fob_search_range_compare);
  for (guint i = 0; i < found->len; i++)
    {
      const FobSearchRange range = g_array_index (found, FobSearchRange, i);
      FobSearchRange *last =
        ranges->len > 0 ? &g_array_index (ranges, FobSearchRange, ranges->len - 1) : NULL;

      if (last != NULL && range.start <= last->end)
        last->end = MAX (last->end, range.end);
      else
        g_array_append_val (ranges, range);
    }

  return ranges;
}

GArray *
fob_search_find (FobSearch *self, const char *text)
{
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (FobSearchRange));
  g_autofree char *folded = fob_search_fold_with_origins (text, origins);

  for (gsize i = 0; self->words[i] != NULL; i++)
    {
      const gsize size = strlen (self->words[i]);

      for (const char *at = strstr (folded, self->words[i]); at != NULL;
           at = strstr (at + size, self->words[i]))
        {
          const gsize last = (gsize) (at - folded) + size - 1;
          FobSearchRange range;
          gsize after = last + 1;

          range.start = g_array_index (origins, guint, at - folded);
          /* One letter can become two, as the German sharp s does. */
          while (after < origins->len - 1 &&
                 g_array_index (origins, guint, after) == g_array_index (origins, guint, last))
            after++;
          range.end = g_array_index (origins, guint, after);
          g_array_append_val (found, range);
        }
    }

  return fob_search_join_ranges (found);
}
