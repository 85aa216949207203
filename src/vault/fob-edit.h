/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobEdit:
 *
 * One change of a vault, an immutable value. Applied inside a transaction to whatever is stored by
 * then, which may be newer than what is on screen; its inverse, which the commit returns, is an
 * edit too: undo.
 */
typedef struct _FobEdit FobEdit;

#define FOB_TYPE_EDIT (fob_edit_get_type ())
GType fob_edit_get_type (void) G_GNUC_CONST;

/* At @position in the vault's own order, or at the end for G_MAXUINT. */
FobEdit *fob_edit_new_add (FobAccount *account, guint position);

/* Carries over only the fields in which @after differs from @before (same id), so that a counter or
 * a name that changed elsewhere meanwhile stays. */
FobEdit *fob_edit_new_update (FobAccount *before, FobAccount *after);

/* Into the trash, where it stays for FOB_TRASH_SECONDS. */
FobEdit *fob_edit_new_remove (const char *account_id);

/* Out of the trash, to @position or to the end for G_MAXUINT. */
FobEdit *fob_edit_new_restore (const char *account_id, guint position);

/* Out of the trash for good: there is no undo. */
FobEdit *fob_edit_new_purge (const char *account_id);

FobEdit *fob_edit_new_move (const char *account_id, guint position);

/* @edits: of FobEdit, applied one after the other as one change: all of them or none. Its inverse
 * is one edit too. */
FobEdit *fob_edit_new_batch (GPtrArray *edits);

FobEdit *fob_edit_ref (FobEdit *self);
void fob_edit_unref (FobEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobEdit, fob_edit_unref)

G_END_DECLS
