/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-secret.h"

G_BEGIN_DECLS

/* What somebody may bring into one account by hand. */
#define FOB_RECOVERY_CODES_MAX 100
/* What merging and files of strangers may lead to. */
#define FOB_RECOVERY_CODES_STORED_MAX 1000
/* Bytes of one code. */
#define FOB_RECOVERY_CODE_SIZE_MAX 128

/**
 * FobRecoveryCode:
 * @text: the code as the service wrote it, in UTF-8
 * @used: whether it was used up, which can be done once
 */
typedef struct
{
  FobSecret *text;
  gboolean used;
} FobRecoveryCode;

/**
 * FobRecoveryCodes:
 *
 * The one-time codes that a service hands out for the day on which the second factor is lost: in
 * order, none of them twice. Spaces and hyphens do not make another code. Immutable,
 * reference-counted and thread-safe; there is no empty one: NULL stands for none everywhere.
 */
typedef struct _FobRecoveryCodes FobRecoveryCodes;

/* @codes: borrowed. One that comes again is left out, and is used if it is so at any place; so is
 * what is above FOB_RECOVERY_CODES_STORED_MAX. Returns: (transfer full) (nullable) */
FobRecoveryCodes *fob_recovery_codes_new (const FobRecoveryCode *codes, gsize n);

FobRecoveryCodes *fob_recovery_codes_ref (FobRecoveryCodes *self);
void fob_recovery_codes_unref (FobRecoveryCodes *self);

/* @self: (nullable) */
guint fob_recovery_codes_get_size (FobRecoveryCodes *self);
guint fob_recovery_codes_get_n_left (FobRecoveryCodes *self);

/* Borrowed. */
const FobRecoveryCode *fob_recovery_codes_get (FobRecoveryCodes *self, guint position);

/* Whether both are the same, letter by letter, and in the same order. Both nullable. */
gboolean fob_recovery_codes_equal (FobRecoveryCodes *a, FobRecoveryCodes *b);

/* Whether both have the same codes, used alike, in whatever order. Both nullable. */
gboolean fob_recovery_codes_match (FobRecoveryCodes *a, FobRecoveryCodes *b);

/* Returns: (transfer full): with one code used, or not used after all. */
FobRecoveryCodes *fob_recovery_codes_with_used (FobRecoveryCodes *self,
                                                guint position,
                                                gboolean used);

/* Returns: (transfer full) (nullable): without one code. */
FobRecoveryCodes *fob_recovery_codes_without (FobRecoveryCodes *self, guint position);

/**
 * fob_recovery_codes_add:
 * @self: (nullable): what is there
 * @more: what comes after it
 * @error: FOB_ACCOUNT_ERROR_RECOVERY when it is too much for one account
 *
 * Returns: (transfer full) (nullable)
 */
FobRecoveryCodes *fob_recovery_codes_add (FobRecoveryCodes *self,
                                          FobRecoveryCodes *more,
                                          GError **error);

/* Returns: (transfer full) (nullable): what either has; used where either says so. Both nullable.
 */
FobRecoveryCodes *fob_recovery_codes_unite (FobRecoveryCodes *a, FobRecoveryCodes *b);

/* Returns: (transfer full) (nullable): the codes of @self alone; used where either says so. A code
 * that was used does not come back with an older list. Both nullable. */
FobRecoveryCodes *fob_recovery_codes_mark (FobRecoveryCodes *self, FobRecoveryCodes *marks);

/* Returns: (transfer full) (nullable): @current with what was done from @before to @after: added,
 * taken away, marked. All nullable. */
FobRecoveryCodes *fob_recovery_codes_rebase (FobRecoveryCodes *before,
                                             FobRecoveryCodes *after,
                                             FobRecoveryCodes *current);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobRecoveryCodes, fob_recovery_codes_unref)

G_END_DECLS
