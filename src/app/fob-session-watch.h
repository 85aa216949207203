/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOB_TYPE_SESSION_WATCH (fob_session_watch_get_type ())
G_DECLARE_FINAL_TYPE (FobSessionWatch, fob_session_watch, FOB, SESSION_WATCH, GObject)

/**
 * FobSessionWatch:
 *
 * Notices when the screen is locked (the desktop's screen saver, or logind), and when the computer
 * is about to sleep, which it holds up for the moment that locking takes.
 *
 * Signals: "locked" and "unlocked" (the screen), "sleep" (now is the time). Without the services it
 * says nothing.
 */
FobSessionWatch *fob_session_watch_new (void);

/* Whether the computer waits for us before it sleeps. */
void fob_session_watch_set_delays_sleep (FobSessionWatch *self, gboolean delays);

G_END_DECLS
