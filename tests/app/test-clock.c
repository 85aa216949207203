/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-clock.h"

#define QUARTER_US  (G_USEC_PER_SEC / 4)
#define PATIENCE_MS 10000

typedef struct
{
  FobClock *clock;
  GArray *times; /* of the ticks, in microseconds */
} Fixture;

static void
tick_cb (FobClock *clock, gpointer user_data)
{
  GArray *times = user_data;
  const gint64 now = fob_clock_get_time_us (clock);

  g_array_append_val (times, now);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = fob_clock_new ();
  fixture->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (fixture->clock, "tick", G_CALLBACK (tick_cb), fixture->times);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->clock);
  g_array_unref (fixture->times);
}

static gboolean
time_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Returns: whether @n_ticks came within @milliseconds. */
static gboolean
wait_for_ticks (Fixture *fixture, guint n_ticks, guint milliseconds)
{
  gboolean timed_out = FALSE;
  const guint source = g_timeout_add (milliseconds, time_out_cb, &timed_out);

  while (!timed_out && fixture->times->len < n_ticks)
    g_main_context_iteration (NULL, TRUE);
  if (!timed_out)
    g_source_remove (source);

  return fixture->times->len >= n_ticks;
}

static void
test_frozen (void)
{
  g_autoptr (FobClock) clock = fob_clock_new_frozen (1234567890);
  g_autoptr (FobClock) epoch = fob_clock_new_frozen (0);

  fob_clock_hold (clock);
  g_assert_cmpint (fob_clock_get_time (clock), ==, 1234567890);
  g_assert_cmpint (fob_clock_get_time_us (clock), ==, G_GINT64_CONSTANT (1234567890000000));
  g_assert_false (g_main_context_pending (NULL));
  fob_clock_release (clock);
  g_assert_cmpint (fob_clock_get_time_us (epoch), ==, 0);
}

static void
test_tells_the_time (Fixture *fixture, gconstpointer data)
{
  const gint64 before = g_get_real_time ();
  const gint64 time = fob_clock_get_time_us (fixture->clock);

  g_assert_cmpint (time, >=, before);
  g_assert_cmpint (time, <=, g_get_real_time ());
}

/* However late a busy machine delivers a tick, it is never early and never twice in one interval:
 * codes change on the boundary and rings are not drawn more often than they should. */
static void
test_ticks_on_boundaries (Fixture *fixture, gconstpointer data)
{
  const gint64 interval = GPOINTER_TO_INT (data) ? QUARTER_US : G_USEC_PER_SEC;
  gint64 last;

  fob_clock_set_smooth (fixture->clock, GPOINTER_TO_INT (data));
  last = g_get_real_time () / interval;
  fob_clock_hold (fixture->clock);
  g_assert_true (wait_for_ticks (fixture, 3, PATIENCE_MS));
  for (guint i = 0; i < fixture->times->len; i++)
    {
      const gint64 slot = g_array_index (fixture->times, gint64, i) / interval;

      g_assert_cmpint (slot, >, last);
      last = slot;
    }
  fob_clock_release (fixture->clock);
}

static void
test_rests_unless_held (Fixture *fixture, gconstpointer data)
{
  g_assert_false (wait_for_ticks (fixture, 1, 600));

  fob_clock_hold (fixture->clock);
  fob_clock_hold (fixture->clock);
  fob_clock_release (fixture->clock);
  g_assert_true (wait_for_ticks (fixture, 1, PATIENCE_MS));

  fob_clock_release (fixture->clock);
  g_array_set_size (fixture->times, 0);
  g_assert_false (wait_for_ticks (fixture, 1, 600));
}

static void
test_pauses (Fixture *fixture, gconstpointer data)
{
  fob_clock_hold (fixture->clock);
  fob_clock_set_paused (fixture->clock, TRUE);
  g_assert_false (wait_for_ticks (fixture, 1, 600));

  /* What was missed is made up for at once, without waiting for a boundary. */
  fob_clock_set_paused (fixture->clock, FALSE);
  g_assert_cmpuint (fixture->times->len, ==, 1);
  fob_clock_set_paused (fixture->clock, FALSE);
  g_assert_cmpuint (fixture->times->len, ==, 1);
  g_assert_true (wait_for_ticks (fixture, 2, PATIENCE_MS));
}

/* Dropped while it runs: its timer goes with it. */
static void
test_ends_while_held (Fixture *fixture, gconstpointer data)
{
  fob_clock_hold (fixture->clock);
  g_clear_object (&fixture->clock);
  g_assert_false (wait_for_ticks (fixture, 1, 600));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/clock/frozen", test_frozen);
  g_test_add ("/app/clock/tells-the-time", Fixture, NULL, set_up, test_tells_the_time, tear_down);
  g_test_add ("/app/clock/ticks-every-quarter", Fixture, GINT_TO_POINTER (TRUE), set_up,
              test_ticks_on_boundaries, tear_down);
  g_test_add ("/app/clock/ticks-every-second", Fixture, GINT_TO_POINTER (FALSE), set_up,
              test_ticks_on_boundaries, tear_down);
  g_test_add ("/app/clock/rests-unless-held", Fixture, NULL, set_up, test_rests_unless_held,
              tear_down);
  g_test_add ("/app/clock/pauses", Fixture, NULL, set_up, test_pauses, tear_down);
  g_test_add ("/app/clock/ends-while-held", Fixture, NULL, set_up, test_ends_while_held, tear_down);

  return g_test_run ();
}
