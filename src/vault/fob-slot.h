/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobSlot:
 * @vault_id: of the vault that the payload is of
 * @generation: of the commit that wrote it, 1 or more
 * @payload: the payload, wiped when freed
 *
 * What one of the two keyring items holds. As text: `keyfob1 VAULT-ID GENERATION SHA-256 PAYLOAD`,
 * one line of printable ASCII, so that one call writes all of it or nothing and every provider can
 * hold it.
 */
typedef struct
{
  char *vault_id;
  guint64 generation;
  GBytes *payload;
} FobSlot;

void fob_slot_clear (FobSlot *slot);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobSlot, fob_slot_clear)

/**
 * fob_slot_parse:
 * @slot: (out caller-allocates)
 *
 * Returns: whether @text is whole: FOB_VAULT_ERROR_DAMAGED when not, FOB_VAULT_ERROR_VERSION when a
 * newer Keyfob wrote it.
 */
gboolean fob_slot_parse (const char *text, gsize size, FobSlot *slot, GError **error);

/* Returns: (transfer full): the text, NUL-terminated; free it with fob_wipe_free_string (). */
char *fob_slot_format (const char *vault_id, guint64 generation, GBytes *payload);

G_END_DECLS
