/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

#include "fob-edit.h"

G_BEGIN_DECLS

/**
 * FobUndoStack:
 *
 * The inverses of the last edits, each known by a serial number that a toast can carry. Holds the
 * last few only.
 */
typedef struct _FobUndoStack FobUndoStack;

FobUndoStack *fob_undo_stack_new (void);
void fob_undo_stack_free (FobUndoStack *self);

/* @inverse: (transfer full). Returns: its serial number, never 0. */
guint fob_undo_stack_push (FobUndoStack *self, FobEdit *inverse);

/* @serial: 0 for the last one. Returns: (transfer full) (nullable): the edit, no longer held. */
FobEdit *fob_undo_stack_take (FobUndoStack *self, guint serial);

gboolean fob_undo_stack_is_empty (FobUndoStack *self);
void fob_undo_stack_clear (FobUndoStack *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobUndoStack, fob_undo_stack_free)

G_END_DECLS
