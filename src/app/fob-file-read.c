/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-file-read.h"

#include <glib/gi18n-lib.h>

GBytes *
fob_file_read (GFile *file, gsize size_max, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return NULL;
  if ((guint64) g_file_info_get_size (info) > size_max)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("This file is too large. Choose another one."));
      return NULL;
    }

  return g_file_load_bytes (file, cancellable, NULL, error);
}
