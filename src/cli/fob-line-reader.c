/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-line-reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-wipe.h"

/* Read at once, at least. */
#define CHUNK_SIZE 65536

struct _FobLineReader
{
  int fd;
  gsize max_length;
  guint64 number;
  gboolean at_end;
  gboolean skipping; /* the rest of a line that is too long */

  char *buffer;
  gsize size;
  gsize start; /* of what has not been handed out */
  gsize end;
};

FobLineReader *
fob_line_reader_new (int fd, gsize max_length)
{
  FobLineReader *self = g_new0 (FobLineReader, 1);

  self->fd = fd;
  self->max_length = max_length;
  self->size = max_length + CHUNK_SIZE;
  self->buffer = g_malloc (self->size);

  return self;
}

void
fob_line_reader_free (FobLineReader *self)
{
  fob_wipe (self->buffer, self->size);
  g_free (self->buffer);
  g_free (self);
}

/* Makes room behind what is still to be handed out, and fills it. */
static gboolean
fill (FobLineReader *self, GError **error)
{
  gssize n_read = 0;

  memmove (self->buffer, self->buffer + self->start, self->end - self->start);
  self->end -= self->start;
  self->start = 0;

  do
    n_read = read (self->fd, self->buffer + self->end, self->size - self->end);
  while (n_read < 0 && errno == EINTR);

  if (n_read < 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("The input could not be read: %s."), g_strerror (code));
      return FALSE;
    }

  self->at_end = n_read == 0;
  self->end += (gsize) n_read;
  return TRUE;
}

static char *
find_line_break (FobLineReader *self)
{
  return memchr (self->buffer + self->start, '\n', self->end - self->start);
}

gboolean
fob_line_reader_next (FobLineReader *self, const char **line, gsize *length, GError **error)
{
  char *line_break = NULL;

  for (;;)
    {
      gsize pending = self->end - self->start;

      line_break = find_line_break (self);
      if (line_break != NULL || (self->at_end && (pending > 0 || self->skipping)))
        break;
      if (self->at_end)
        return FALSE;

      if (pending > self->max_length)
        {
          self->skipping = TRUE;
          self->start = self->end;
        }
      if (!fill (self, error))
        return FALSE;
    }

  *line = self->buffer + self->start;
  *length = (line_break != NULL ? line_break : self->buffer + self->end) - *line;
  self->start += *length + (line_break != NULL);

  if (self->skipping || *length > self->max_length)
    *line = NULL;
  self->skipping = FALSE;
  self->number++;
  return TRUE;
}

guint64
fob_line_reader_get_number (FobLineReader *self)
{
  return self->number;
}

gboolean
fob_line_reader_is_ready (FobLineReader *self)
{
  return find_line_break (self) != NULL;
}
