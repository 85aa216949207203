/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobWatchLayout:
 * @columns: of the terminal
 * @title_width: columns of the names
 * @code_width: of the widest code, spaces included; 0 if there is none
 * @seconds_width: of the longest number of seconds; 0 where there is no room
 * @bar_width: of the countdown bar; 0 where there is no room
 * @colour: whether the terminal is to show some
 * @unicode: whether it can show more than ASCII
 *
 * Where on a line everything stands. Codes have the first claim on a narrow terminal, then the
 * seconds, then the names, then the bar.
 */
typedef struct
{
  gsize columns;
  gsize title_width;
  gsize code_width;
  gsize seconds_width;
  gsize bar_width;
  gboolean colour;
  gboolean unicode;
} FobWatchLayout;

/* Fills in the widths that suit @accounts (of FobAccount) on a line of so many columns; the other
 * fields of @self stay. */
void fob_watch_layout_update (FobWatchLayout *self, GListModel *accounts, gsize columns);

/**
 * fob_watch_line_format:
 * @unix_time: seconds since 1970
 *
 * Returns: (transfer full): the line of @account at that moment, with the control sequences that a
 * terminal wants and without a line break. Free it with fob_wipe_free_string ().
 */
char *fob_watch_line_format (const FobWatchLayout *self, FobAccount *account, gint64 unix_time);

G_END_DECLS
