/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_TRASH_DIALOG (fob_trash_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobTrashDialog, fob_trash_dialog, FOB, TRASH_DIALOG, AdwWindow)

/**
 * FobTrashDialog:
 *
 * The accounts that were deleted, with the days that each stays yet; they can be restored, or
 * deleted forever.
 */

/* @vault: that is READY */
FobTrashDialog *fob_trash_dialog_new (FobVault *vault);

G_END_DECLS
