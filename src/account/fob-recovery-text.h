/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-recovery-codes.h"

G_BEGIN_DECLS

/**
 * fob_recovery_text_parse:
 * @text: a list of recovery codes in whatever form a service shows it: one a line, in columns, or
 * separated by spaces or commas; numbered or with bullets; perhaps with sentences around it
 * @length: its length in bytes, or -1 if NUL-terminated
 * @error: FOB_ACCOUNT_ERROR_RECOVERY when there is no code in it, or one that is too long
 *
 * A code keeps its hyphens and, where it is written in groups ("1234 5678"), its spaces.
 *
 * Returns: (transfer full) (nullable): the codes in their order, none of them used.
 */
FobRecoveryCodes *fob_recovery_text_parse (const char *text, gssize length, GError **error);

G_END_DECLS
