/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-java-map.h"

#include <string.h>

/* Up to the pairs there is only one way for such a stream to look: magic, version, an object of the
 * class java.util.HashMap with its serial number, its flags and its two fields. */
static const char head[] = "\xac\xed\x00\x05"
                           "sr\x00\x11"
                           "java.util.HashMap\x05\x07\xda\xc1\xc3\x16\x60\xd1\x03\x00\x02"
                           "F\x00\x0a"
                           "loadFactorI\x00\x09"
                           "thresholdxp";
#define HEAD_SIZE (sizeof head - 1)
/* The values of the two fields, then the mark of 8 bytes of data: capacity, number of pairs. */
#define FIELDS_SIZE 8
#define MARK        "w\x08"

enum
{
  TYPE_NULL = 0x70,
  TYPE_REFERENCE = 0x71,
  TYPE_STRING = 0x74,
  TYPE_LONG_STRING = 0x7c,
};

/* Of the first string: the class and the object have the two before it. */
#define FIRST_HANDLE 0x7e0002

struct _FobJavaMap
{
  GPtrArray *strings; /* owned, by handle */
  GPtrArray *pairs;   /* keys and values in turn, borrowed from the strings */
  GHashTable *index;  /* borrowed */
};

typedef struct
{
  const guint8 *data;
  gsize left;
} Cursor;

static gboolean
read_number (Cursor *cursor, guint size, guint64 *value)
{
  if (cursor->left < size)
    return FALSE;
  *value = 0;
  for (guint i = 0; i < size; i++)
    *value = (*value << 8) | cursor->data[i];
  cursor->data += size;
  cursor->left -= size;

  return TRUE;
}

/* Java's own UTF-8: characters beyond U+FFFF are two surrogates of three bytes each. */
static char *
decode_text (const guint8 *data, gsize size)
{
  g_autofree gunichar2 *units = g_new (gunichar2, size + 1);
  gsize n = 0;

  for (gsize i = 0; i < size;)
    {
      const guint8 byte = data[i];
      const gsize length = byte < 0x80 ? 1 : (byte & 0xe0) == 0xc0 ? 2 : 3;
      guint32 unit = length == 1 ? byte : byte & (length == 2 ? 0x1f : 0x0f);

      if ((length == 3 && (byte & 0xf0) != 0xe0) || size - i < length)
        return NULL;
      for (gsize k = 1; k < length; k++)
        {
          if ((data[i + k] & 0xc0) != 0x80)
            return NULL;
          unit = (unit << 6) | (data[i + k] & 0x3f);
        }
      units[n++] = (gunichar2) unit;
      i += length;
    }
  units[n] = 0;

  return g_utf16_to_utf8 (units, (glong) n, NULL, NULL, NULL);
}

/* Returns: (nullable): borrowed. */
static const char *
read_string (FobJavaMap *self, Cursor *cursor)
{
  guint64 type;
  guint64 size;
  char *text;

  if (!read_number (cursor, 1, &type))
    return NULL;
  if (type == TYPE_REFERENCE)
    return read_number (cursor, 4, &size) && size >= FIRST_HANDLE &&
               size - FIRST_HANDLE < self->strings->len
             ? self->strings->pdata[size - FIRST_HANDLE]
             : NULL;
  if (type == TYPE_NULL)
    return "";
  if ((type != TYPE_STRING && type != TYPE_LONG_STRING) ||
      !read_number (cursor, type == TYPE_STRING ? 2 : 8, &size) || size > cursor->left)
    return NULL;

  text = decode_text (cursor->data, size);
  if (text == NULL)
    return NULL;
  cursor->data += size;
  cursor->left -= size;
  g_ptr_array_add (self->strings, text);

  return text;
}

gboolean
fob_java_map_probe (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > HEAD_SIZE && memcmp (data, head, HEAD_SIZE) == 0;
}

static gboolean
read_pairs (FobJavaMap *self, Cursor *cursor)
{
  guint64 capacity;
  guint64 n_pairs;

  if (cursor->left < FIELDS_SIZE + strlen (MARK) ||
      memcmp (cursor->data + FIELDS_SIZE, MARK, strlen (MARK)) != 0)
    return FALSE;
  cursor->data += FIELDS_SIZE + strlen (MARK);
  cursor->left -= FIELDS_SIZE + strlen (MARK);
  if (!read_number (cursor, 4, &capacity) || !read_number (cursor, 4, &n_pairs))
    return FALSE;

  for (guint64 i = 0; i < n_pairs; i++)
    {
      const char *key = read_string (self, cursor);
      const char *value = key != NULL ? read_string (self, cursor) : NULL;

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (self->pairs, (gpointer) key);
      g_ptr_array_add (self->pairs, (gpointer) value);
      g_hash_table_insert (self->index, (gpointer) key, (gpointer) value);
    }

  return TRUE;
}

FobJavaMap *
fob_java_map_parse (GBytes *bytes)
{
  g_autoptr (FobJavaMap) self = NULL;
  Cursor cursor;

  if (!fob_java_map_probe (bytes))
    return NULL;

  self = g_new0 (FobJavaMap, 1);
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->pairs = g_ptr_array_new ();
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  cursor.data = (const guint8 *) g_bytes_get_data (bytes, &cursor.left) + HEAD_SIZE;
  cursor.left -= HEAD_SIZE;

  return read_pairs (self, &cursor) ? g_steal_pointer (&self) : NULL;
}

void
fob_java_map_free (FobJavaMap *self)
{
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_ptr_array_unref);
  g_free (self);
}

guint
fob_java_map_get_n_pairs (FobJavaMap *self)
{
  return self->pairs->len / 2;
}

const char *
fob_java_map_get_key (FobJavaMap *self, guint position)
{
  g_return_val_if_fail (position < self->pairs->len / 2, NULL);

  return self->pairs->pdata[(gsize) position * 2];
}

const char *
fob_java_map_get_value (FobJavaMap *self, guint position)
{
  g_return_val_if_fail (position < self->pairs->len / 2, NULL);

  return self->pairs->pdata[(gsize) position * 2 + 1];
}

const char *
fob_java_map_look_up (FobJavaMap *self, const char *key)
{
  return g_hash_table_lookup (self->index, key);
}
