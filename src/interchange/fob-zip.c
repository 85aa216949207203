/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "fob-document.h"
#include "fob-wipe.h"

#define MAGIC         "PK\x03\x04"
#define N_MEMBERS_MAX 30000
#define CHUNK_SIZE    65536

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

/* Whether a member is the one that is looked for. */
typedef gboolean (*MatchFunc) (const char *name, const char *wanted);

static gboolean
ends_with (const char *name, const char *suffix)
{
  const gsize size = strlen (name);
  const gsize suffix_size = strlen (suffix);

  return size >= suffix_size && g_ascii_strcasecmp (name + size - suffix_size, suffix) == 0;
}

static gboolean
is_called (const char *name, const char *wanted)
{
  return g_str_equal (name, wanted);
}

/* Returns: (transfer full) (nullable): the archive, at the member, which stays the archive's. */
static Archive *
open_at (GBytes *zip,
         MatchFunc match,
         const char *wanted,
         FobSecret *passphrase,
         struct archive_entry **entry)
{
  gsize size;
  const char *data = g_bytes_get_data (zip, &size);
  g_autoptr (Archive) archive = NULL;

  if (size < strlen (MAGIC) || memcmp (data, MAGIC, strlen (MAGIC)) != 0)
    return NULL;

  archive = archive_read_new ();
  archive_read_support_format_zip_seekable (archive);
  if (passphrase != NULL)
    {
      gsize length;
      const char *text = fob_secret_get_data (passphrase, &length);
      g_auto (FobWipedString) copy = g_strndup (text, length);

      if (*copy != '\0')
        archive_read_add_passphrase (archive, copy);
    }
  if (archive_read_open_memory (archive, data, size) != ARCHIVE_OK)
    return NULL;

  for (guint i = 0; i < N_MEMBERS_MAX; i++)
    {
      if (archive_read_next_header (archive, entry) != ARCHIVE_OK ||
          archive_entry_pathname (*entry) == NULL)
        return NULL;
      if (match (archive_entry_pathname (*entry), wanted))
        return g_steal_pointer (&archive);
    }

  return NULL;
}

gboolean
fob_zip_find (GBytes *zip, const char *suffix, gboolean *encrypted)
{
  struct archive_entry *entry;
  g_autoptr (Archive) archive = open_at (zip, ends_with, suffix, NULL, &entry);

  if (archive != NULL && encrypted != NULL)
    *encrypted = archive_entry_is_data_encrypted (entry) != 0;

  return archive != NULL;
}

/* Returns: (transfer full) (nullable): NULL when it cannot be read to its end. */
static GBytes *
read_all (Archive *archive, gsize size_max, gboolean *too_large)
{
  gsize capacity = CHUNK_SIZE;
  gsize size = 0;
  guint8 *data = g_malloc (capacity);
  la_ssize_t n;

  while ((n = archive_read_data (archive, data + size, capacity - size)) > 0)
    {
      size += (gsize) n;
      *too_large = size > size_max;
      if (*too_large)
        break;
      if (size == capacity)
        {
          /* Not by realloc, which leaves what it moves behind. */
          guint8 *larger = g_malloc (capacity * 2);

          memcpy (larger, data, size);
          fob_wipe (data, size);
          g_free (data);
          data = larger;
          capacity *= 2;
        }
    }
  if (n != 0)
    {
      fob_wipe (data, size);
      g_free (data);
      return NULL;
    }

  return fob_wipe_bytes_new_take (data, size);
}

GBytes *
fob_zip_extract (GBytes *zip, const char *suffix, FobSecret *passphrase, GError **error)
{
  struct archive_entry *entry;
  g_autoptr (Archive) archive = open_at (zip, ends_with, suffix, passphrase, &entry);
  FobInterchangeError code = FOB_INTERCHANGE_ERROR_FORMAT;
  gboolean too_large = FALSE;
  GBytes *content = archive != NULL ? read_all (archive, FOB_DOCUMENT_SIZE_MAX, &too_large) : NULL;

  if (content != NULL)
    return content;

  if (too_large)
    code = FOB_INTERCHANGE_ERROR_LIMITS;
  else if (archive != NULL && archive_entry_is_data_encrypted (entry) != 0)
    code = FOB_INTERCHANGE_ERROR_PASSPHRASE;
  fob_interchange_fail (code, error);

  return NULL;
}

GBytes *
fob_zip_extract_member (GBytes *zip, const char *name, gsize size_max, GError **error)
{
  struct archive_entry *entry;
  g_autoptr (Archive) archive = open_at (zip, is_called, name, NULL, &entry);
  gboolean too_large = FALSE;
  GBytes *content = archive != NULL ? read_all (archive, size_max, &too_large) : NULL;

  if (content == NULL)
    fob_interchange_fail (too_large ? FOB_INTERCHANGE_ERROR_LIMITS : FOB_INTERCHANGE_ERROR_FORMAT,
                          error);

  return content;
}
