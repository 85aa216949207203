/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

#include "fob-otp-limits.h"

G_BEGIN_DECLS

/* Room for a code with a three-byte thin space after every digit. */
#define FOB_CODE_TEXT_SIZE (4 * FOB_OTP_CODE_SIZE)

/* Groups a code for the eye: 123 456, 123 4567, 1234 5678, 123 456 789, 123 456 7890; short ones
 * stay whole. Wipe the buffer after use. */
void fob_code_text_group (const char *code, char text[FOB_CODE_TEXT_SIZE]);

/* Digits one by one for the ear: "1 2 3 4 5 6". Wipe the buffer after use. */
void fob_code_text_spell (const char *code, char text[FOB_CODE_TEXT_SIZE]);

G_END_DECLS
