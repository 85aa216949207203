/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-secret.h"

G_BEGIN_DECLS

#define FOB_TYPE_PASSPHRASE_DIALOG (fob_passphrase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobPassphraseDialog,
                      fob_passphrase_dialog,
                      FOB,
                      PASSPHRASE_DIALOG,
                      AdwMessageDialog)

/**
 * FobPassphraseDialog:
 *
 * Asks for a new passphrase, twice. Signal "chosen" (FobSecret).
 */
FobPassphraseDialog *fob_passphrase_dialog_new (GtkWindow *parent,
                                                const char *heading,
                                                const char *body);

G_END_DECLS
