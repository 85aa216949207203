/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-account-error.h"

G_DEFINE_QUARK (fob_account_error_quark, fob_account_error)
