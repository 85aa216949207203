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
 * FobPassphraseDialogMode:
 * @FOB_PASSPHRASE_DIALOG_SET: asks for a new one, twice
 * @FOB_PASSPHRASE_DIALOG_CHANGE: asks for the present one too
 * @FOB_PASSPHRASE_DIALOG_REMOVE: asks for the present one only
 */
typedef enum
{
  FOB_PASSPHRASE_DIALOG_SET,
  FOB_PASSPHRASE_DIALOG_CHANGE,
  FOB_PASSPHRASE_DIALOG_REMOVE,
} FobPassphraseDialogMode;

/**
 * FobPassphraseDialog:
 *
 * Asks for a new passphrase and says how strong it is. Signal "chosen" (FobSecret: the new one,
 * NULL to remove it; FobSecret: the present one, NULL when it was not asked for).
 */
FobPassphraseDialog *fob_passphrase_dialog_new (GtkWindow *parent,
                                                FobPassphraseDialogMode mode,
                                                const char *heading,
                                                const char *body);

G_END_DECLS
