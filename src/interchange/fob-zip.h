/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-interchange-error.h"
#include "fob-secret.h"

G_BEGIN_DECLS

/**
 * fob_zip_find:
 * @zip: any bytes
 * @suffix: how the name of a member ends, in any case
 * @encrypted: (out) (optional): whether that member is
 *
 * Returns: whether @zip is a ZIP archive with such a member.
 */
gboolean fob_zip_find (GBytes *zip, const char *suffix, gboolean *encrypted);

/**
 * fob_zip_extract:
 * @passphrase: (nullable)
 *
 * Reads the first member whose name ends with @suffix, up to FOB_DOCUMENT_SIZE_MAX.
 *
 * Returns: (transfer full) (nullable): its content, wiped when freed;
 *   FOB_INTERCHANGE_ERROR_PASSPHRASE or _FORMAT.
 */
GBytes *fob_zip_extract (GBytes *zip, const char *suffix, FobSecret *passphrase, GError **error);

/* Returns: (transfer full) (nullable): likewise, the member that is called @name, as long as it is
 * no larger than @size_max. */
GBytes *fob_zip_extract_member (GBytes *zip, const char *name, gsize size_max, GError **error);

G_END_DECLS
