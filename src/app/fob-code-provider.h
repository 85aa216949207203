/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gdk/gdk.h>

#include "fob-clock.h"
#include "fob-otp.h"

G_BEGIN_DECLS

#define FOB_TYPE_CODE_PROVIDER (fob_code_provider_get_type ())
G_DECLARE_FINAL_TYPE (FobCodeProvider, fob_code_provider, FOB, CODE_PROVIDER, GdkContentProvider)

/**
 * fob_code_provider_new:
 * @otp: (transfer none): whose code is copied
 * @time: in seconds since the epoch: the earliest moment that a code is for
 * @clock: (transfer none): tells the moment of a paste
 *
 * What lies on the clipboard after a copy: a code as plain text, and the hint by which clipboard
 * managers know to keep it out of their history (x-kde-passwordManagerHint). GTK 4.8 offers the
 * hint but hands out no type without a slash, so that only managers that look for its presence heed
 * it.
 *
 * The code is made when somebody pastes. A paste after the step of @time (RFC 6238, section 4) thus
 * gets the code that is valid then; the code of a counter is always that of @otp.
 */
GdkContentProvider *fob_code_provider_new (FobOtp *otp, gint64 time, FobClock *clock);

/* @text: (transfer none): a code that is what it is, such as one for recovery. */
GdkContentProvider *fob_code_provider_new_text (FobSecret *text);

/* Lets go of the secret: whoever asks from now on gets an empty text, even where the clipboard
 * itself cannot be emptied. */
void fob_code_provider_expire (FobCodeProvider *self);

G_END_DECLS
