/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-format.h"

G_BEGIN_DECLS

/* The layout of an Aegis vault, which is that of our own backups: a header beside the content,
 * which is text in an encrypted file and an object in a plain one. */

gboolean fob_aegis_vault_probe (FobDocument *document);
gboolean fob_aegis_vault_is_encrypted (FobDocument *document);

/* Whether it was Keyfob that wrote it. */
gboolean fob_aegis_vault_is_ours (FobDocument *document);

/* Of FobFormat. */
gboolean fob_aegis_vault_parse (FobDocument *document,
                                FobSecret *passphrase,
                                FobImport *import,
                                GCancellable *cancellable,
                                GError **error);

/* Returns: (transfer full): a vault with just these accounts, as text, wiped when freed. */
GBytes *fob_aegis_vault_format (GPtrArray *accounts);

G_END_DECLS
