/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_aside_rename:
 * @path: of a plain file
 * @suffix: added to its name, and after it a number where that name is taken
 *
 * Puts a file out of the way beside where it was; never replaces another one. Blocks.
 *
 * Returns: FALSE with errno set.
 */
gboolean fob_aside_rename (const char *path, const char *suffix);

G_END_DECLS
