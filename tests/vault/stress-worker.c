/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* stress-worker keyring|FILE SEED EDITS LOG: changes a vault at random, and writes down what it has
 * done and as which generation. Several of them at once are a stress; see test-stress.c. */

#include <glib/gstdio.h>
#include <stdlib.h>

#include "fob-file-store.h"
#include "fob-keyring-store.h"
#include "fob-test-file.h"
#include "fob-test-store.h"

typedef struct
{
  FobVault *vault;
  GRand *rand;
  FILE *log;
  const char *seed;
  guint n;
  guint64 committed; /* generation of the last commit; written by the worker thread */
} Worker;

static gboolean
note_generation (FobTestStep step, guint64 generation, gpointer user_data, GError **error)
{
  if (step == FOB_TEST_STEP_COMMITTED)
    ((Worker *) user_data)->committed = generation;

  return TRUE;
}

/* Returns: (transfer full) (nullable): any account, or any that counts. */
static FobAccount *
pick (Worker *worker, FobOtpKind kind)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (worker->vault));
  const guint first = n > 0 ? (guint) g_rand_int_range (worker->rand, 0, (gint) n) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FobAccount) account =
        g_list_model_get_item (G_LIST_MODEL (worker->vault), (first + i) % n);

      if (fob_otp_get_kind (fob_account_get_otp (account)) == kind)
        return g_steal_pointer (&account);
    }

  return NULL;
}

static void
write_down (Worker *worker, const char *what, FobAccount *account, const char *value)
{
  g_fprintf (worker->log, "%" G_GUINT64_FORMAT " %s %s %s\n", worker->committed, what,
             fob_account_get_id (account), value);
}

/* Somebody else may have deleted the account meanwhile: then nothing has happened. */
static void
edit (Worker *worker, FobEdit *what, const char *word, FobAccount *account, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_test_edit (worker->vault, what, &error);

  if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND))
    return;
  g_assert_no_error (error);
  write_down (worker, word, account, value);
}

static void
add (Worker *worker, const char *value)
{
  const gboolean counts = g_rand_boolean (worker->rand);
  g_autoptr (FobAccount) account =
    counts ? fob_test_counter_account ("Stress", 0) : fob_test_account ("Stress", "new");
  g_autoptr (FobAccount) named = fob_account_with_names (account, "Stress", value);
  g_autoptr (FobEdit) what = fob_edit_new_add (named, G_MAXUINT);

  edit (worker, what, "add", named, value);
}

static void
advance (Worker *worker, FobAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) taken = fob_test_advance (worker->vault, fob_account_get_id (account), &error);
  g_autofree char *value = NULL;

  if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND))
    return;
  g_assert_no_error (error);
  value = g_strdup_printf ("%" G_GUINT64_FORMAT, fob_otp_get_counter (taken));
  write_down (worker, "advance", account, value);
}

static void
change (Worker *worker, FobAccount *account, gboolean tag, const char *value)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (FobAccount) after = NULL;
  g_autoptr (FobEdit) what = NULL;

  g_strv_builder_addv (tags, (const char **) fob_account_get_tags (account));
  g_strv_builder_add (tags, value);
  all = g_strv_builder_end (tags);
  after = tag ? fob_account_with_tags (account, (const char *const *) all)
              : fob_account_with_names (account, "Stress", value);
  what = fob_edit_new_update (account, after);
  edit (worker, what, tag ? "tag" : "rename", account, value);
}

static void
act (Worker *worker)
{
  const gint dice = g_rand_int_range (worker->rand, 0, 100);
  const FobOtpKind kind = dice < 55 ? FOB_OTP_KIND_HOTP : FOB_OTP_KIND_TOTP;
  g_autoptr (FobAccount) account = pick (worker, kind);
  g_autofree char *value = g_strdup_printf ("%s-%u", worker->seed, worker->n);
  g_autoptr (FobEdit) remove = NULL;

  if (account == NULL || dice >= 75)
    add (worker, value);
  else if (dice < 30)
    advance (worker, account);
  else if (dice < 50)
    change (worker, account, FALSE, value);
  else if (dice < 65)
    change (worker, account, TRUE, value);
  else
    {
      remove = fob_edit_new_remove (fob_account_get_id (account));
      edit (worker, remove, "remove", account, value);
    }
}

int
main (int argc, char *argv[])
{
  const gboolean keyring = argc == 5 && g_str_equal (argv[1], "keyring");
  g_autoptr (FobStore) inner = NULL;
  g_autoptr (FobStore) store = NULL;
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (GRand) rand = NULL;
  g_autoptr (GError) error = NULL;
  Worker worker = { 0 };

  g_assert_cmpint (argc, ==, 5);
  inner = keyring ? fob_keyring_store_new () : fob_file_store_new (argv[1]);
  store = fob_test_store_new (inner, note_generation, &worker);
  vault = fob_vault_new (store);
  rand = g_rand_new_with_seed ((guint32) atoi (argv[2]));
  fob_test_open (vault, keyring ? NULL : FOB_TEST_PASSPHRASE, &error);
  g_assert_no_error (error);
  worker.vault = vault;
  worker.rand = rand;
  worker.seed = argv[2];
  worker.log = g_fopen (argv[4], "w");
  g_assert_nonnull (worker.log);
  for (worker.n = 0; worker.n < (guint) atoi (argv[3]); worker.n++)
    act (&worker);
  fob_vault_finish (vault);

  return fclose (worker.log) == 0 ? 0 : 1;
}
