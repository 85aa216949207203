/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-account.h"

G_BEGIN_DECLS

/**
 * fob_token_change_dialog_new:
 *
 * Asks whether an account may from now on make other codes than it did. Its response is "change"
 * or "cancel".
 *
 * Returns: (transfer none) (nullable): NULL if its codes stay the same: there is nothing to ask.
 */
GtkWindow *fob_token_change_dialog_new (GtkWindow *parent, FobAccount *before, FobAccount *after);

G_END_DECLS
