/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-vault.h"

/* The asynchronous calls of a vault, waited for. */

FobAccount *fob_test_account (const char *issuer, const char *name);
FobAccount *fob_test_counter_account (const char *issuer, guint64 counter);

gboolean fob_test_open (FobVault *vault, const char *passphrase, GError **error);
gboolean fob_test_accept (FobVault *vault, GError **error);
FobEdit *fob_test_edit (FobVault *vault, FobEdit *edit, GError **error);
FobOtp *fob_test_advance (FobVault *vault, const char *account_id, GError **error);

/* Adds, or fails the test. */
void fob_test_add (FobVault *vault, FobAccount *account);
void fob_test_add_issuer (FobVault *vault, const char *issuer);

/* Runs the main loop until the vault has as many accounts; fails the test after @milliseconds. */
void fob_test_wait_for_accounts (FobVault *vault, guint n_accounts, guint milliseconds);

/* tests/harness/keyring-ctl COMMAND */
void fob_test_keyring (const char *command);
