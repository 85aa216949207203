/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-import-source.h"

#include <glib/gi18n-lib.h>

#include "fob-qr-reader.h"
#include "fob-wipe.h"

struct _FobImportSource
{
  gatomicrefcount ref_count;

  char *name;
  GFile *file;
  GBytes *bytes;
  const FobFormat *format;
  FobImport *import;
};

/* What a worker reads from and into. */
typedef struct
{
  GFile *file;
  GBytes *bytes;
  FobSecret *passphrase;
  const FobFormat *format;
  FobImport *import;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->file);
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_clear_pointer (&work->passphrase, fob_secret_unref);
  g_clear_pointer (&work->import, fob_import_unref);
  g_free (work);
}

FobImportSource *
fob_import_source_new (const char *name, GBytes *bytes, GFile *file)
{
  FobImportSource *self = g_new0 (FobImportSource, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_set_object (&self->file, file);

  return self;
}

FobImportSource *
fob_import_source_new_joined (FobImportSource *one, FobImportSource *other)
{
  g_autoptr (GBytes) both = NULL;
  FobImportSource *self;

  if (one->format == NULL || one->format != other->format || one->format->count_parts == NULL ||
      one->bytes == NULL || other->bytes == NULL)
    return NULL;

  both = fob_format_join_parts (one->bytes, other->bytes);
  self = fob_import_source_new (one->name, both, NULL);
  self->format = one->format;

  return self;
}

FobImportSource *
fob_import_source_ref (FobImportSource *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_import_source_unref (FobImportSource *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->import, fob_import_unref);
  g_free (self);
}

const char *
fob_import_source_get_name (FobImportSource *self)
{
  return self->name;
}

GBytes *
fob_import_source_get_bytes (FobImportSource *self)
{
  return self->bytes;
}

const FobFormat *
fob_import_source_get_format (FobImportSource *self)
{
  return self->format;
}

FobImport *
fob_import_source_get_import (FobImportSource *self)
{
  return self->import;
}

/* One piece of memory from the start: growing would leave copies behind that nobody wipes. */
static GBytes *
read_stream (GFile *file, goffset size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  guint8 *data;
  gsize n_read = 0;

  if (stream == NULL)
    return NULL;
  data = g_malloc ((gsize) size + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, (gsize) size, &n_read, cancellable,
                                error))
    {
      fob_wipe (data, (gsize) size);
      g_free (data);
      return NULL;
    }

  return fob_wipe_bytes_new_take (data, n_read);
}

static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                       G_FILE_QUERY_INFO_NONE, cancellable, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_UNKNOWN,
                           _ ("This is no file. Choose a backup or an export of an "
                              "authenticator."));
      return NULL;
    }
  if (g_file_info_get_size (info) > FOB_DOCUMENT_SIZE_MAX)
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_LIMITS,
                           _ ("This file is too large to be a list of accounts."));
      return NULL;
    }

  return read_stream (file, g_file_info_get_size (info), cancellable, error);
}

/* An image stands for what the QR codes in it say. */
static gboolean
read_image (Work *work, GCancellable *cancellable, GError **error)
{
  GBytes *lines;

  if (!fob_qr_reader_probe (work->bytes))
    return TRUE;
  lines = fob_qr_reader_read_lines (work->bytes, cancellable, error);
  if (lines == NULL)
    return FALSE;
  g_bytes_unref (work->bytes);
  work->bytes = lines;

  return TRUE;
}

static gboolean
recognise (Work *work, GError **error)
{
  g_autoptr (FobDocument) document = fob_document_new (work->bytes, error);

  if (document == NULL)
    return FALSE;
  work->format = fob_format_recognise (document, error);

  return work->format != NULL;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (GError) error = NULL;

  if (work->bytes == NULL)
    work->bytes = read_file (work->file, cancellable, &error);
  if (work->bytes != NULL && read_image (work, cancellable, &error) &&
      (work->format != NULL || recognise (work, &error)))
    work->import =
      fob_format_import (work->bytes, work->format, work->passphrase, cancellable, &error);

  if (work->import != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
fob_import_source_read_async (FobImportSource *self,
                              FobSecret *passphrase,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  g_task_set_source_tag (task, fob_import_source_read_async);
  g_set_object (&work->file, self->file);
  work->bytes = self->bytes != NULL ? g_bytes_ref (self->bytes) : NULL;
  work->passphrase = passphrase != NULL ? fob_secret_ref (passphrase) : NULL;
  work->format = self->format;
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, read_in_thread);
}

gboolean
fob_import_source_read_finish (FobImportSource *self, GAsyncResult *result, GError **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));
  const gboolean done = g_task_propagate_boolean (G_TASK (result), error);

  /* A cancelled one may still be at work in its thread. */
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      if (self->bytes == NULL && work->bytes != NULL)
        self->bytes = g_bytes_ref (work->bytes);
      self->format = work->format;
      if (work->import != NULL)
        {
          g_clear_pointer (&self->import, fob_import_unref);
          self->import = fob_import_ref (work->import);
        }
    }

  return done;
}
