/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-screenshot.h"

#include <glib/gi18n-lib.h>

#include "fob-file-read.h"
#include "fob-portal.h"
#include "fob-qr-reader.h"

/* @task: (transfer full) */
static void
return_failure (GTask *task, const char *detail)
{
  g_debug ("No screenshot: %s", detail);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _ ("This desktop gave no picture of the screen. Take a screenshot "
                              "yourself, copy it and paste it here."));
  g_object_unref (task);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_uri (task_data);
  g_autoptr (GError) error = NULL;
  GBytes *image = fob_file_read (file, FOB_QR_READER_BYTES_MAX, NULL, &error);

  /* There are secrets in it, and it is ours now. */
  if (!g_file_delete (file, NULL, NULL))
    g_debug ("The screenshot stays");
  if (image != NULL)
    g_task_return_pointer (task, image, (GDestroyNotify) g_bytes_unref);
  else
    return_failure (g_object_ref (task), error->message);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) results = fob_portal_request_finish (result, &error);
  const char *uri = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (results == NULL)
    return_failure (g_steal_pointer (&task), error->message);
  else if (!g_variant_lookup (results, "uri", "&s", &uri))
    return_failure (g_steal_pointer (&task), "the portal names no file");
  else
    {
      g_task_set_task_data (task, g_strdup (uri), g_free);
      /* Also when it is cancelled now: the file is to be deleted in any case. */
      g_task_run_in_thread (task, read_in_thread);
    }
}

void
fob_screenshot_take_async (GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GVariantDict options;

  g_task_set_source_tag (task, fob_screenshot_take_async);
  g_variant_dict_init (&options, NULL);
  /* So that a part of the screen can be chosen, and nothing is taken unseen. */
  g_variant_dict_insert (&options, "interactive", "b", TRUE);
  fob_portal_request_async ("org.freedesktop.portal.Screenshot", "Screenshot", TRUE,
                            g_variant_dict_end (&options), cancellable, answered_cb, task);
}

GBytes *
fob_screenshot_take_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
