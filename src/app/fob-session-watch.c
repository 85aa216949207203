/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-session-watch.h"

#include <unistd.h>

#include <gio/gio.h>
#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

#define LOGIND_NAME    "org.freedesktop.login1"
#define LOGIND_PATH    "/org/freedesktop/login1"
#define LOGIND_MANAGER "org.freedesktop.login1.Manager"
#define LOGIND_SESSION "org.freedesktop.login1.Session"

/* What a worker needs to wipe its keys; logind waits for five seconds. */
#define WIPE_MILLISECONDS 300

struct _FobSessionWatch
{
  GObject parent_instance;

  GCancellable *cancellable;
  GDBusConnection *session_bus;
  GDBusConnection *system_bus;
  GArray *session_ids; /* of guint: what is listened to */
  GArray *system_ids;

  gboolean delays_sleep;
  int inhibitor;       /* a file that holds up sleep while it is open; -1 for none */
  gboolean inhibiting; /* one was asked for */
  guint release_id;
};

enum
{
  SIGNAL_LOCKED,
  SIGNAL_UNLOCKED,
  SIGNAL_SLEEP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobSessionWatch, fob_session_watch, G_TYPE_OBJECT)

/* Sleep */

static void
fob_session_watch_release (FobSessionWatch *self)
{
  g_clear_handle_id (&self->release_id, g_source_remove);
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
fob_session_watch_inhibited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobSessionWatch) self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds,
                                                            result, &error);
  self->inhibiting = FALSE;
  if (answer == NULL || fds == NULL || g_unix_fd_list_get_length (fds) == 0)
    {
      g_debug ("Sleep is not held up: %s", error != NULL ? error->message : "no file");
      return;
    }
  fob_session_watch_release (self);
  self->inhibitor = g_unix_fd_list_get (fds, 0, NULL);
  if (!self->delays_sleep || g_cancellable_is_cancelled (self->cancellable))
    fob_session_watch_release (self);
}

static void
fob_session_watch_inhibit (FobSessionWatch *self)
{
  if (self->system_bus == NULL || !self->delays_sleep || self->inhibitor >= 0 || self->inhibiting)
    return;

  self->inhibiting = TRUE;
  g_dbus_connection_call_with_unix_fd_list (
    self->system_bus, LOGIND_NAME, LOGIND_PATH, LOGIND_MANAGER, "Inhibit",
    g_variant_new ("(ssss)", "sleep", "Keyfob",
                   _ ("Accounts are locked before the computer sleeps"), "delay"),
    G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable,
    fob_session_watch_inhibited_cb, g_object_ref (self));
}

static gboolean
fob_session_watch_release_cb (gpointer user_data)
{
  FobSessionWatch *self = user_data;

  self->release_id = 0;
  fob_session_watch_release (self);

  return G_SOURCE_REMOVE;
}

static void
fob_session_watch_sleep_cb (GDBusConnection *bus,
                            const char *sender,
                            const char *path,
                            const char *interface,
                            const char *signal,
                            GVariant *parameters,
                            gpointer user_data)
{
  FobSessionWatch *self = user_data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (!begins)
    {
      fob_session_watch_inhibit (self);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_SLEEP], 0);
  if (self->release_id == 0)
    self->release_id = g_timeout_add (WIPE_MILLISECONDS, fob_session_watch_release_cb, self);
}

/* The screen */

static void
fob_session_watch_screen_cb (GDBusConnection *bus,
                             const char *sender,
                             const char *path,
                             const char *interface,
                             const char *signal,
                             GVariant *parameters,
                             gpointer user_data)
{
  gboolean active;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &active);
  g_signal_emit (user_data, signals[active ? SIGNAL_LOCKED : SIGNAL_UNLOCKED], 0);
}

static void
fob_session_watch_session_cb (GDBusConnection *bus,
                              const char *sender,
                              const char *path,
                              const char *interface,
                              const char *signal,
                              GVariant *parameters,
                              gpointer user_data)
{
  g_signal_emit (user_data, signals[g_str_equal (signal, "Lock") ? SIGNAL_LOCKED : SIGNAL_UNLOCKED],
                 0);
}

static void
listen (GDBusConnection *bus,
        GArray *ids,
        const char *name,
        const char *interface,
        const char *signal,
        const char *path,
        GDBusSignalCallback callback,
        FobSessionWatch *self)
{
  const guint id = g_dbus_connection_signal_subscribe (
    bus, name, interface, signal, path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, callback, self, NULL);

  g_array_append_val (ids, id);
}

