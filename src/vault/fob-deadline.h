/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FobDeadline:
 *
 * Cancels what blocks for too long, from a thread of its own: for calls that take a cancellable and
 * no timeout.
 */
typedef struct _FobDeadline FobDeadline;

/* Returns: (transfer full): runs from now on. */
FobDeadline *fob_deadline_new (guint milliseconds);

/* Returns: (transfer none): cancelled when the time is over; never after the deadline is freed. */
GCancellable *fob_deadline_get_cancellable (FobDeadline *self);
void fob_deadline_free (FobDeadline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobDeadline, fob_deadline_free)

G_END_DECLS
