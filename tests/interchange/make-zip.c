/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "make-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

static la_ssize_t
append (struct archive *archive, void *user_data, const void *data, size_t size)
{
  g_byte_array_append (user_data, data, (guint) size);

  return (la_ssize_t) size;
}

GBytes *
make_zip (const ZipMember *members)
{
  GByteArray *bytes = g_byte_array_new ();
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open (archive, bytes, NULL, append, NULL), ==, ARCHIVE_OK);
  for (gsize i = 0; members[i].name != NULL; i++)
    {
      const gsize size = members[i].size > 0 ? members[i].size : strlen (members[i].data);
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, members[i].name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0600);
      archive_entry_set_size (entry, (la_int64_t) size);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, members[i].data, size), ==, (la_ssize_t) size);
      archive_entry_free (entry);
    }
  archive_write_close (archive);
  archive_write_free (archive);

  return g_byte_array_free_to_bytes (bytes);
}
