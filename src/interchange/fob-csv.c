/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-csv.h"

#include <string.h>

#include "fob-wipe.h"

struct _FobCsv
{
  char *text; /* the cells, each NUL-terminated */
  gsize size;
  GPtrArray *cells; /* of char *, borrowed from the text, row after row */
  GArray *starts;   /* of guint: the first cell of each row, the header's first, and the end */
};

/* Reads a cell in place. @cursor: moved to what ends it. Returns: where it starts. */
static char *
read_cell (char **cursor, char separator)
{
  char *in = *cursor;
  char *out = in;
  char *start = in;
  const char ends[] = { separator, '\r', '\n', '\0' };

  if (*in != '"')
    {
      *cursor = in + strcspn (in, ends);
      return start;
    }

  in++;
  while (*in != '\0' && (*in != '"' || in[1] == '"'))
    {
      if (*in == '"')
        in++;
      *out++ = *in++;
    }
  /* What stands behind the quote does not belong there. */
  in += strcspn (in, ends);
  *cursor = in;
  if (out < in)
    *out = '\0';

  return start;
}

static void
read_row (FobCsv *self, char **cursor, char separator)
{
  const guint start = self->cells->len;

  g_array_append_val (self->starts, start);
  for (;;)
    {
      char *cell = read_cell (cursor, separator);
      const char end = **cursor;

      **cursor = '\0';
      g_ptr_array_add (self->cells, cell);
      if (end == '\0')
        return;
      (*cursor)++;
      if (end == separator)
        continue;
      if (end == '\r' && **cursor == '\n')
        (*cursor)++;
      return;
    }
}

static char
choose_separator (const char *text)
{
  const gsize length = strcspn (text, "\r\n");

  return memchr (text, ',', length) == NULL && memchr (text, ';', length) != NULL ? ';' : ',';
}

FobCsv *
fob_csv_parse (const char *text)
{
  const char separator = choose_separator (text);
  g_autoptr (FobCsv) self = g_new0 (FobCsv, 1);
  const char *end;
  char *cursor;
  guint n_cells;

  self->size = strlen (text);
  self->text = g_strdup (text);
  self->cells = g_ptr_array_new ();
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  cursor = self->text;
  end = self->text + self->size;
  while (cursor < end)
    read_row (self, &cursor, separator);
  if (self->starts->len < 2)
    return NULL;
  n_cells = self->cells->len;
  g_array_append_val (self->starts, n_cells);

  return g_steal_pointer (&self);
}

void
fob_csv_free (FobCsv *self)
{
  fob_wipe (self->text, self->size);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
  g_free (self);
}

guint
fob_csv_get_n_rows (FobCsv *self)
{
  return self->starts->len - 2;
}

static guint
count_cells (FobCsv *self, guint line)
{
  return g_array_index (self->starts, guint, line + 1) - g_array_index (self->starts, guint, line);
}

guint
fob_csv_get_n_columns (FobCsv *self)
{
  return count_cells (self, 0);
}

guint
fob_csv_get_n_cells (FobCsv *self, guint row)
{
  g_return_val_if_fail (row < fob_csv_get_n_rows (self), 0);

  return count_cells (self, row + 1);
}

const char *
fob_csv_get (FobCsv *self, guint row, int column)
{
  g_return_val_if_fail (row < fob_csv_get_n_rows (self), "");

  if (column < 0 || (guint) column >= count_cells (self, row + 1))
    return "";

  return self->cells->pdata[g_array_index (self->starts, guint, row + 1) + (guint) column];
}

int
fob_csv_find (FobCsv *self, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      for (guint column = 0; column < fob_csv_get_n_columns (self); column++)
        {
          if (g_ascii_strcasecmp (self->cells->pdata[column], names[i]) == 0)
            return (int) column;
        }
    }

  return -1;
}

char *
fob_csv_format_row (const char *const *cells)
{
  gsize size = 1;
  char *row;
  char *out;

  for (gsize i = 0; cells[i] != NULL; i++)
    size += 2 * strlen (cells[i]) + strlen ("\"\",");
  out = row = g_malloc (size);
  for (gsize i = 0; cells[i] != NULL; i++)
    {
      if (i > 0)
        *out++ = ',';
      *out++ = '"';
      for (const char *in = cells[i]; *in != '\0'; in++)
        {
          if (*in == '"')
            *out++ = '"';
          *out++ = *in;
        }
      *out++ = '"';
    }
  *out = '\0';

  return row;
}
