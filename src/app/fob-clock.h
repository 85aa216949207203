/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOB_TYPE_CLOCK (fob_clock_get_type ())
G_DECLARE_FINAL_TYPE (FobClock, fob_clock, FOB, CLOCK, GObject)

/**
 * FobClock:
 *
 * The wall clock for everything that counts down on screen. Emits "tick" on boundaries of the
 * second (and of its quarters, when smooth) while somebody holds it, and at once when the clock is
 * set or the machine wakes up. Nothing runs while nobody looks.
 */
FobClock *fob_clock_new (void);

/* A clock that stands still at @unix_time, for pictures that can be made again. */
FobClock *fob_clock_new_frozen (gint64 unix_time);

/* Microseconds since 1970. */
gint64 fob_clock_get_time_us (FobClock *self);

/* Seconds since 1970. */
gint64 fob_clock_get_time (FobClock *self);

/* Ticks come between hold and release; calls nest. */
void fob_clock_hold (FobClock *self);
void fob_clock_release (FobClock *self);

/* While @paused nothing ticks, whoever holds; a tick follows at once when it ends. */
void fob_clock_set_paused (FobClock *self, gboolean paused);

/* Four ticks a second rather than one. */
void fob_clock_set_smooth (FobClock *self, gboolean smooth);

G_END_DECLS
