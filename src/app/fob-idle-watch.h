/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOB_TYPE_IDLE_WATCH (fob_idle_watch_get_type ())
G_DECLARE_FINAL_TYPE (FobIdleWatch, fob_idle_watch, FOB, IDLE_WATCH, GObject)

/**
 * FobIdleWatch:
 *
 * Notices when nobody has typed, pointed or touched in any window of the program for a while.
 * Signal "idle", once; then again after the next input.
 */
FobIdleWatch *fob_idle_watch_new (void);

/* @seconds: 0 for never */
void fob_idle_watch_set_seconds (FobIdleWatch *self, guint seconds);

G_END_DECLS
