/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-otp.h"

G_BEGIN_DECLS

/**
 * FobCodeMatch:
 *
 * A code that someone typed, ready to be compared with many in constant time.
 */
typedef struct
{
  char text[FOB_OTP_CODE_SIZE];
} FobCodeMatch;

/**
 * fob_code_match_init:
 * @typed: white space and dashes in it do not count, nor does the case of letters
 *
 * Returns: whether @typed can be a code of @otp at all.
 */
gboolean fob_code_match_init (FobCodeMatch *self, FobOtp *otp, const char *typed);

/**
 * fob_code_match_test:
 * @step: the counter or time step
 * @mask: (out): all ones if the code of @step is the one that was typed, else 0
 *
 * Takes the same time whether it matches or not, and so does fob_code_match_select ().
 */
gboolean fob_code_match_test (const FobCodeMatch *self,
                              FobOtp *otp,
                              guint64 step,
                              guint64 *mask,
                              GError **error);

/* @a where @mask is all ones, @b where it is 0. */
guint64 fob_code_match_select (guint64 mask, guint64 a, guint64 b);

/* Says in @error that the code is not right. Returns: FALSE. */
gboolean fob_code_match_fail (GError **error);

/* Checks a window against FOB_VERIFY_WINDOW_MAX. */
gboolean fob_code_match_check_window (guint window, GError **error);

G_END_DECLS
