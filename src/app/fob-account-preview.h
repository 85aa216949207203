/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-clock.h"
#include "fob-otp.h"

G_BEGIN_DECLS

#define FOB_TYPE_ACCOUNT_PREVIEW (fob_account_preview_get_type ())
G_DECLARE_FINAL_TYPE (FobAccountPreview, fob_account_preview, FOB, ACCOUNT_PREVIEW, GtkBox)

/**
 * FobAccountPreview:
 *
 * The live code of an account that somebody is typing, with the time that it has left.
 */

/* To be called once, before it is shown. */
void fob_account_preview_set_clock (FobAccountPreview *self, FobClock *clock);

/* @otp: (nullable): NULL as long as there is no code to show */
void fob_account_preview_set_otp (FobAccountPreview *self, FobOtp *otp);

G_END_DECLS
