/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-secret.h"

G_BEGIN_DECLS

/**
 * fob_passphrase_form:
 * @typed: as it came from a keyboard
 * @mode: a Unicode normal form
 *
 * One letter can be one character or two: which of them a keyboard sends depends on the system, and
 * the bytes differ.
 *
 * Returns: (transfer full) (nullable): @typed in that form; NULL when it is in it already, or is no
 * UTF-8.
 */
FobSecret *fob_passphrase_form (FobSecret *typed, GNormalizeMode mode);

G_END_DECLS
