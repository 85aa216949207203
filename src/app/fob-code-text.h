/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

#include "fob-otp-limits.h"

G_BEGIN_DECLS

/* Room for a code with a three-byte thin space after every digit. */
#define FOB_CODE_TEXT_SIZE (4 * FOB_OTP_CODE_SIZE)

/**
 * FobCodeGrouping:
 * @FOB_CODE_GROUPING_BALANCED: 123 456, 123 4567, 1234 5678, 123 456 789, 123 456 7890
 * @FOB_CODE_GROUPING_TWOS: 12 34 56, 12 34 567
 * @FOB_CODE_GROUPING_THREES: 123 456, 123 45678
 * @FOB_CODE_GROUPING_HALVES: 123 456, 1234 5678, 12345 67890
 * @FOB_CODE_GROUPING_NONE: 123456
 *
 * How the digits of a code are grouped for the eye; the values of the schema's enum. Digits that
 * make no group of their own join the last one.
 */
typedef enum
{
  FOB_CODE_GROUPING_BALANCED,
  FOB_CODE_GROUPING_TWOS,
  FOB_CODE_GROUPING_THREES,
  FOB_CODE_GROUPING_HALVES,
  FOB_CODE_GROUPING_NONE,
} FobCodeGrouping;

/* Groups a code for the eye; those of less than six digits stay whole. Wipe the buffer after use.
 */
void fob_code_text_group (const char *code,
                          FobCodeGrouping grouping,
                          char text[FOB_CODE_TEXT_SIZE]);

/* Digits one by one for the ear: "1 2 3 4 5 6". Wipe the buffer after use. */
void fob_code_text_spell (const char *code, char text[FOB_CODE_TEXT_SIZE]);

G_END_DECLS
