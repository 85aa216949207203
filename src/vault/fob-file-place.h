/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder of a vault file, and what goes wrong there in words for a person. All block. */

/**
 * fob_file_place_fail:
 * @cause: (transfer full): of G_FILE_ERROR
 *
 * Returns: FALSE, with FOB_VAULT_ERROR_STORAGE or, for what can be no vault, _DAMAGED.
 */
gboolean fob_file_place_fail (GError *cause, GError **error);

/**
 * fob_file_place_prepare:
 * @path: of the file
 *
 * Makes the folder if needed, and refuses one that everybody may write to: others could put a file
 * of theirs in the place of ours. FOB_VAULT_ERROR_STORAGE.
 */
gboolean fob_file_place_prepare (const char *path, GError **error);

/**
 * fob_file_place_dup_notice:
 * @path: of the file
 *
 * Returns: (transfer full) (nullable): a sentence about others who can see the file.
 */
char *fob_file_place_dup_notice (const char *path);

G_END_DECLS
