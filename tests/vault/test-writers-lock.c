/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-writers-lock.h"

/* The lock is another open file for each, so that two of one process exclude each other as two
 * processes do. */

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100000);
  g_cancellable_cancel (cancellable);

  return NULL;
}

/* Whoever waits for another program's turn to end can give up. */
static void
test_cancelled (void)
{
  g_autoptr (FobWritersLock) holder = fob_writers_lock_new ("test");
  g_autoptr (FobWritersLock) waiting = fob_writers_lock_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_assert_true (fob_writers_lock_acquire (holder, NULL, &error));
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (fob_writers_lock_acquire (waiting, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  fob_writers_lock_release (holder);
  g_assert_true (fob_writers_lock_acquire (waiting, NULL, &error));
  fob_writers_lock_release (waiting);
}

typedef struct
{
  FobWritersLock *lock;
  gint *inside;
  guint rounds;
} Visitor;

static gpointer
visit (gpointer user_data)
{
  Visitor *visitor = user_data;

  for (guint i = 0; i < visitor->rounds; i++)
    {
      g_assert_true (fob_writers_lock_acquire (visitor->lock, NULL, NULL));
      g_assert_cmpint (g_atomic_int_add (visitor->inside, 1), ==, 0);
      g_thread_yield ();
      g_assert_true (g_atomic_int_dec_and_test (visitor->inside));
      fob_writers_lock_release (visitor->lock);
    }

  return NULL;
}

static void
test_one_at_a_time (void)
{
  Visitor visitors[4];
  GThread *threads[4];
  gint inside = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      visitors[i] = (Visitor){ fob_writers_lock_new ("test"), &inside, 50 };
      threads[i] = g_thread_new ("visitor", visit, &visitors[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_thread_join (threads[i]);
      g_object_unref (visitors[i].lock);
    }
}

static void
changed_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
time_out_cb (gpointer user_data)
{
  g_assert_not_reached ();
}

static void
test_published (void)
{
  g_autoptr (FobWritersLock) writer = fob_writers_lock_new ("test");
  g_autoptr (FobWritersLock) watching = fob_writers_lock_new ("test");
  gboolean changed = FALSE;
  guint source = g_timeout_add (5000, time_out_cb, NULL);

  g_signal_connect_swapped (watching, "changed", G_CALLBACK (changed_cb), &changed);
  fob_writers_lock_watch (watching);
  g_assert_true (fob_writers_lock_acquire (writer, NULL, NULL));
  fob_writers_lock_publish (writer, 7);
  fob_writers_lock_release (writer);
  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/writers-lock/cancelled", test_cancelled);
  g_test_add_func ("/vault/writers-lock/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/vault/writers-lock/published", test_published);

  return g_test_run ();
}
