/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-idle-watch.h"

#include <gtk/gtk.h>

struct _FobIdleWatch
{
  GObject parent_instance;

  GListModel *windows; /* all of the program's */
  guint seconds;
  gint64 last_input; /* monotonic time */
  guint timer_id;
};

enum
{
  SIGNAL_IDLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobIdleWatch, fob_idle_watch, G_TYPE_OBJECT)

/* The timer is not moved with every motion of the mouse; it looks again when it has run out. */
static gboolean fob_idle_watch_timer_cb (gpointer user_data);

static void
fob_idle_watch_start (FobIdleWatch *self, gint64 microseconds)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->seconds > 0)
    self->timer_id =
      g_timeout_add ((guint) (microseconds / 1000 + 1), fob_idle_watch_timer_cb, self);
}

static gboolean
fob_idle_watch_timer_cb (gpointer user_data)
{
  FobIdleWatch *self = user_data;
  const gint64 limit = (gint64) self->seconds * G_USEC_PER_SEC;
  const gint64 idle = g_get_monotonic_time () - self->last_input;

  self->timer_id = 0;
  if (idle < limit)
    fob_idle_watch_start (self, limit - idle);
  else
    g_signal_emit (self, signals[SIGNAL_IDLE], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
is_input (GdkEventType type)
{
  return type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_MOTION_NOTIFY ||
         type == GDK_SCROLL || type == GDK_TOUCH_BEGIN || type == GDK_TOUCH_UPDATE ||
         type == GDK_TOUCHPAD_SWIPE || type == GDK_TOUCHPAD_PINCH;
}

static gboolean
fob_idle_watch_event_cb (FobIdleWatch *self, GdkEvent *event)
{
  if (is_input (gdk_event_get_event_type (event)))
    {
      self->last_input = g_get_monotonic_time ();
      if (self->timer_id == 0)
        fob_idle_watch_start (self, (gint64) self->seconds * G_USEC_PER_SEC);
    }

  return GDK_EVENT_PROPAGATE;
}

static void
fob_idle_watch_windows_changed_cb (FobIdleWatch *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (self->windows, i);
      GtkEventController *controller = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect_object (controller, "event", G_CALLBACK (fob_idle_watch_event_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_add_controller (window, controller);
    }
}

static void
fob_idle_watch_finalize (GObject *object)
{
  FobIdleWatch *self = FOB_IDLE_WATCH (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);

  G_OBJECT_CLASS (fob_idle_watch_parent_class)->finalize (object);
}

static void
fob_idle_watch_class_init (FobIdleWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_idle_watch_finalize;

  signals[SIGNAL_IDLE] = g_signal_new ("idle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_idle_watch_init (FobIdleWatch *self)
{
  self->windows = gtk_window_get_toplevels ();
  self->last_input = g_get_monotonic_time ();
  g_signal_connect_object (self->windows, "items-changed",
                           G_CALLBACK (fob_idle_watch_windows_changed_cb), self, G_CONNECT_SWAPPED);
  fob_idle_watch_windows_changed_cb (self, 0, 0, g_list_model_get_n_items (self->windows));
}

FobIdleWatch *
fob_idle_watch_new (void)
{
  return g_object_new (FOB_TYPE_IDLE_WATCH, NULL);
}

void
fob_idle_watch_set_seconds (FobIdleWatch *self, guint seconds)
{
  g_return_if_fail (FOB_IS_IDLE_WATCH (self));

  self->seconds = seconds;
  self->last_input = g_get_monotonic_time ();
  fob_idle_watch_start (self, (gint64) seconds * G_USEC_PER_SEC);
}
