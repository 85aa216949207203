/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gdk/gdk.h>

#include "fob-clock.h"
#include "fob-otp.h"

G_BEGIN_DECLS

#define FOB_TYPE_CLIPBOARD (fob_clipboard_get_type ())
G_DECLARE_FINAL_TYPE (FobClipboard, fob_clipboard, FOB, CLIPBOARD, GObject)

/**
 * FobClipboard:
 *
 * Puts codes on the clipboard of a display and takes them back: after a while, on lock and on quit,
 * but only while the clipboard still holds what we put there.
 */
FobClipboard *fob_clipboard_new (GdkDisplay *display);

/* Copies the code of @otp: see fob_code_provider_new(). @clear_seconds: when to take it back, 0 for
 * not by itself. Returns: whether the clipboard took it. */
gboolean fob_clipboard_copy_code (FobClipboard *self,
                                  FobOtp *otp,
                                  gint64 time,
                                  FobClock *clock,
                                  guint clear_seconds);

/* Copies a code that does not change, likewise. */
gboolean fob_clipboard_copy_text (FobClipboard *self, FobSecret *text, guint clear_seconds);

/* Takes the code back now, if the clipboard still holds it. */
void fob_clipboard_clear (FobClipboard *self);

G_END_DECLS
