/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-portal.h"

#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

/* What the portal answers (org.freedesktop.portal.Request::Response). */
#define RESPONSE_DONE      0
#define RESPONSE_CANCELLED 1

/* A request that waits for its answer. */
typedef struct
{
  char *interface;
  char *method;
  gboolean with_parent;
  GVariant *options;
  GDBusConnection *bus;
  char *path;
  guint response_id;
  GSource *cancel_source;
} Request;

static void
request_stop (Request *request)
{
  if (request->response_id != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->response_id);
  request->response_id = 0;
  if (request->cancel_source != NULL)
    g_source_destroy (request->cancel_source);
  g_clear_pointer (&request->cancel_source, g_source_unref);
}

static void
request_free (Request *request)
{
  request_stop (request);
  g_clear_pointer (&request->options, g_variant_unref);
  g_clear_object (&request->bus);
  g_free (request->path);
  g_free (request->interface);
  g_free (request->method);
  g_free (request);
}

/* Takes the reference to @task that waits for an answer. */
static void
return_error (GTask *task, GIOErrorEnum code, const char *detail)
{
  request_stop (g_task_get_task_data (task));
  g_task_return_new_error (task, G_IO_ERROR, (int) code, "%s", detail);
  g_object_unref (task);
}

static void
response_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  GTask *task = user_data;
  GVariant *results = NULL;
  guint32 response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    {
      return_error (task, G_IO_ERROR_FAILED, "The portal's answer is none");
      return;
    }
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == RESPONSE_DONE)
    {
      request_stop (g_task_get_task_data (task));
      g_task_return_pointer (task, results, (GDestroyNotify) g_variant_unref);
      g_object_unref (task);
      return;
    }
  g_variant_unref (results);
  if (response == RESPONSE_CANCELLED)
    return_error (task, G_IO_ERROR_CANCELLED, "Somebody said no");
  else
    return_error (task, G_IO_ERROR_FAILED, "The portal said no");
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);

  /* The question goes from the screen. */
  g_dbus_connection_call (request->bus, FOB_PORTAL_NAME, request->path, REQUEST_INTERFACE, "Close",
                          NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  return_error (task, G_IO_ERROR_CANCELLED, "Withdrawn");

  return G_SOURCE_REMOVE;
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* The answer may have come before. */
  if (reply == NULL && request->response_id != 0)
    return_error (task, G_IO_ERROR_FAILED, error->message);
}

static GVariant *
create_arguments (Request *request, const char *token)
{
  GVariantDict options;

  g_variant_dict_init (&options, request->options);
  g_variant_dict_insert (&options, "handle_token", "s", token);
  if (request->with_parent)
    return g_variant_new ("(s@a{sv})", "", g_variant_dict_end (&options));

  return g_variant_new ("(@a{sv})", g_variant_dict_end (&options));
}

/* Listens first: an answer may come before the call returns. Takes the reference to @task. */
static void
call_portal (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *token = g_strdup_printf ("keyfob%u", g_random_int ());
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (request->bus) + 1);

  request->path =
    g_strdup_printf (FOB_PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
  request->response_id =
    g_dbus_connection_signal_subscribe (request->bus, FOB_PORTAL_NAME, REQUEST_INTERFACE,
                                        "Response", request->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                        response_cb, task, NULL);
  if (cancellable != NULL)
    {
      request->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancel_source, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (request->cancel_source, g_task_get_context (task));
    }
  g_dbus_connection_call (request->bus, FOB_PORTAL_NAME, FOB_PORTAL_PATH, request->interface,
                          request->method, create_arguments (request, token),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb,
                          g_object_ref (task));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  request->bus = g_bus_get_finish (result, &error);
  if (request->bus == NULL)
    return_error (task, G_IO_ERROR_FAILED, error->message);
  else
    call_portal (task);
}

void
fob_portal_request_async (const char *interface,
                          const char *method,
                          gboolean with_parent,
                          GVariant *options,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->interface = g_strdup (interface);
  request->method = g_strdup (method);
  request->with_parent = with_parent;
  request->options = options != NULL ? g_variant_ref_sink (options) : NULL;
  g_task_set_source_tag (task, fob_portal_request_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, task);
}

GVariant *
fob_portal_request_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
