/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_EXPORT_DIALOG (fob_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobExportDialog, fob_export_dialog, FOB, EXPORT_DIALOG, AdwWindow)

/**
 * FobExportDialog:
 *
 * Writes accounts to a file of a format of the person's choice: encrypted unless another app needs
 * it otherwise, and then only after a word about what the file holds. Signal "exported" (guint: how
 * many, GFile: where) comes before it closes; "codes" (utf8: of what, GPtrArray of char *: the
 * texts) instead where the other app reads QR codes.
 */

/* @accounts: of FobAccount; those that were chosen */
FobExportDialog *fob_export_dialog_new (FobVault *vault, GPtrArray *accounts);

G_END_DECLS