static void
fob_session_watch_found_session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobSessionWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *path;

  if (answer == NULL)
    {
      g_debug ("The session is not known to logind: %s", error->message);
      return;
    }
  g_variant_get (answer, "(&o)", &path);
  listen (self->system_bus, self->system_ids, LOGIND_NAME, LOGIND_SESSION, "Lock", path,
          fob_session_watch_session_cb, self);
  listen (self->system_bus, self->system_ids, LOGIND_NAME, LOGIND_SESSION, "Unlock", path,
          fob_session_watch_session_cb, self);
}

/* Buses */

static void
fob_session_watch_find_session (FobSessionWatch *self)
{
  const char *id = g_getenv ("XDG_SESSION_ID");
  GVariant *parameters =
    id != NULL ? g_variant_new ("(s)", id) : g_variant_new ("(u)", (guint32) getpid ());

  g_dbus_connection_call (self->system_bus, LOGIND_NAME, LOGIND_PATH, LOGIND_MANAGER,
                          id != NULL ? "GetSession" : "GetSessionByPID", parameters,
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          self->cancellable, fob_session_watch_found_session_cb,
                          g_object_ref (self));
}

static void
fob_session_watch_got_system_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobSessionWatch) self = user_data;
  g_autoptr (GError) error = NULL;

  self->system_bus = g_bus_get_finish (result, &error);
  if (self->system_bus == NULL)
    {
      g_debug ("There is no system bus: %s", error->message);
      return;
    }
  listen (self->system_bus, self->system_ids, LOGIND_NAME, LOGIND_MANAGER, "PrepareForSleep",
          LOGIND_PATH, fob_session_watch_sleep_cb, self);
  fob_session_watch_find_session (self);
  fob_session_watch_inhibit (self);
}

static void
fob_session_watch_got_session_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* Desktops differ in the path and the name, not in what they say. */
  static const char *const interfaces[] = { "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver",
                                            "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
                                            "org.xfce.ScreenSaver" };
  g_autoptr (FobSessionWatch) self = user_data;
  g_autoptr (GError) error = NULL;

  self->session_bus = g_bus_get_finish (result, &error);
  if (self->session_bus == NULL)
    {
      g_debug ("There is no session bus: %s", error->message);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (interfaces); i++)
    listen (self->session_bus, self->session_ids, interfaces[i], interfaces[i], "ActiveChanged",
            NULL, fob_session_watch_screen_cb, self);
}

/* Life */

static void
fob_session_watch_dispose (GObject *object)
{
  FobSessionWatch *self = FOB_SESSION_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->session_ids->len; i++)
    g_dbus_connection_signal_unsubscribe (self->session_bus,
                                          g_array_index (self->session_ids, guint, i));
  for (guint i = 0; i < self->system_ids->len; i++)
    g_dbus_connection_signal_unsubscribe (self->system_bus,
                                          g_array_index (self->system_ids, guint, i));
  g_array_set_size (self->session_ids, 0);
  g_array_set_size (self->system_ids, 0);
  fob_session_watch_release (self);

  G_OBJECT_CLASS (fob_session_watch_parent_class)->dispose (object);
}

static void
fob_session_watch_finalize (GObject *object)
{
  FobSessionWatch *self = FOB_SESSION_WATCH (object);

  g_clear_pointer (&self->session_ids, g_array_unref);
  g_clear_pointer (&self->system_ids, g_array_unref);
  g_clear_object (&self->session_bus);
  g_clear_object (&self->system_bus);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (fob_session_watch_parent_class)->finalize (object);
}

static void
fob_session_watch_class_init (FobSessionWatchClass *klass)
{
  static const char *const names[N_SIGNALS] = { "locked", "unlocked", "sleep" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fob_session_watch_dispose;
  object_class->finalize = fob_session_watch_finalize;

  for (gsize i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_session_watch_init (FobSessionWatch *self)
{
  self->inhibitor = -1;
  self->cancellable = g_cancellable_new ();
  self->session_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->system_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, fob_session_watch_got_session_bus_cb,
             g_object_ref (self));
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, fob_session_watch_got_system_bus_cb,
             g_object_ref (self));
}

FobSessionWatch *
fob_session_watch_new (void)
{
  return g_object_new (FOB_TYPE_SESSION_WATCH, NULL);
}

void
fob_session_watch_set_delays_sleep (FobSessionWatch *self, gboolean delays)
{
  g_return_if_fail (FOB_IS_SESSION_WATCH (self));

  self->delays_sleep = delays;
  if (delays)
    fob_session_watch_inhibit (self);
  else
    fob_session_watch_release (self);
}
