/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* LESSONS 12 and 16: whoever writes to the keyring dies, or the keyring's own daemon does. What was
 * confirmed is there afterwards; of what was not, at most the one change that was under way. */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "fob-keyring-store.h"
#include "fob-test-slots.h"
#include "fob-test-store.h"

#ifdef __SANITIZE_ADDRESS__
#define N_WRITERS 10
#define N_DAEMONS 5
#else
#define N_WRITERS 50
#define N_DAEMONS 50
#endif

static const char *self_path;

/* The writer, in a process of its own */

static gboolean
die_at (FobTestStep step, guint64 generation, gpointer user_data, GError **error)
{
  if (step == *(FobTestStep *) user_data)
    raise (SIGKILL);

  return TRUE;
}

/* Takes the counter again and again and says which it got, until it dies. @step: at which; none if
 * it is beyond the last. */
static void
run_writer (const char *account_id, FobTestStep step)
{
  g_autoptr (FobStore) inner = fob_keyring_store_new ();
  g_autoptr (FobStore) store = fob_test_store_new (inner, die_at, &step);
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  FobTestStep opened = step;

  /* It opens in peace. */
  step = FOB_TEST_N_STEPS;
  vault = fob_vault_new (store);
  fob_test_open (vault, NULL, &error);
  g_assert_no_error (error);
  step = opened;
  for (;;)
    {
      g_autoptr (FobOtp) taken = fob_test_advance (vault, account_id, &error);

      g_assert_no_error (error);
      g_print ("%" G_GUINT64_FORMAT "\n", fob_otp_get_counter (taken));
    }
}

static GSubprocess *
start_writer (const char *account_id, FobTestStep step)
{
  g_autofree char *number = g_strdup_printf ("%d", (int) step);
  g_autoptr (GError) error = NULL;
  GSubprocess *writer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self_path,
                                          "--writer", account_id, number, NULL);

  g_assert_no_error (error);

  return writer;
}

/* What the dead writer has said. @counter: (inout): the next one that is free. */
static void
check_output (GSubprocess *writer, const char *account_id, guint64 *counter)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobAccount) account = NULL;
  guint64 now;

  g_subprocess_communicate_utf8 (writer, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (writer));
  lines = g_strsplit (output, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_cmpuint (g_ascii_strtoull (lines[i], NULL, 10), ==, (*counter)++);

  vault = fob_test_open_keyring ();
  account = fob_vault_dup_account (vault, account_id);
  now = fob_otp_get_counter (fob_account_get_otp (account));
  /* One may have been taken by somebody who did not live to say so. */
  g_assert_true (now == *counter || now == *counter + 1);
  *counter = now;
}

/* Returns: (transfer full): the only account of a new vault. */
static FobAccount *
start_counter (void)
{
  FobAccount *account = fob_test_counter_account ("Counter", 0);
  g_autoptr (FobVault) vault = NULL;

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  fob_test_add (vault, account);

  return account;
}

static void
test_writer_at_each_step (void)
{
  g_autoptr (FobAccount) account = start_counter ();
  guint64 counter = 0;

  for (gint step = 0; step < FOB_TEST_N_STEPS; step++)
    {
      g_autoptr (GSubprocess) writer =
        start_writer (fob_account_get_id (account), (FobTestStep) step);
      const guint64 before = counter;

      check_output (writer, fob_account_get_id (account), &counter);
      g_assert_cmpuint (counter - before, ==, step >= FOB_TEST_STEP_COMMITTED ? 1 : 0);
    }
}

static void
test_writer_at_random (void)
{
  g_autoptr (FobAccount) account = start_counter ();
  guint64 counter = 0;
  gint longest_us = 150000;
  guint i;

  /* A machine that is busy takes longer to start one than they are given at first. */
  for (i = 0; i < N_WRITERS || (counter <= N_WRITERS / 2 && i < 10 * N_WRITERS); i++)
    {
      g_autoptr (GSubprocess) writer =
        start_writer (fob_account_get_id (account), FOB_TEST_N_STEPS);
      const guint64 before = counter;

      g_usleep ((gulong) g_test_rand_int_range (20000, longest_us));
      g_subprocess_send_signal (writer, SIGKILL);
      check_output (writer, fob_account_get_id (account), &counter);
      if (counter == before)
        longest_us = MIN (longest_us + longest_us / 4, 5 * G_USEC_PER_SEC);
    }
  g_test_message ("%u writers killed, %" G_GUINT64_FORMAT " counters", i, counter);
  g_assert_cmpuint (counter, >, N_WRITERS / 2);
}

/* The daemon */

static gpointer
kill_daemon (gpointer user_data)
{
  g_usleep (GPOINTER_TO_UINT (user_data));
  fob_test_keyring ("kill");

  return NULL;
}

/* Counts until the service is gone. Returns: the next counter that is free, as far as it was told.
 */
static guint64
count_until_gone (FobVault *vault, const char *account_id, guint64 counter)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FobOtp) taken = fob_test_advance (vault, account_id, &error);

      if (taken == NULL)
        {
          /* Never that there was nothing, and never that it was damaged. */
          g_assert_true (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE) ||
                         g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE));
          return counter;
        }
      g_assert_cmpuint (fob_otp_get_counter (taken), ==, counter);
      counter++;
    }
}

static void
test_daemon (void)
{
  g_autoptr (FobAccount) account = start_counter ();
  const char *account_id = fob_account_get_id (account);
  guint64 counter = 0;

  for (guint i = 0; i < N_DAEMONS; i++)
    {
      g_autoptr (FobVault) vault = fob_test_open_keyring ();
      g_autoptr (FobVault) after = NULL;
      g_autoptr (FobAccount) now = NULL;
      GThread *killer =
        g_thread_new ("killer", kill_daemon, GUINT_TO_POINTER (g_test_rand_int_range (1, 60000)));
      guint64 found;

      counter = count_until_gone (vault, account_id, counter);
      g_thread_join (killer);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 1);
      g_clear_object (&vault);
      fob_test_keyring ("start");
      after = fob_test_open_keyring ();
      now = fob_vault_dup_account (after, account_id);
      g_assert_nonnull (now);
      found = fob_otp_get_counter (fob_account_get_otp (now));
      g_assert_true (found == counter || found == counter + 1);
      counter = found;
    }
  g_test_message ("%u daemons killed, %" G_GUINT64_FORMAT " counters", N_DAEMONS, counter);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "--writer") == 0)
    run_writer (argv[2], (FobTestStep) atoi (argv[3]));

  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/kills/lesson-16-writer-at-each-step", test_writer_at_each_step);
  g_test_add_func ("/vault/kills/lesson-12-writer-at-random", test_writer_at_random);
  g_test_add_func ("/vault/kills/lesson-12-daemon", test_daemon);

  return g_test_run ();
}
