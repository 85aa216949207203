/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-deadline.h"

struct _FobDeadline
{
  GThread *thread;
  GCancellable *cancellable;
  GMutex mutex;
  GCond cond;
  gint64 end; /* monotonic time, in microseconds */
  gboolean is_over;
};

static gpointer
watch (gpointer user_data)
{
  FobDeadline *self = user_data;
  gboolean in_time = TRUE;

  g_mutex_lock (&self->mutex);
  while (!self->is_over && in_time)
    in_time = g_cond_wait_until (&self->cond, &self->mutex, self->end);
  g_mutex_unlock (&self->mutex);
  if (!in_time)
    g_cancellable_cancel (self->cancellable);

  return NULL;
}

FobDeadline *
fob_deadline_new (guint milliseconds)
{
  FobDeadline *self = g_new0 (FobDeadline, 1);

  self->cancellable = g_cancellable_new ();
  self->end = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("deadline", watch, self);

  return self;
}

GCancellable *
fob_deadline_get_cancellable (FobDeadline *self)
{
  return self->cancellable;
}

void
fob_deadline_free (FobDeadline *self)
{
  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->cancellable);
  g_free (self);
}
