/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-paper-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-interchange-error.h"

/* Bytes in a piece: a code that a camera reads without care. */
#define PART_SIZE 800

/* Pieces of a backup: more than a hundred sheets nobody scans. */
#define PARTS_MAX 999

#define SUM_LENGTH 16

/* Fields of a line. */
enum
{
  FIELD_PREFIX,
  FIELD_SUM,
  FIELD_NUMBER,
  FIELD_COUNT,
  FIELD_TEXT,
  N_FIELDS,
};

static char *
dup_sum (const char *data, gsize size)
{
  char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, size);

  sum[SUM_LENGTH] = '\0';

  return sum;
}

static gboolean
is_printable (const char *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isprint (data[i]))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
fob_paper_parts_split (GBytes *file, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  GPtrArray *parts;
  g_autofree char *sum = NULL;
  gsize n_parts;

  while (size > 0 && (data[size - 1] == '\n' || data[size - 1] == '\r'))
    size--;
  n_parts = (size + PART_SIZE - 1) / PART_SIZE;
  if (n_parts == 0 || n_parts > PARTS_MAX || !is_printable (data, size))
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_EXPRESS,
                           _ ("This backup is too large for paper. Save it as a file."));
      return NULL;
    }

  parts = g_ptr_array_new_with_free_func (g_free);
  sum = dup_sum (data, size);
  for (gsize i = 0; i < n_parts; i++)
    {
      const gsize start = i * PART_SIZE;

      g_ptr_array_add (parts, g_strdup_printf (FOB_PAPER_PARTS_PREFIX "%s:%" G_GSIZE_FORMAT
                                                                      ":%" G_GSIZE_FORMAT ":%.*s",
                                               sum, i + 1, n_parts,
                                               (int) MIN (size - start, PART_SIZE), data + start));
    }

  return parts;
}

/* Joining */

typedef struct
{
  char *sum;
  GPtrArray *texts; /* of char, NULL where one is missing */
} Parts;

static void
parts_clear (Parts *parts)
{
  g_free (parts->sum);
  g_clear_pointer (&parts->texts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* Returns: FALSE if @line is a piece of another backup than those before. */
static gboolean
take_line (Parts *parts, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, ":", N_FIELDS);
  guint64 number;
  guint64 count;

  if (!g_str_has_prefix (line, FOB_PAPER_PARTS_PREFIX) || g_strv_length (fields) != N_FIELDS ||
      !g_ascii_string_to_unsigned (fields[FIELD_COUNT], 10, 1, PARTS_MAX, &count, NULL) ||
      !g_ascii_string_to_unsigned (fields[FIELD_NUMBER], 10, 1, count, &number, NULL))
    return TRUE;

  if (parts->texts == NULL)
    {
      parts->sum = g_strdup (fields[FIELD_SUM]);
      parts->texts = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_set_size (parts->texts, (int) count);
    }
  if (!g_str_equal (parts->sum, fields[FIELD_SUM]) || parts->texts->len != count)
    return FALSE;

  g_free (parts->texts->pdata[number - 1]);
  parts->texts->pdata[number - 1] = g_strdup (fields[FIELD_TEXT]);

  return TRUE;
}

static guint
count_missing (GPtrArray *texts)
{
  guint n_missing = 0;

  for (guint i = 0; i < texts->len; i++)
    n_missing += texts->pdata[i] == NULL ? 1 : 0;

  return n_missing;
}

static GBytes *
join_texts (Parts *parts, GError **error)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autofree char *sum = NULL;

  for (guint i = 0; i < parts->texts->len; i++)
    g_string_append (file, parts->texts->pdata[i]);
  sum = dup_sum (file->str, file->len);
  if (!g_str_equal (sum, parts->sum))
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT,
                           _ ("A code of this paper backup was not read right. Scan all of them "
                              "again."));
      return NULL;
    }

  return g_string_free_to_bytes (g_steal_pointer (&file));
}

GBytes *
fob_paper_parts_join (const char *text, GError **error)
{
  /* What is no text at all has no pieces either. */
  g_auto (GStrv) lines = g_strsplit_set (text != NULL ? text : "", "\r\n", -1);
  g_auto (Parts) parts = { NULL, NULL };
  guint n_missing;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (take_line (&parts, lines[i]))
        continue;
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT,
                           _ ("These are codes of several paper backups. Import one of them at a "
                              "time."));
      return NULL;
    }
  if (parts.texts == NULL)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }
  n_missing = count_missing (parts.texts);
  if (n_missing > 0)
    {
      g_set_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_INCOMPLETE,
                   ngettext ("%u of the %u codes of this paper backup is missing. Scan all of "
                             "them, and import what they say together.",
                             "%u of the %u codes of this paper backup are missing. Scan all of "
                             "them, and import what they say together.",
                             n_missing),
                   n_missing, parts.texts->len);
      return NULL;
    }

  return join_texts (&parts, error);
}

void
fob_paper_parts_count (const char *text, guint *n_met, guint *n_all)
{
  g_auto (GStrv) lines = g_strsplit_set (text != NULL ? text : "", "\r\n", -1);
  g_auto (Parts) parts = { NULL, NULL };

  for (guint i = 0; lines[i] != NULL; i++)
    take_line (&parts, lines[i]);
  *n_all = parts.texts != NULL ? parts.texts->len : 0;
  *n_met = parts.texts != NULL ? *n_all - count_missing (parts.texts) : 0;
}
