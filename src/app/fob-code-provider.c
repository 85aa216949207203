/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-code-provider.h"

#include <string.h>

#include "fob-wipe.h"

#define HINT_MIME_TYPE "x-kde-passwordManagerHint"
#define HINT           "secret"

struct _FobCodeProvider
{
  GdkContentProvider parent_instance;

  FobOtp *otp;     /* (nullable): NULL when expired, or when it is a text */
  FobSecret *text; /* (nullable): likewise */
  gint64 time;
  FobClock *clock; /* of the token */
};

G_DEFINE_FINAL_TYPE (FobCodeProvider, fob_code_provider, GDK_TYPE_CONTENT_PROVIDER)

/* What one paste gets. */
typedef struct
{
  gsize size;
  char text[];
} Paste;

static void
paste_free (Paste *paste)
{
  fob_wipe (paste->text, paste->size);
  g_free (paste);
}

static void
fob_code_provider_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Returns: (transfer full): with room for @size bytes. */
static Paste *
paste_new (const char *text, gsize size)
{
  Paste *paste = g_malloc0 (sizeof (Paste) + size);

  paste->size = size;
  memcpy (paste->text, text, size);

  return paste;
}

/* Returns: (transfer full) (nullable): what somebody gets who pastes now. */
static Paste *
fob_code_provider_create_paste (FobCodeProvider *self, const char *mime_type, GError **error)
{
  char code[FOB_OTP_CODE_SIZE] = "";
  Paste *paste = NULL;

  if (g_str_equal (mime_type, HINT_MIME_TYPE))
    return paste_new (HINT, strlen (HINT));
  if (self->text != NULL)
    return paste_new (fob_secret_get_data (self->text, NULL), fob_secret_get_size (self->text));

  if (self->otp == NULL ||
      fob_otp_code (self->otp, MAX (self->time, fob_clock_get_time (self->clock)), code, error))
    paste = paste_new (code, strlen (code));
  fob_wipe (code, sizeof code);

  return paste;
}

static GdkContentFormats *
fob_code_provider_ref_formats (GdkContentProvider *provider)
{
  static const char *const mime_types[] = { "text/plain;charset=utf-8", "text/plain",
                                            HINT_MIME_TYPE };

  return gdk_content_formats_new ((const char **) mime_types, G_N_ELEMENTS (mime_types));
}

static void
fob_code_provider_write_mime_type_async (GdkContentProvider *provider,
                                         const char *mime_type,
                                         GOutputStream *stream,
                                         int io_priority,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  FobCodeProvider *self = FOB_CODE_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  Paste *paste = fob_code_provider_create_paste (self, mime_type, &error);

  g_task_set_source_tag (task, fob_code_provider_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  if (paste == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, paste, (GDestroyNotify) paste_free);
  /* The text lives in the task, which the callback holds. */
  g_output_stream_write_all_async (stream, paste->text, paste->size, io_priority, cancellable,
                                   fob_code_provider_written_cb, g_steal_pointer (&task));
}

static gboolean
fob_code_provider_write_mime_type_finish (GdkContentProvider *provider,
                                          GAsyncResult *result,
                                          GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fob_code_provider_finalize (GObject *object)
{
  FobCodeProvider *self = FOB_CODE_PROVIDER (object);

  fob_code_provider_expire (self);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fob_code_provider_parent_class)->finalize (object);
}

static void
fob_code_provider_class_init (FobCodeProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  object_class->finalize = fob_code_provider_finalize;

  provider_class->ref_formats = fob_code_provider_ref_formats;
  provider_class->write_mime_type_async = fob_code_provider_write_mime_type_async;
  provider_class->write_mime_type_finish = fob_code_provider_write_mime_type_finish;
}

static void
fob_code_provider_init (FobCodeProvider *self)
{
}

GdkContentProvider *
fob_code_provider_new (FobOtp *otp, gint64 time, FobClock *clock)
{
  FobCodeProvider *self = g_object_new (FOB_TYPE_CODE_PROVIDER, NULL);

  self->otp = fob_otp_ref (otp);
  self->time = time;
  self->clock = g_object_ref (clock);

  return GDK_CONTENT_PROVIDER (self);
}

GdkContentProvider *
fob_code_provider_new_text (FobSecret *text)
{
  FobCodeProvider *self = g_object_new (FOB_TYPE_CODE_PROVIDER, NULL);

  self->text = fob_secret_ref (text);

  return GDK_CONTENT_PROVIDER (self);
}

void
fob_code_provider_expire (FobCodeProvider *self)
{
  g_return_if_fail (FOB_IS_CODE_PROVIDER (self));

  g_clear_pointer (&self->otp, fob_otp_unref);
  g_clear_pointer (&self->text, fob_secret_unref);
}
