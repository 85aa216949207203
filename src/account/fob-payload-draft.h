/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-payload.h"

G_BEGIN_DECLS

/* How long deleted accounts stay in the trash, and how long their ids are remembered after that. */
#define FOB_TRASH_SECONDS    (30 * 24 * 60 * 60)
#define FOB_DELETION_SECONDS (366 * 24 * 60 * 60)

/**
 * FobPayloadDraft:
 *
 * A payload under change. Thousands of changes cost little more than one; the payload that it
 * started from stays what it was.
 */
typedef struct _FobPayloadDraft FobPayloadDraft;

FobPayloadDraft *fob_payload_draft_new (FobPayload *payload);
void fob_payload_draft_free (FobPayloadDraft *self);

/* Returns: (transfer full): what came of it; the draft is done with then. */
FobPayload *fob_payload_draft_finish (FobPayloadDraft *self);

guint fob_payload_draft_get_n_accounts (FobPayloadDraft *self);
FobAccount *fob_payload_draft_get_account (FobPayloadDraft *self, guint position); /* borrowed */

/* Returns: whether there is one; @position may be NULL. */
gboolean fob_payload_draft_find (FobPayloadDraft *self, const char *account_id, guint *position);

/* At @position, or at the end if that is beyond it; its id must be new. Forgets its deletion. */
void fob_payload_draft_insert (FobPayloadDraft *self, guint position, FobAccount *account);

/* @account: of the same id. */
void fob_payload_draft_replace (FobPayloadDraft *self, guint position, FobAccount *account);

void fob_payload_draft_move (FobPayloadDraft *self, guint from, guint to);

/* Puts an account into the trash. @now: Unix seconds. */
void fob_payload_draft_trash (FobPayloadDraft *self, guint position, gint64 now);

/* Drops an account but for the memory of its deletion. @now: Unix seconds. */
void fob_payload_draft_discard (FobPayloadDraft *self, guint position, gint64 now);

/* Returns: (transfer full) (nullable): the account, taken from the trash. */
FobAccount *fob_payload_draft_take_trashed (FobPayloadDraft *self, const char *account_id);

/* Remembers a deletion made elsewhere. @when: Unix seconds. */
void fob_payload_draft_remember_deletion (FobPayloadDraft *self,
                                          const char *account_id,
                                          gint64 when);

/* Drops what has been in the trash, or only remembered, for longer than is said above. */
void fob_payload_draft_expire (FobPayloadDraft *self, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobPayloadDraft, fob_payload_draft_free)

G_END_DECLS
