/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-camera-portal.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "fob-portal.h"

#define CAMERA_INTERFACE "org.freedesktop.portal.Camera"

/* @task: (transfer full) */
static void
return_failure (GTask *task, const char *message, const GError *cause)
{
  g_debug ("No camera: %s", cause != NULL ? cause->message : "no reason given");
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", message);
  g_object_unref (task);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), &fds, result, &error);
  gint32 index;
  int fd = -1;

  if (reply != NULL && fds != NULL)
    {
      g_variant_get (reply, "(h)", &index);
      fd = g_unix_fd_list_get (fds, index, &error);
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (fd < 0)
    return_failure (g_steal_pointer (&task),
                    _ ("The camera could not be opened. Plug it in again."), error);
  else
    g_task_return_int (task, fd);
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GDBusConnection *bus = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = fob_portal_request_finish (result, &error);

  if (answer != NULL)
    g_dbus_connection_call_with_unix_fd_list (bus, FOB_PORTAL_NAME, FOB_PORTAL_PATH,
                                              CAMERA_INTERFACE, "OpenPipeWireRemote",
                                              g_variant_new ("(a{sv})", NULL),
                                              G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1,
                                              NULL, cancellable, opened_cb, g_object_ref (task));
  else if (g_cancellable_is_cancelled (cancellable))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    return_failure (g_steal_pointer (&task),
                    _ ("Keyfob may not use the camera. Allow it in the system's settings."), error);
}

static void
present_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) present = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(v)", &present);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (present == NULL)
    return_failure (g_steal_pointer (&task),
                    _ ("This desktop has no way to the camera. Take a picture of the code and drop "
                       "it on the window."),
                    error);
  else if (!g_variant_is_of_type (present, G_VARIANT_TYPE_BOOLEAN) ||
           !g_variant_get_boolean (present))
    return_failure (g_steal_pointer (&task), _ ("There is no camera. Plug one in and try again."),
                    NULL);
  else
    fob_portal_request_async (CAMERA_INTERFACE, "AccessCamera", FALSE, NULL,
                              g_task_get_cancellable (task), allowed_cb, g_object_ref (task));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, bus, g_object_unref);
  g_dbus_connection_call (bus, FOB_PORTAL_NAME, FOB_PORTAL_PATH, "org.freedesktop.DBus.Properties",
                          "Get", g_variant_new ("(ss)", CAMERA_INTERFACE, "IsCameraPresent"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), present_cb, g_object_ref (task));
}

void
fob_camera_portal_open_async (GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, fob_camera_portal_open_async);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, task);
}

int
fob_camera_portal_open_finish (GAsyncResult *result, GError **error)
{
  return (int) g_task_propagate_int (G_TASK (result), error);
}
