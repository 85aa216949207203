/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fob_watch_run:
 * @accounts: of FobAccount; what changes in it while this runs is shown
 *
 * Shows the codes of @accounts in the terminal that is the standard output, one on a line with its
 * countdown, until somebody presses q or Ctrl+C. Runs the main loop meanwhile. The terminal is as
 * it was afterwards, and whenever the process is stopped or ended by a signal.
 *
 * Returns: FALSE with G_IO_ERROR_NOT_SUPPORTED when the standard output is no such terminal.
 */
gboolean fob_watch_run (GListModel *accounts, GError **error);

G_END_DECLS
