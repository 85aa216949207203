/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Signals of the process as bytes in a pipe, so that a main loop handles them. One at a time per
 * process. Handlers and not a signalfd: threads that were started earlier do not block signals. */

/**
 * fob_signal_pipe_open:
 * @signals: ended by 0; ignored ones (as under nohup) stay ignored
 *
 * Returns: the end to read from, a byte with the number of each signal that came; -1 if there are
 * no pipes left.
 */
int fob_signal_pipe_open (const int *signals);

/* Puts the handlers back that were there before. */
void fob_signal_pipe_close (void);

/* Does to this process what @signal does when nobody handles it. Returns if that is nothing. */
void fob_signal_pipe_raise_default (int signal);

G_END_DECLS
