/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-export-text.h"

#include <string.h>

#include "fob-wipe.h"

GPtrArray *
fob_export_new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);
}

GBytes *
fob_export_join_lines (GPtrArray *lines, const char *end)
{
  gsize size = 0;
  char *text;
  char *cursor;

  for (guint i = 0; i < lines->len; i++)
    size += strlen (lines->pdata[i]) + strlen (end);
  cursor = text = g_malloc (size + 1);
  for (guint i = 0; i < lines->len; i++)
    cursor = g_stpcpy (g_stpcpy (cursor, lines->pdata[i]), end);

  return fob_wipe_bytes_new_take (text, size);
}
