/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-test-vault.h"

#include <string.h>

static FobAccount *
create_account (const char *issuer, const char *name, FobOtpKind kind, guint64 counter)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GError) error = NULL;

  params.kind = kind;
  params.counter = counter;
  params.secret = secret;
  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return fob_account_new (issuer, name, otp);
}

FobAccount *
fob_test_account (const char *issuer, const char *name)
{
  return create_account (issuer, name, FOB_OTP_KIND_TOTP, 0);
}

FobAccount *
fob_test_counter_account (const char *issuer, guint64 counter)
{
  return create_account (issuer, "counter", FOB_OTP_KIND_HOTP, counter);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

gboolean
fob_test_open (FobVault *vault, const char *passphrase, GError **error)
{
  g_autoptr (FobSecret) secret =
    passphrase != NULL ? fob_secret_new (passphrase, strlen (passphrase)) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fob_vault_open_async (vault, secret, NULL, result_cb, &result);

  return fob_vault_open_finish (vault, wait_for_result (&result), error);
}

gboolean
fob_test_accept (FobVault *vault, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fob_vault_accept_async (vault, NULL, result_cb, &result);

  return fob_vault_accept_finish (vault, wait_for_result (&result), error);
}

FobEdit *
fob_test_edit (FobVault *vault, FobEdit *edit, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fob_vault_edit_async (vault, edit, NULL, result_cb, &result);

  return fob_vault_edit_finish (vault, wait_for_result (&result), error);
}

FobOtp *
fob_test_advance (FobVault *vault, const char *account_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fob_vault_advance_async (vault, account_id, NULL, result_cb, &result);

  return fob_vault_advance_finish (vault, wait_for_result (&result), error);
}

void
fob_test_add (FobVault *vault, FobAccount *account)
{
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_test_edit (vault, edit, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inverse);
}

void
fob_test_add_issuer (FobVault *vault, const char *issuer)
{
  g_autoptr (FobAccount) account = fob_test_account (issuer, "alice");

  fob_test_add (vault, account);
}

static gboolean
time_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

void
fob_test_wait_for_accounts (FobVault *vault, guint n_accounts, guint milliseconds)
{
  gboolean timed_out = FALSE;
  guint source = g_timeout_add (milliseconds, time_out_cb, &timed_out);

  while (!timed_out && g_list_model_get_n_items (G_LIST_MODEL (vault)) != n_accounts)
    g_main_context_iteration (NULL, TRUE);
  if (!timed_out)
    g_source_remove (source);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, n_accounts);
}

void
fob_test_keyring (const char *command)
{
  g_autofree char *program = g_build_filename (g_getenv ("FOB_TEST_HARNESS"), "keyring-ctl", NULL);
  const char *const argv[] = { program, command, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}
