/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-clock.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define SMOOTH_INTERVAL_US (G_USEC_PER_SEC / 4)

struct _FobClock
{
  GObject parent_instance;

  gint64 frozen_us; /* negative: runs */
  guint n_holds;
  gboolean paused;
  gboolean smooth;
  int fd;
  guint source_id;
};

enum
{
  SIGNAL_TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobClock, fob_clock, G_TYPE_OBJECT)

static void
fob_clock_arm (FobClock *self)
{
  const gint64 interval = self->smooth ? SMOOTH_INTERVAL_US : G_USEC_PER_SEC;
  const gint64 next = (g_get_real_time () / interval + 1) * interval;
  struct itimerspec spec = { 0 };

  spec.it_value.tv_sec = next / G_USEC_PER_SEC;
  spec.it_value.tv_nsec = (next % G_USEC_PER_SEC) * 1000;
  if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) != 0)
    g_warning ("The clock cannot be armed: %s", g_strerror (errno));
}

static gboolean
fob_clock_ready_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  FobClock *self = user_data;
  guint64 expirations;

  /* ECANCELED tells that the wall clock was set or the machine resumed: a reason to tick like any
   * other, and to aim anew. */
  if (read (fd, &expirations, sizeof expirations) < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;

  fob_clock_arm (self);
  g_signal_emit (self, signals[SIGNAL_TICK], 0);

  return G_SOURCE_CONTINUE;
}

static void
fob_clock_stop (FobClock *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
fob_clock_update (FobClock *self)
{
  const gboolean wanted = self->n_holds > 0 && !self->paused && self->frozen_us < 0;

  if (!wanted)
    {
      fob_clock_stop (self);
      return;
    }
  if (self->source_id != 0)
    return;

  self->fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->fd < 0)
    {
      g_warning ("No timer for the clock: %s", g_strerror (errno));
      return;
    }
  self->source_id = g_unix_fd_add (self->fd, G_IO_IN, fob_clock_ready_cb, self);
  fob_clock_arm (self);
}

static void
fob_clock_finalize (GObject *object)
{
  fob_clock_stop (FOB_CLOCK (object));

  G_OBJECT_CLASS (fob_clock_parent_class)->finalize (object);
}

static void
fob_clock_class_init (FobClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fob_clock_finalize;

  signals[SIGNAL_TICK] = g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_clock_init (FobClock *self)
{
  self->frozen_us = -1;
  self->smooth = TRUE;
  self->fd = -1;
}

FobClock *
fob_clock_new (void)
{
  return g_object_new (FOB_TYPE_CLOCK, NULL);
}

FobClock *
fob_clock_new_frozen (gint64 unix_time)
{
  FobClock *self = fob_clock_new ();

  self->frozen_us = unix_time * G_USEC_PER_SEC;

  return self;
}

gint64
fob_clock_get_time_us (FobClock *self)
{
  g_return_val_if_fail (FOB_IS_CLOCK (self), 0);

  return self->frozen_us >= 0 ? self->frozen_us : g_get_real_time ();
}

gint64
fob_clock_get_time (FobClock *self)
{
  return fob_clock_get_time_us (self) / G_USEC_PER_SEC;
}

void
fob_clock_hold (FobClock *self)
{
  g_return_if_fail (FOB_IS_CLOCK (self));

  self->n_holds++;
  fob_clock_update (self);
}

void
fob_clock_release (FobClock *self)
{
  g_return_if_fail (FOB_IS_CLOCK (self));
  g_return_if_fail (self->n_holds > 0);

  self->n_holds--;
  fob_clock_update (self);
}

void
fob_clock_set_paused (FobClock *self, gboolean paused)
{
  g_return_if_fail (FOB_IS_CLOCK (self));

  if (self->paused == paused)
    return;

  self->paused = paused;
  fob_clock_update (self);
  if (!paused)
    g_signal_emit (self, signals[SIGNAL_TICK], 0);
}

void
fob_clock_set_smooth (FobClock *self, gboolean smooth)
{
  g_return_if_fail (FOB_IS_CLOCK (self));

  if (self->smooth == smooth)
    return;

  self->smooth = smooth;
  if (self->source_id != 0)
    fob_clock_arm (self);
}
