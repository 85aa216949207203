/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-vault.h"

G_BEGIN_DECLS

#define FOB_TYPE_HEALTH_DIALOG (fob_health_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobHealthDialog, fob_health_dialog, FOB, HEALTH_DIALOG, AdwWindow)

/**
 * FobHealthDialog:
 *
 * Whether anything may make codes wrong or accounts get lost, and what to do about it. Signal
 * "backups" when somebody wants to set up backups; the dialog is to be closed then.
 */
FobHealthDialog *fob_health_dialog_new (FobVault *vault);

G_END_DECLS
