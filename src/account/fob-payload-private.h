/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-payload.h"
#include "fob-secret.h"

G_BEGIN_DECLS

/* An account in the trash. */
typedef struct
{
  FobAccount *account;
  gint64 deleted; /* Unix seconds */
} FobTrashed;

FobTrashed *fob_trashed_new (FobAccount *account, gint64 deleted);
FobTrashed *fob_trashed_copy (FobTrashed *self);
void fob_trashed_free (FobTrashed *self);

/* Payloads that differ in some of this share the rest. */
struct _FobPayload
{
  gatomicrefcount ref_count;

  char *vault_id;
  GPtrArray *accounts;   /* of FobAccount */
  GPtrArray *trash;      /* of FobTrashed, the last one deleted at the end */
  GHashTable *deletions; /* id → Unix seconds (gint64 *) */
  GPtrArray *unreadable; /* of FobSecret: JSON text of an entry */
  FobSecret *rest;       /* JSON text of the root without what is above; NULL if new */
};

/* All of them are shared, not copied. @rest: (nullable) */
FobPayload *fob_payload_create (const char *vault_id,
                                GPtrArray *accounts,
                                GPtrArray *trash,
                                GHashTable *deletions,
                                GPtrArray *unreadable,
                                FobSecret *rest);

/* Empty ones, with the right free functions. */
GPtrArray *fob_payload_new_accounts (void);
GPtrArray *fob_payload_new_trash (void);
GHashTable *fob_payload_new_deletions (void);
GPtrArray *fob_payload_new_unreadable (void);

/* @deletions: those of a payload; its keys and values are copies. */
void fob_payload_remember_deletion (GHashTable *deletions, const char *account_id, gint64 when);

G_END_DECLS
