/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-format.h"

G_BEGIN_DECLS

/* One per file, in fob-format-ID.c. The order in which they are asked is in fob-format.c. */
extern const FobFormat fob_format_keyfob;
extern const FobFormat fob_format_aegis;
extern const FobFormat fob_format_uri_list;

G_END_DECLS
