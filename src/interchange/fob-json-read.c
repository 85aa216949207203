/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-json-read.h"

#include <string.h>

#include "fob-otp-limits.h"
#include "fob-wipe.h"

const char *
fob_json_get_text (json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL && strcmp (text, "null") != 0 ? text : "";
}

const char *
fob_json_get_first_text (json_t *object, const char *const *keys)
{
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      const char *text = fob_json_get_text (object, keys[i]);

      if (*text != '\0')
        return text;
    }

  return "";
}

gboolean
fob_json_read_number (json_t *object, const char *key, guint64 *value)
{
  json_t *number = json_object_get (object, key);

  if (number == NULL || json_is_null (number))
    return TRUE;
  if (json_is_string (number))
    {
      const char *text = fob_json_get_text (object, key);

      return *text == '\0' || g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, value, NULL);
    }
  if (json_is_integer (number) && json_integer_value (number) >= 0)
    {
      *value = (guint64) json_integer_value (number);
      return TRUE;
    }
  if (json_is_real (number))
    {
      const double real = json_real_value (number);

      /* Up to where a double knows every whole number. */
      if (!(real >= 0 && real <= 9007199254740992.0))
        return FALSE;
      *value = (guint64) real;
      return (double) *value == real;
    }

  return FALSE;
}

gboolean
fob_json_get_flag (json_t *object, const char *key)
{
  return json_is_true (json_object_get (object, key)) ||
         g_ascii_strcasecmp (fob_json_get_text (object, key), "true") == 0;
}

guint8 *
fob_base64_decode (const char *text, gsize length, gsize *size)
{
  g_auto (FobWipedString) copy = NULL;
  gsize end = length;

  /* GLib passes over what is none of the alphabet: look first. */
  for (guint i = 0; i < 2 && end > 0 && text[end - 1] == '='; i++)
    end--;
  if (length == 0 || length % 4 != 0)
    return NULL;
  for (gsize i = 0; i < end; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
        return NULL;
    }

  copy = g_strndup (text, length);

  return g_base64_decode (copy, size);
}

guint8 *
fob_json_get_base64 (json_t *object, const char *key, gsize *size)
{
  const char *text = fob_json_get_text (object, key);

  return fob_base64_decode (text, strlen (text), size);
}

FobSecret *
fob_json_get_bytes (json_t *object, const char *key)
{
  json_t *array = json_object_get (object, key);
  const gsize size = json_array_size (array);
  guint8 data[FOB_OTP_SECRET_SIZE_MAX];
  FobSecret *secret;
  gsize i;
  json_t *byte;

  if (size == 0 || size > sizeof data)
    return NULL;
  json_array_foreach (array, i, byte)
  {
    const json_int_t value = json_integer_value (byte);

    if (!json_is_integer (byte) || value < G_MININT8 || value > G_MAXUINT8)
      {
        fob_wipe (data, sizeof data);
        return NULL;
      }
    data[i] = (guint8) value;
  }

  secret = fob_secret_new (data, size);
  fob_wipe (data, sizeof data);

  return secret;
}

static char *
dup_id (json_t *object, const char *key)
{
  json_t *id = json_object_get (object, key);

  if (json_is_integer (id))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (id));

  return g_strdup (fob_json_get_text (object, key));
}

GHashTable *
fob_json_index_texts (json_t *array, const char *key, const char *value_key)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize i;
  json_t *object;

  json_array_foreach (array, i, object)
  {
    g_autofree char *id = dup_id (object, key);

    if (*id != '\0' && !g_hash_table_contains (index, id))
      g_hash_table_insert (index, g_steal_pointer (&id),
                           (gpointer) fob_json_get_text (object, value_key));
  }

  return index;
}

const char *
fob_json_look_up (json_t *object, const char *key, GHashTable *index)
{
  g_autofree char *id = dup_id (object, key);

  return g_hash_table_lookup (index, id);
}
