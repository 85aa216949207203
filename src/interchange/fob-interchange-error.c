/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-interchange-error.h"

G_DEFINE_QUARK (fob_interchange_error_quark, fob_interchange_error)
