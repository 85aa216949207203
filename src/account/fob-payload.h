/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-account.h"
#include "fob-account-error.h"

G_BEGIN_DECLS

/* Longest text that is looked at, in bytes. */
#define FOB_PAYLOAD_SIZE_MAX (64 * 1024 * 1024)

/**
 * FobPayload:
 *
 * All of a vault at one moment, an immutable, reference-counted value: its id, its accounts in
 * order, a trash, the deletions that it remembers, and whatever else stood there that has to be
 * written again: unknown members, and entries that could not be read. To change one, see
 * FobPayloadDraft. Thread-safe.
 *
 * As text it is one line of printable ASCII: the content of an Aegis vault (version 3) with a
 * `keyfob` member.
 */
typedef struct _FobPayload FobPayload;

/* Returns: (transfer full): a vault without accounts, with a fresh id. */
FobPayload *fob_payload_new (void);

/**
 * fob_payload_parse:
 *
 * Returns: (transfer full) (nullable): FOB_ACCOUNT_ERROR_FORMAT or FOB_ACCOUNT_ERROR_VERSION. A
 * single entry that cannot be read is no error: it is kept and counted.
 */
FobPayload *fob_payload_parse (GBytes *text, GError **error);

/* Returns: (transfer full): the text, without a terminating NUL, wiped when freed. */
GBytes *fob_payload_format (FobPayload *self);

FobPayload *fob_payload_ref (FobPayload *self);
void fob_payload_unref (FobPayload *self);

const char *fob_payload_get_vault_id (FobPayload *self);
guint fob_payload_get_n_accounts (FobPayload *self);
FobAccount *fob_payload_get_account (FobPayload *self, guint position); /* borrowed */
guint fob_payload_get_n_unreadable (FobPayload *self);

/* Returns: whether there is one; @position may be NULL. */
gboolean fob_payload_find (FobPayload *self, const char *account_id, guint *position);

guint fob_payload_get_n_trashed (FobPayload *self);

/* Returns: (transfer none): an account in the trash; the last one deleted stands last. @deleted:
 * (out) (optional): when, in Unix seconds. */
FobAccount *fob_payload_get_trashed (FobPayload *self, guint position, gint64 *deleted);

/* Returns: when the account was deleted, in Unix seconds; 0 if it was not, or nobody remembers. */
gint64 fob_payload_get_deletion (FobPayload *self, const char *account_id);

/* Returns: (transfer full): the ids of all deleted accounts that are remembered. */
GStrv fob_payload_dup_deletions (FobPayload *self);

/**
 * fob_payload_with_known:
 * @known: (nullable): an earlier state of the same vault
 *
 * Returns: (transfer full): the same values, with the very objects of @known for the accounts that
 * have not changed.
 */
FobPayload *fob_payload_with_known (FobPayload *self, FobPayload *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobPayload, fob_payload_unref)

G_END_DECLS
