/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* write-account ISSUER: adds an account to the vault in the keyring, as another program would. */

#include "fob-keyring-store.h"
#include "fob-test-vault.h"

int
main (int argc, char *argv[])
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobVault) vault = fob_vault_new (store);
  g_autoptr (FobAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 2);
  fob_test_open (vault, NULL, &error);
  g_assert_no_error (error);
  account = fob_test_account (argv[1], "other");
  fob_test_add (vault, account);

  return 0;
}
