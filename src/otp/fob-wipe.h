/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_wipe:
 * @data: (nullable): memory to overwrite with zeros, in a way that no compiler removes
 * @size: its size in bytes
 */
void fob_wipe (gpointer data, gsize size);

/**
 * fob_wipe_free_string:
 * @text: (nullable) (transfer full): a NUL-terminated string made by g_malloc ()
 *
 * Overwrites @text up to its NUL, then frees it.
 */
void fob_wipe_free_string (char *text);

/**
 * fob_wipe_bytes_new_take:
 * @data: (transfer full): memory made by g_malloc ()
 * @size: its size in bytes
 *
 * Returns: (transfer full): @data as bytes that are wiped when the last reference goes.
 */
GBytes *fob_wipe_bytes_new_take (gpointer data, gsize size);

/* For locals: `g_auto(FobWipedString) text = ...` is wiped and freed at the end of its scope. */
typedef char *FobWipedString;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (FobWipedString, fob_wipe_free_string, NULL)

G_END_DECLS
