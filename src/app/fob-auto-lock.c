/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-auto-lock.h"

#include "fob-idle-watch.h"
#include "fob-session-watch.h"
#include "fob-settings.h"

struct _FobAutoLock
{
  GObject parent_instance;

  FobIdleWatch *idle_watch;
  FobSessionWatch *session_watch;
};

enum
{
  SIGNAL_LOCK,
  SIGNAL_SCREEN_UNLOCKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobAutoLock, fob_auto_lock, G_TYPE_OBJECT)

static void
fob_auto_lock_emit (FobAutoLock *self, FobAutoLockReason reason)
{
  g_signal_emit (self, signals[SIGNAL_LOCK], 0, (gint) reason);
}

static void
fob_auto_lock_idle_cb (FobAutoLock *self)
{
  fob_auto_lock_emit (self, FOB_AUTO_LOCK_REASON_IDLE);
}

static void
fob_auto_lock_locked_cb (FobAutoLock *self)
{
  if (fob_settings_get_lock_with_session ())
    fob_auto_lock_emit (self, FOB_AUTO_LOCK_REASON_SCREEN);
}

static void
fob_auto_lock_unlocked_cb (FobAutoLock *self)
{
  g_signal_emit (self, signals[SIGNAL_SCREEN_UNLOCKED], 0);
}

static void
fob_auto_lock_sleep_cb (FobAutoLock *self)
{
  if (fob_settings_get_lock_on_suspend ())
    fob_auto_lock_emit (self, FOB_AUTO_LOCK_REASON_SLEEP);
}

static void
fob_auto_lock_settings_changed_cb (FobAutoLock *self)
{
  fob_idle_watch_set_seconds (self->idle_watch, fob_settings_get_lock_idle_seconds ());
  fob_session_watch_set_delays_sleep (self->session_watch, fob_settings_get_lock_on_suspend ());
}

static void
fob_auto_lock_finalize (GObject *object)
{
  FobAutoLock *self = FOB_AUTO_LOCK (object);

  g_clear_object (&self->idle_watch);
  g_clear_object (&self->session_watch);

  G_OBJECT_CLASS (fob_auto_lock_parent_class)->finalize (object);
}

static void
fob_auto_lock_class_init (FobAutoLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_auto_lock_finalize;

  signals[SIGNAL_LOCK] = g_signal_new ("lock", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_SCREEN_UNLOCKED] =
    g_signal_new ("screen-unlocked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
fob_auto_lock_init (FobAutoLock *self)
{
  GSettings *settings = fob_settings_get_default ();

  self->idle_watch = fob_idle_watch_new ();
  self->session_watch = fob_session_watch_new ();
  g_signal_connect_object (self->idle_watch, "idle", G_CALLBACK (fob_auto_lock_idle_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session_watch, "locked", G_CALLBACK (fob_auto_lock_locked_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session_watch, "unlocked", G_CALLBACK (fob_auto_lock_unlocked_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session_watch, "sleep", G_CALLBACK (fob_auto_lock_sleep_cb), self,
                           G_CONNECT_SWAPPED);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed", G_CALLBACK (fob_auto_lock_settings_changed_cb),
                             self, G_CONNECT_SWAPPED);
  fob_auto_lock_settings_changed_cb (self);
}

FobAutoLock *
fob_auto_lock_new (void)
{
  return g_object_new (FOB_TYPE_AUTO_LOCK, NULL);
}
