/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

#include "fob-backups.h"

G_BEGIN_DECLS

#define FOB_TYPE_TIME_MACHINE (fob_time_machine_get_type ())
G_DECLARE_FINAL_TYPE (FobTimeMachine, fob_time_machine, FOB, TIME_MACHINE, AdwWindow)

/**
 * FobTimeMachine:
 *
 * The kept copies by their dates; for each what is different now, and a way to bring back one
 * account or all. Signals: "restored" (char *: what was done, FobEdit: the inverse), "restore-all"
 * (FobPayload: what is in the copy). It goes away by itself when the vault is locked.
 */
FobTimeMachine *fob_time_machine_new (FobBackups *backups);

G_END_DECLS
