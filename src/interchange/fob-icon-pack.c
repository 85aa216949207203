/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-icon-pack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-document.h"
#include "fob-json-read.h"
#include "fob-search.h"
#include "fob-zip.h"

#define PACK_FILE       "pack.json"
#define N_ICONS_MAX     20000
#define NAME_LENGTH_MAX 200
/* Shorter names are found only where nothing else stands: "x" is in many words. */
#define WORD_SIZE_MIN 3

typedef struct
{
  char *file;    /* in the archive */
  char *name;    /* for people */
  char *text;    /* folded: what can be searched */
  GStrv issuers; /* folded */
} Icon;

struct _FobIconPack
{
  gatomicrefcount ref_count;

  GBytes *zip;
  char *id;
  char *name;
  GPtrArray *icons; /* of Icon */
};

static void
icon_free (Icon *icon)
{
  g_clear_pointer (&icon->file, g_free);
  g_clear_pointer (&icon->name, g_free);
  g_clear_pointer (&icon->text, g_free);
  g_clear_pointer (&icon->issuers, g_strfreev);
  g_free (icon);
}

const char *
fob_icon_type (GBytes *image)
{
  gsize size;
  const char *data = g_bytes_get_data (image, &size);

  if (size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (size > 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "image/webp";
  if (g_strstr_len (data, (gssize) MIN (size, 1024), "<svg") != NULL)
    return "image/svg+xml";

  return NULL;
}

gboolean
fob_icon_pack_probe (GBytes *zip)
{
  return fob_zip_find (zip, PACK_FILE, NULL);
}

/* `services/Great Shop.svg` is called Great Shop. */
static char *
dup_base_name (const char *file)
{
  g_autofree char *base = g_path_get_basename (file);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';

  return g_steal_pointer (&base);
}

static Icon *
read_icon (json_t *object)
{
  const char *file = fob_json_get_text (object, "filename");
  const char *name = fob_json_get_text (object, "name");
  g_autoptr (GPtrArray) issuers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  Icon *icon;
  gsize i;
  json_t *issuer;

  if (*file == '\0' || strlen (file) > NAME_LENGTH_MAX * 4)
    return NULL;
  icon = g_new0 (Icon, 1);
  icon->file = g_strdup (file);
  icon->name = *name != '\0'
                 ? g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), NAME_LENGTH_MAX))
                 : dup_base_name (file);
  g_ptr_array_add (issuers, fob_search_fold (icon->name));
  json_array_foreach (json_object_get (object, "issuer"), i, issuer)
  {
    if (json_is_string (issuer) && *json_string_value (issuer) != '\0' &&
        json_string_length (issuer) <= NAME_LENGTH_MAX * 4)
      g_ptr_array_add (issuers, fob_search_fold (json_string_value (issuer)));
  }
  g_ptr_array_add (issuers, NULL);
  icon->issuers = (GStrv) g_ptr_array_steal (issuers, NULL);
  joined = g_strjoinv ("\n", icon->issuers);
  icon->text = g_steal_pointer (&joined);

  return icon;
}

static gboolean
read_pack (FobIconPack *self, json_t *root, GError **error)
{
  const char *id = fob_json_get_text (root, "uuid");
  const char *name = fob_json_get_text (root, "name");
  json_t *icons = json_object_get (root, "icons");
  gsize i;
  json_t *object;

  if (!g_uuid_string_is_valid (id) || *name == '\0' || !json_is_array (icons))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  if (json_array_size (icons) > N_ICONS_MAX)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_LIMITS, error);

  self->id = g_ascii_strdown (id, -1);
  self->name = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), NAME_LENGTH_MAX));
  json_array_foreach (icons, i, object)
  {
    Icon *icon = read_icon (object);

    if (icon != NULL)
      g_ptr_array_add (self->icons, icon);
  }
  if (self->icons->len > 0)
    return TRUE;
  g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT,
                       _ ("There are no icons in this icon pack."));

  return FALSE;
}

FobIconPack *
fob_icon_pack_new (GBytes *zip, GError **error)
{
  g_autoptr (FobIconPack) self = g_new0 (FobIconPack, 1);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (FobDocument) document = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->icons = g_ptr_array_new_with_free_func ((GDestroyNotify) icon_free);
  self->zip = g_bytes_ref (zip);
  text = fob_zip_extract (zip, PACK_FILE, NULL, error);
  if (text == NULL)
    return NULL;
  document = fob_document_new (text, error);
  if (document == NULL || !read_pack (self, fob_document_get_json (document), error))
    return NULL;

  return g_steal_pointer (&self);
}

FobIconPack *
fob_icon_pack_ref (FobIconPack *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_icon_pack_unref (FobIconPack *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->zip, g_bytes_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->icons, g_ptr_array_unref);
  g_free (self);
}

const char *
fob_icon_pack_get_id (FobIconPack *self)
{
  return self->id;
}

const char *
fob_icon_pack_get_name (FobIconPack *self)
{
  return self->name;
}

GBytes *
fob_icon_pack_get_zip (FobIconPack *self)
{
  return self->zip;
}

guint
fob_icon_pack_get_n_icons (FobIconPack *self)
{
  return self->icons->len;
}

static Icon *
get_icon (FobIconPack *self, guint icon)
{
  g_assert (icon < self->icons->len);

  return self->icons->pdata[icon];
}

const char *
fob_icon_pack_get_icon_name (FobIconPack *self, guint icon)
{
  return get_icon (self, icon)->name;
}

static gboolean
is_word_end (const char *at)
{
  return *at == '\0' || !g_unichar_isalnum (g_utf8_get_char (at));
}

/* Returns: how well @issuer is named by @word; 0 for not at all. Both are folded. */
static gsize
rate (const char *issuer, const char *word)
{
  const gsize size = strlen (word);

  if (g_str_equal (issuer, word))
    return G_MAXSIZE;
  if (size < WORD_SIZE_MIN)
    return 0;
  for (const char *at = strstr (issuer, word); at != NULL;
       at = strstr (g_utf8_next_char (at), word))
    {
      const gboolean starts =
        at == issuer || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));

      if (starts && is_word_end (at + size))
        return size;
    }

  return 0;
}

gboolean
fob_icon_pack_find (FobIconPack *self, const char *issuer, guint *icon)
{
  g_autofree char *folded = fob_search_fold (issuer);
  gsize best = 0;

  if (*folded == '\0')
    return FALSE;
  for (guint i = 0; i < self->icons->len && best < G_MAXSIZE; i++)
    {
      const Icon *candidate = self->icons->pdata[i];

      for (gsize j = 0; candidate->issuers[j] != NULL; j++)
        {
          const gsize rating = rate (folded, candidate->issuers[j]);

          if (rating <= best)
            continue;
          best = rating;
          *icon = i;
        }
    }

  return best > 0;
}

gboolean
fob_icon_pack_icon_matches (FobIconPack *self, guint icon, const char *text)
{
  g_autofree char *folded = fob_search_fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (strstr (get_icon (self, icon)->text, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

GBytes *
fob_icon_pack_extract (FobIconPack *self, guint icon, const char **type, GError **error)
{
  g_autoptr (GBytes) image =
    fob_zip_extract_member (self->zip, get_icon (self, icon)->file, FOB_ICON_SIZE_MAX, error);

  if (image == NULL)
    return NULL;
  *type = fob_icon_type (image);
  if (*type == NULL)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }

  return g_steal_pointer (&image);
}
