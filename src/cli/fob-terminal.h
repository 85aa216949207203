/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobTerminal:
 *
 * A terminal as a surface to draw on: the alternate screen, without cursor, line wrap and echo. It
 * is given back as it was found.
 */
typedef struct _FobTerminal FobTerminal;

/* Returns: whether @fd is a terminal that knows control sequences. */
gboolean fob_terminal_is_capable (int fd);

/* Returns: (transfer full): to be drawn on after fob_terminal_enter (). */
FobTerminal *fob_terminal_new (int fd);

/* Both may be called again: after a stop everything may be different. */
void fob_terminal_enter (FobTerminal *self);
void fob_terminal_leave (FobTerminal *self);

/* Something usual where the terminal does not tell. */
void fob_terminal_get_size (FobTerminal *self, guint *columns, guint *rows);

/* Returns: whether it arrived; not where the terminal has gone. */
gboolean fob_terminal_write (FobTerminal *self, const char *text, gsize length);

/* Leaves it first. */
void fob_terminal_free (FobTerminal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobTerminal, fob_terminal_free)

G_END_DECLS
