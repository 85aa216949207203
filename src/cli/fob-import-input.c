/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob"

#include "config.h"

#include "fob-import-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fob-qr-reader.h"
#include "fob-wipe.h"

#define FIRST_SIZE ((gsize) 64 * 1024)

/* Growing leaves nothing behind, as realloc () would. */
static guint8 *
grow (guint8 *data, gsize used, gsize size)
{
  guint8 *larger = g_malloc (size);

  if (used > 0)
    memcpy (larger, data, used);
  if (data != NULL)
    fob_wipe (data, used);
  g_free (data);

  return larger;
}

static GBytes *
read_descriptor (int fd, GError **error)
{
  guint8 *data = NULL;
  gsize size = 0;
  gsize used = 0;
  ssize_t n_read = 1;

  while (n_read > 0 && used <= FOB_DOCUMENT_SIZE_MAX)
    {
      if (used == size)
        {
          size = MAX (size * 2, FIRST_SIZE);
          data = grow (data, used, size);
        }
      do
        n_read = read (fd, data + used, size - used);
      while (n_read < 0 && errno == EINTR);
      if (n_read > 0)
        used += (gsize) n_read;
    }
  if (n_read >= 0)
    return fob_wipe_bytes_new_take (data, used);

  g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno),
                       g_strerror (errno));
  fob_wipe (data, used);
  g_free (data);

  return NULL;
}

static GBytes *
read_input (const char *name, GError **error)
{
  const gboolean is_standard = g_str_equal (name, "-");
  const int fd = is_standard ? STDIN_FILENO : g_open (name, O_RDONLY | O_CLOEXEC, 0);
  GBytes *bytes;

  if (fd < 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno),
                           g_strerror (errno));
      return NULL;
    }
  bytes = read_descriptor (fd, error);
  if (!is_standard)
    close (fd);

  return bytes;
}

/* An image stands for what the QR codes in it say. */
static gboolean
read_image (FobImportInput *self, GError **error)
{
  GBytes *lines;

  if (!fob_qr_reader_probe (self->bytes))
    return TRUE;
  lines = fob_qr_reader_read_lines (self->bytes, NULL, error);
  if (lines == NULL)
    return FALSE;
  g_bytes_unref (self->bytes);
  self->bytes = lines;

  return TRUE;
}

static gboolean
recognise (FobImportInput *self, GError **error)
{
  g_autoptr (FobDocument) document = fob_document_new (self->bytes, error);

  if (document == NULL)
    return FALSE;
  self->format = fob_format_recognise (document, error);

  return self->format != NULL;
}

FobImportInput *
fob_import_input_read (const char *name, const FobFormat *format, GError **error)
{
  FobImportInput *self = g_new0 (FobImportInput, 1);

  self->name = g_strdup (name);
  self->format = format;
  self->bytes = read_input (name, error);
  if (self->bytes == NULL || !read_image (self, error) ||
      (self->format == NULL && !recognise (self, error)))
    {
      fob_import_input_free (self);
      return NULL;
    }

  return self;
}

void
fob_import_input_free (FobImportInput *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

gboolean
fob_import_input_append (FobImportInput *self, FobImportInput *part)
{
  GBytes *both;

  if (self->format != part->format || self->format->count_parts == NULL)
    return FALSE;
  both = fob_format_join_parts (self->bytes, part->bytes);
  g_bytes_unref (self->bytes);
  self->bytes = both;

  return TRUE;
}
