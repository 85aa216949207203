/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-code-writer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-wipe.h"

void
fob_code_writer_init (FobCodeWriter *self, int fd)
{
  self->fd = fd;
  self->used = 0;
}

gboolean
fob_code_writer_add (FobCodeWriter *self, const char *code, GError **error)
{
  gsize length = strlen (code);

  if (length + 1 > sizeof self->buffer - self->used && !fob_code_writer_flush (self, error))
    return FALSE;

  memcpy (self->buffer + self->used, code, length);
  self->used += length;
  self->buffer[self->used++] = '\n';
  return TRUE;
}

gboolean
fob_code_writer_flush (FobCodeWriter *self, GError **error)
{
  gsize written = 0;
  int code = 0;

  while (written < self->used && code == 0)
    {
      gssize n_written = write (self->fd, self->buffer + written, self->used - written);

      if (n_written >= 0)
        written += (gsize) n_written;
      else if (errno != EINTR)
        code = errno;
    }

  fob_wipe (self->buffer, self->used);
  self->used = 0;

  if (code == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("The output could not be written: %s."), g_strerror (code));
  return FALSE;
}
