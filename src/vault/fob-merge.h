/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-edit.h"
#include "fob-payload.h"

G_BEGIN_DECLS

/**
 * FobMergeMode:
 * @FOB_MERGE_RESTORE: what is missing comes back, also what was deleted since; nothing goes; what
 * was edited on both sides is as it was edited last
 * @FOB_MERGE_REPLACE: the accounts become those of the other side, in its order
 * @FOB_MERGE_SYNC: two copies that went different ways become one: a deletion on either side holds
 * unless the account was edited after it
 */
typedef enum
{
  FOB_MERGE_RESTORE,
  FOB_MERGE_REPLACE,
  FOB_MERGE_SYNC,
} FobMergeMode;

/**
 * FobMergeStatus:
 * @FOB_MERGE_NEW: is not here and comes
 * @FOB_MERGE_CHANGED: is here and becomes different
 * @FOB_MERGE_REMOVED: is here and goes, into the trash
 * @FOB_MERGE_KEPT: differs, and stays as it is here; or was deleted here and stays so
 * @FOB_MERGE_IDENTICAL: is the same on both sides
 */
typedef enum
{
  FOB_MERGE_NEW,
  FOB_MERGE_CHANGED,
  FOB_MERGE_REMOVED,
  FOB_MERGE_KEPT,
  FOB_MERGE_IDENTICAL,
  FOB_MERGE_N_STATUSES,
} FobMergeStatus;

/* What differs between two states of an account. */
typedef enum
{
  FOB_MERGE_FIELD_ISSUER = 1 << 0,
  FOB_MERGE_FIELD_NAME = 1 << 1,
  FOB_MERGE_FIELD_TOKEN = 1 << 2,
  FOB_MERGE_FIELD_COUNTER = 1 << 3,
  FOB_MERGE_FIELD_NOTE = 1 << 4,
  FOB_MERGE_FIELD_PIN = 1 << 5,
  FOB_MERGE_FIELD_TAGS = 1 << 6,
  FOB_MERGE_FIELD_ICON = 1 << 7,
  FOB_MERGE_FIELD_RECOVERY = 1 << 8,
} FobMergeField;

/**
 * FobMergeItem:
 * @ours: (nullable): the account as it is here
 * @theirs: (nullable): as it is there; its id may be another one
 * @fields: what differs between the two, FobMergeField; 0 if one of them is NULL
 */
typedef struct
{
  FobMergeStatus status;
  FobAccount *ours;
  FobAccount *theirs;
  guint fields;
} FobMergeItem;

/**
 * FobMerge:
 *
 * What would happen if another set of accounts came into this one, account by account; a plan that
 * people can look at, and the one edit that carries it out. Immutable.
 *
 * Accounts are matched by id. One whose id is not here may be in a file of another program, or of
 * another vault: it is the same as one here with the same token, issuer and name whose own id is
 * not there. A counter never goes back, whatever the mode, as long as the secret stays; nor does a
 * recovery code that was used.
 */
typedef struct _FobMerge FobMerge;

FobMerge *fob_merge_new (FobPayload *ours, FobPayload *theirs, FobMergeMode mode);
void fob_merge_free (FobMerge *self);

guint fob_merge_get_n_items (FobMerge *self);

/* Borrowed. In the order of the other side; what goes stands last. */
const FobMergeItem *fob_merge_get_item (FobMerge *self, guint position);

guint fob_merge_count (FobMerge *self, FobMergeStatus status);

/* Returns: how many entries of the other side could not be read, and do not come along. */
guint fob_merge_get_n_unreadable (FobMerge *self);

/* Returns: whether there is nothing to do. Cheap, which making the edit is not. */
gboolean fob_merge_is_empty (FobMerge *self);

/* Returns: (transfer full) (nullable): all of it as one edit; NULL if there is nothing to do. */
FobEdit *fob_merge_dup_edit (FobMerge *self);

/* Returns: (transfer full) (nullable): one item as an edit; NULL if nothing is to be done for it.
 */
FobEdit *fob_merge_dup_item_edit (FobMerge *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobMerge, fob_merge_free)

G_END_DECLS
