/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-vault-error.h"

G_DEFINE_QUARK (fob - vault - error - quark, fob_vault_error)
