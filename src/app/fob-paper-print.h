/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-vault.h"

G_BEGIN_DECLS

/**
 * fob_paper_print_new:
 * @parts: (nullable) (element-type utf8): of an encrypted backup, to be printed instead
 *
 * Returns: (transfer full): what prints all accounts of @vault (a FobPaper) when it is run; it is
 * asynchronous, and stops when the vault locks.
 */
GtkPrintOperation *fob_paper_print_new (FobVault *vault, GPtrArray *parts);

G_END_DECLS
