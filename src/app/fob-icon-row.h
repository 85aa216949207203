/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-account-draft.h"

G_BEGIN_DECLS

#define FOB_TYPE_ICON_ROW (fob_icon_row_get_type ())
G_DECLARE_FINAL_TYPE (FobIconRow, fob_icon_row, FOB, ICON_ROW, AdwActionRow)

/**
 * FobIconRow:
 *
 * Shows the picture of the account that a draft makes, and lets somebody choose another one.
 */
void fob_icon_row_set_draft (FobIconRow *self, FobAccountDraft *draft);

G_END_DECLS
