/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-otp-error.h"

G_DEFINE_QUARK (fob_otp_error_quark, fob_otp_error)
