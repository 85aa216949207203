/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-test-vault.h"

/* The keyring of the session, and what is in its slots. They fail the test when they fail. */

FobVault *fob_test_open_keyring (void);

/* Returns: (transfer full) (nullable) */
char *fob_test_read_slot (const char *name);
void fob_test_write_slot (const char *name, const char *text);

/* Takes the items away, as if somebody had done so with the keyring's own program. */
void fob_test_lose_slots (void);

/* As on the first day: nothing in the keyring, and nothing remembered. */
void fob_test_clear_slots (void);
