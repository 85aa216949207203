/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-android-map.h"

#include <string.h>

#include "fob-wipe.h"

typedef struct
{
  char *key;
  char *value; /* wiped */
} Pair;

struct _FobAndroidMap
{
  GPtrArray *pairs;  /* of Pair */
  GHashTable *index; /* from keys to values, both borrowed */
};

/* What is being read. */
typedef struct
{
  FobAndroidMap *map;
  gboolean has_root;
  Pair *pair; /* (nullable): borrowed, while in its element */
} Reading;

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_free (pair->key);
  fob_wipe_free_string (pair->value);
  g_free (pair);
}

static const char *
find_attribute (const char **names, const char **values, const char *name)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        return values[i];
    }

  return NULL;
}

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Reading *reading = user_data;
  const char *key = find_attribute (names, values, "name");

  if (!reading->has_root && !g_str_equal (element, "map"))
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "No map");
      return;
    }
  if (reading->has_root && g_str_equal (element, "string") && key != NULL && reading->pair == NULL)
    {
      reading->pair = g_new0 (Pair, 1);
      reading->pair->key = g_strdup (key);
      reading->pair->value = g_strdup ("");
      g_ptr_array_add (reading->map->pairs, reading->pair);
    }
  reading->has_root = TRUE;
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  ((Reading *) user_data)->pair = NULL;
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize size,
         gpointer user_data,
         GError **error)
{
  Pair *pair = ((Reading *) user_data)->pair;
  g_auto (FobWipedString) before = NULL;

  if (pair == NULL)
    return;
  before = pair->value;
  pair->value = g_strconcat (before, text, NULL);
}

FobAndroidMap *
fob_android_map_parse (const char *text)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (FobAndroidMap) self = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  Reading reading = { 0 };

  if (text == NULL || *text != '<')
    return NULL;
  self = g_new0 (FobAndroidMap, 1);
  self->pairs = g_ptr_array_new_with_free_func (pair_free);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  reading.map = self;
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);

  if (!g_markup_parse_context_parse (context, text, -1, NULL) ||
      !g_markup_parse_context_end_parse (context, NULL))
    return NULL;
  for (guint i = 0; i < self->pairs->len; i++)
    {
      Pair *pair = self->pairs->pdata[i];

      g_hash_table_insert (self->index, pair->key, pair->value);
    }

  return g_steal_pointer (&self);
}

void
fob_android_map_free (FobAndroidMap *self)
{
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->pairs);
  g_free (self);
}

guint
fob_android_map_get_n_pairs (FobAndroidMap *self)
{
  return self->pairs->len;
}

const char *
fob_android_map_get_key (FobAndroidMap *self, guint position)
{
  return ((Pair *) self->pairs->pdata[position])->key;
}

const char *
fob_android_map_get_value (FobAndroidMap *self, guint position)
{
  return ((Pair *) self->pairs->pdata[position])->value;
}

const char *
fob_android_map_look_up (FobAndroidMap *self, const char *key)
{
  return g_hash_table_lookup (self->index, key);
}
