/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOB_TYPE_COUNTDOWN_RING (fob_countdown_ring_get_type ())
G_DECLARE_FINAL_TYPE (FobCountdownRing, fob_countdown_ring, FOB, COUNTDOWN_RING, GtkWidget)

/* How many seconds before its end a code is marked as ending. */
#define FOB_COUNTDOWN_RING_WARNING_SECONDS 5

/**
 * FobCountdownRing:
 *
 * A ring that empties as a code runs out, with the seconds left inside. To a screen reader it is a
 * progress bar whose value is the seconds left.
 */
GtkWidget *fob_countdown_ring_new (void);

/* @left_us of @period_us microseconds are left. Draws anew only when it would look different. */
void fob_countdown_ring_set_time (FobCountdownRing *self, gint64 left_us, gint64 period_us);

G_END_DECLS
