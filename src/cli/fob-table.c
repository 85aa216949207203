/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fob-display-text.h"
#include "fob-text-width.h"
#include "fob-wipe.h"

#define BOLD  "\033[1m"
#define RESET "\033[0m"
#define GAP   2

struct _FobTable
{
  GPtrArray *headings; /* of char * */
  GPtrArray *cells;    /* of char *, row after row */
};

FobTable *
fob_table_new (const char *const *headings)
{
  FobTable *self = g_new0 (FobTable, 1);

  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);
  for (gsize i = 0; headings[i] != NULL; i++)
    g_ptr_array_add (self->headings, g_strdup (headings[i]));

  return self;
}

void
fob_table_free (FobTable *self)
{
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self);
}

void
fob_table_add (FobTable *self, const char *cell)
{
  g_ptr_array_add (self->cells, fob_display_text (cell));
}

gboolean
fob_table_has_colours (void)
{
  const char *no_colour = g_getenv ("NO_COLOR");
  const char *terminal = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') &&
         g_strcmp0 (terminal, "dumb") != 0;
}

static void
print_padded (const char *text, gsize width)
{
  fputs (text, stdout);
  for (gsize i = fob_text_width (text); i < width; i++)
    fputc (' ', stdout);
}

static gsize *
measure (FobTable *self)
{
  const guint n_columns = self->headings->len;
  gsize *widths = g_new0 (gsize, n_columns);

  for (guint i = 0; i < n_columns; i++)
    widths[i] = fob_text_width (self->headings->pdata[i]);
  for (guint i = 0; i < self->cells->len; i++)
    widths[i % n_columns] = MAX (widths[i % n_columns], fob_text_width (self->cells->pdata[i]));

  return widths;
}

static void
print_aligned (FobTable *self)
{
  const guint n_columns = self->headings->len;
  const gboolean colours = fob_table_has_colours ();
  g_autofree gsize *widths = measure (self);

  fputs (colours ? BOLD : "", stdout);
  for (guint i = 0; i < n_columns; i++)
    print_padded (self->headings->pdata[i], i + 1 < n_columns ? widths[i] + GAP : 0);
  fputs (colours ? RESET "\n" : "\n", stdout);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const gboolean is_last = i % n_columns + 1 == n_columns;

      print_padded (self->cells->pdata[i], is_last ? 0 : widths[i % n_columns] + GAP);
      if (is_last)
        fputc ('\n', stdout);
    }
}

static void
print_plain (FobTable *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      fputs (self->cells->pdata[i], stdout);
      fputc (i % self->headings->len + 1 == self->headings->len ? '\n' : '\t', stdout);
    }
}

gboolean
fob_table_print (FobTable *self)
{
  if (self->headings->len == 0 || self->cells->len == 0)
    return TRUE;
  if (isatty (STDOUT_FILENO))
    print_aligned (self);
  else
    print_plain (self);

  return fflush (stdout) == 0;
}
