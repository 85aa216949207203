/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What can be said about the keyring without opening a vault and without asking anybody. */

/**
 * FobKeyringSlotState:
 * @FOB_KEYRING_SLOT_WHOLE: its digest is right
 * @FOB_KEYRING_SLOT_DAMAGED: it cannot be verified
 * @FOB_KEYRING_SLOT_NEWER: a newer Keyfob wrote it
 */
typedef enum
{
  FOB_KEYRING_SLOT_WHOLE,
  FOB_KEYRING_SLOT_DAMAGED,
  FOB_KEYRING_SLOT_NEWER,
} FobKeyringSlotState;

/**
 * FobKeyringSlotLook:
 * @name: "a" or "b"
 * @generation: 0 unless it is whole
 *
 * One of the vault's items, without what is in it.
 */
typedef struct
{
  char *name;
  FobKeyringSlotState state;
  guint64 generation;
} FobKeyringSlotLook;

void fob_keyring_slot_look_free (FobKeyringSlotLook *self);

/**
 * fob_keyring_look_at_slots:
 *
 * Blocks, and never lets the provider ask the person: FOB_VAULT_ERROR_LOCKED instead.
 *
 * Returns: (transfer full) (element-type FobKeyringSlotLook) (nullable): in the order of their
 * names; empty if there are none.
 */
GPtrArray *fob_keyring_look_at_slots (GCancellable *cancellable, GError **error);

/**
 * fob_keyring_probe:
 *
 * Writes a harmless item into the default collection, reads it again and deletes it. Blocks. The
 * provider may ask the person where the collection is locked, or where it always does.
 * FOB_VAULT_ERROR when one of the three does not work.
 */
gboolean fob_keyring_probe (GCancellable *cancellable, GError **error);

G_END_DECLS
