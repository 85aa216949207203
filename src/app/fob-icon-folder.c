/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "fob-document.h"

#define SUFFIX ".zip"

static char *
dup_pack_path (const char *path, FobIconPack *pack)
{
  g_autofree char *base = g_strconcat (fob_icon_pack_get_id (pack), SUFFIX, NULL);

  return g_build_filename (path, base, NULL);
}

static FobIconPack *
load_pack (const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *data = NULL;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) != 0 || (gint64) status.st_size > (gint64) FOB_DOCUMENT_SIZE_MAX ||
      !g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);

  return fob_icon_pack_new (bytes, NULL);
}

GPtrArray *
fob_icon_folder_load (const char *path)
{
  g_autoptr (GPtrArray) packs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_icon_pack_unref);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *base;

  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, base, NULL);
      FobIconPack *pack = g_str_has_suffix (base, SUFFIX) ? load_pack (file) : NULL;

      if (pack != NULL)
        g_ptr_array_add (packs, pack);
    }

  return g_steal_pointer (&packs);
}

gboolean
fob_icon_folder_write (const char *path, FobIconPack *pack, GError **error)
{
  g_autofree char *file = dup_pack_path (path, pack);
  GBytes *zip = fob_icon_pack_get_zip (pack);
  gsize size;
  const char *data = g_bytes_get_data (zip, &size);

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  return g_file_set_contents_full (file, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

gboolean
fob_icon_folder_remove (const char *path, FobIconPack *pack, GError **error)
{
  g_autofree char *file = dup_pack_path (path, pack);

  if (g_unlink (file) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

  return FALSE;
}
