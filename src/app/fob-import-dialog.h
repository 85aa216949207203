/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-clock.h"
#include "fob-import-source.h"
#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_IMPORT_DIALOG (fob_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobImportDialog, fob_import_dialog, FOB, IMPORT_DIALOG, AdwWindow)

/**
 * FobImportDialog:
 *
 * Reads what it is given, asks for a passphrase where one is needed, shows what would come in with
 * its live codes, and brings in what is chosen as one edit. Nothing is stored before. Signal
 * "imported" (FobEdit: the inverse, guint: how many) comes before it closes.
 */
FobImportDialog *fob_import_dialog_new (FobVault *vault, FobClock *clock);

/* Adds to what comes in; at any time. */
void fob_import_dialog_add_source (FobImportDialog *self, FobImportSource *source);

G_END_DECLS
