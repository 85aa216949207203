/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * FobImportStatus:
 * @FOB_IMPORT_NEW: nothing like it is there
 * @FOB_IMPORT_DUPLICATE: the same token (secret, kind, algorithm, digits, period) is there already,
 * by whatever name
 * @FOB_IMPORT_CONFLICT: an account of the same issuer and name is there with another token
 */
typedef enum
{
  FOB_IMPORT_NEW,
  FOB_IMPORT_DUPLICATE,
  FOB_IMPORT_CONFLICT,
} FobImportStatus;

/**
 * FobImportPlan:
 *
 * What accounts from a file would be in a vault, each by itself: nothing here is keyed by name or
 * secret, so two accounts of a file that share either are both new, unless they are the same in
 * both (a QR code that was scanned twice). A suggestion only: people decide.
 */
typedef struct _FobImportPlan FobImportPlan;

/**
 * fob_import_plan_new:
 * @accounts: of FobAccount, in order
 * @existing: (nullable): of FobAccount
 */
FobImportPlan *fob_import_plan_new (GPtrArray *accounts, GPtrArray *existing);
void fob_import_plan_free (FobImportPlan *self);

/**
 * fob_import_plan_get_status:
 * @other: (out) (optional) (transfer none) (nullable): the account that it is like
 */
FobImportStatus fob_import_plan_get_status (FobImportPlan *self,
                                            guint position,
                                            FobAccount **other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobImportPlan, fob_import_plan_free)

G_END_DECLS
