/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-store.h"

G_BEGIN_DECLS

/**
 * fob_store_new_for_place:
 * @place: (nullable): "keyring", or the path of a file; NULL or "" for $KEYFOB_VAULT, and where
 * that says nothing, for the place where the accounts are: the default file if it exists or was
 * seen there, else the keyring
 *
 * Settings get lost; a vault that is there must be found all the same. So the one file that we make
 * by ourselves is looked for where it would be, and no setting is the only pointer to it.
 *
 * Returns: (transfer full): not opened yet.
 */
FobStore *fob_store_new_for_place (const char *place);

G_END_DECLS
