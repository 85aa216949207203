/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account-row.h"

G_BEGIN_DECLS

/* Lets somebody drag @row to the place of another one, with the mouse. What is dragged stays within
 * the program. Activates win.move with the ids of the account and of the one whose place it takes.
 */
void fob_row_drag_add (FobAccountRow *row);

G_END_DECLS
