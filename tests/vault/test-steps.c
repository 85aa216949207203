/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* A store that fails at one step of a transaction. */

#include "fob-memory-store.h"
#include "fob-test-store.h"
#include "fob-test-vault.h"

typedef struct
{
  FobTestStep step; /* that fails; none if it is beyond the last */
  FobVaultError code;
  guint n_times;
} Fault;

static gboolean
fail_at (FobTestStep step, guint64 generation, gpointer user_data, GError **error)
{
  Fault *fault = user_data;

  if (step != fault->step || fault->n_times == 0)
    return TRUE;
  fault->n_times--;
  g_set_error_literal (error, FOB_VAULT_ERROR, (gint) fault->code, "A step failed.");

  return FALSE;
}

static FobVault *
open_failing_vault (Fault *fault)
{
  FobAccount *accounts[] = { fob_test_counter_account ("Counter", 0) };
  g_autoptr (FobStore) inner = fob_memory_store_new (accounts, 1);
  g_autoptr (FobStore) store = fob_test_store_new (inner, fail_at, fault);
  FobVault *vault = fob_vault_new (store);
  g_autoptr (GError) error = NULL;

  g_object_unref (accounts[0]);
  fob_test_open (vault, NULL, &error);
  g_assert_no_error (error);

  return vault;
}

static guint64
take (FobVault *vault)
{
  g_autoptr (FobAccount) account = g_list_model_get_item (G_LIST_MODEL (vault), 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) taken = fob_test_advance (vault, fob_account_get_id (account), &error);

  g_assert_no_error (error);

  return fob_otp_get_counter (taken);
}

/* LESSONS 16: what failed has taken no counter, or one that nobody else gets; the vault goes on. */
static void
test_fails_at_each_step (void)
{
  for (gint step = FOB_TEST_STEP_LOCK; step <= FOB_TEST_STEP_COMMITTED; step++)
    {
      Fault fault = { FOB_TEST_N_STEPS, FOB_VAULT_ERROR_STORAGE, 0 };
      g_autoptr (FobVault) vault = open_failing_vault (&fault);
      g_autoptr (FobAccount) account = g_list_model_get_item (G_LIST_MODEL (vault), 0);
      g_autoptr (FobOtp) taken = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (take (vault), ==, 0);
      fault = (Fault){ (FobTestStep) step, FOB_VAULT_ERROR_STORAGE, 1 };
      taken = fob_test_advance (vault, fob_account_get_id (account), &error);
      g_assert_null (taken);
      g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE);
      g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);
      g_assert_cmpuint (take (vault), ==, step == FOB_TEST_STEP_COMMITTED ? 2 : 1);
    }
}

/* LESSONS 15: somebody else committed first, four times in a row: applied anew. For ever: told so.
 */
static void
test_conflicts (void)
{
  Fault fault = { FOB_TEST_N_STEPS, FOB_VAULT_ERROR_CONFLICT, 0 };
  g_autoptr (FobVault) vault = open_failing_vault (&fault);
  g_autoptr (FobAccount) account = g_list_model_get_item (G_LIST_MODEL (vault), 0);
  g_autoptr (FobOtp) taken = NULL;
  g_autoptr (GError) error = NULL;

  fault = (Fault){ FOB_TEST_STEP_COMMIT, FOB_VAULT_ERROR_CONFLICT, 4 };
  g_assert_cmpuint (take (vault), ==, 0);
  fault.n_times = G_MAXUINT;
  taken = fob_test_advance (vault, fob_account_get_id (account), &error);
  g_assert_null (taken);
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT);
  fault.n_times = 0;
  g_assert_cmpuint (take (vault), ==, 1);
}

/* LESSONS 3: no failure of an opening makes an empty vault of a full one. */
static void
test_opening_fails (void)
{
  static const FobVaultError codes[] = { FOB_VAULT_ERROR_NO_SERVICE, FOB_VAULT_ERROR_LOCKED,
                                         FOB_VAULT_ERROR_DAMAGED,    FOB_VAULT_ERROR_VERSION,
                                         FOB_VAULT_ERROR_STORAGE,    FOB_VAULT_ERROR_OLDER };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      Fault fault = { FOB_TEST_N_STEPS, codes[i], 0 };
      g_autoptr (FobVault) vault = open_failing_vault (&fault);
      g_autoptr (GError) error = NULL;

      fob_vault_lock (vault);
      fault = (Fault){ FOB_TEST_STEP_LOAD, codes[i], 1 };
      g_assert_false (fob_test_open (vault, NULL, &error));
      g_assert_error (error, FOB_VAULT_ERROR, (gint) codes[i]);
      g_assert_cmpint (fob_vault_get_state (vault), !=, FOB_VAULT_STATE_READY);
      g_clear_error (&error);
      g_assert_true (fob_test_open (vault, NULL, &error));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
      g_assert_cmpuint (take (vault), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/steps/lesson-16-fails-at-each-step", test_fails_at_each_step);
  g_test_add_func ("/vault/steps/lesson-15-conflicts", test_conflicts);
  g_test_add_func ("/vault/steps/lesson-3-opening-fails", test_opening_fails);

  return g_test_run ();
}
