/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-code-options.h"
#include "fob-code-writer.h"
#include "fob-copy.h"
#include "fob-ocra-suite.h"
#include "fob-query.h"
#include "fob-watch.h"
#include "fob-wipe.h"

/* A code with less time than this is not worth the typing. */
#define FRESH_SECONDS 5

typedef struct
{
  FobCliVault vault;
  FobCodeOptions code;
  gboolean next;
  gboolean wait;
  gboolean watch;
  gboolean copy;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  fob_code_options_clear (&self->code);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Contradictions. Returns: (nullable): what is wrong. */
static const char *
check (Options *self)
{
  if (self->watch &&
      (self->next || self->wait || self->copy || self->vault.json || !self->code.follows_clock))
    return _ ("--watch shows codes as they change. It goes with no other way to print one.");
  if (self->wait && (self->next || !self->code.follows_clock))
    return _ ("--wait is for the code of now. It does not go with --next or --at.");
  if (self->copy && self->vault.json)
    return _ ("A code is either copied or printed: choose --copy or --json.");

  return NULL;
}

static int
watch (GPtrArray *accounts)
{
  g_autoptr (GListStore) model = g_list_store_new (FOB_TYPE_ACCOUNT);
  g_autoptr (GError) error = NULL;

  g_list_store_splice (model, 0, 0, accounts->pdata, accounts->len);
  if (!fob_watch_run (G_LIST_MODEL (model), &error))
    return fob_cli_fail (error);

  return FOB_EXIT_OK;
}

/* For a fresh code, where the one of now is about to end. */
static void
wait_for_fresh (FobOtp *otp)
{
  const gint64 now = g_get_real_time ();
  const guint64 left = fob_otp_seconds_left (otp, now / G_USEC_PER_SEC);

  if (left > 0 && left < FRESH_SECONDS)
    g_usleep ((gulong) ((gint64) left * G_USEC_PER_SEC - now % G_USEC_PER_SEC));
}

/* Returns: (transfer full) (nullable): the token that makes the code; a counter behind it is
 * advanced by then. */
static FobOtp *
take_token (Options *self, FobAccount *account, GError **error)
{
  FobOtp *otp = fob_account_get_otp (account);
  const FobOcraSuite *suite = fob_otp_get_suite (otp);
  const gboolean counts =
    fob_otp_get_kind (otp) == FOB_OTP_KIND_HOTP || (suite != NULL && suite->has_counter);
  g_autoptr (FobOtp) with_pin = fob_code_options_apply (&self->code, otp, error);
  g_autoptr (FobOtp) taken = NULL;

  if (with_pin == NULL || !counts)
    return g_steal_pointer (&with_pin);
  taken = fob_vault_session_advance (self->vault.session, fob_account_get_id (account), error);

  return taken != NULL ? fob_code_options_apply (&self->code, taken, error) : NULL;
}

/* @code: as long as the longest of all kinds */
static gboolean
make_code (Options *self, FobOtp *otp, gint64 time, char code[FOB_OCRA_CODE_SIZE], GError **error)
{
  FobOcraInput input;
  char short_code[FOB_OTP_CODE_SIZE];
  gboolean done;

  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_OCRA)
    {
      fob_code_options_get_input (&self->code, &input);
      return fob_ocra_answer (otp, &input, code, error);
    }

  done = fob_otp_code (otp, time, short_code, error);
  if (done)
    g_strlcpy (code, short_code, FOB_OCRA_CODE_SIZE);
  fob_wipe (short_code, sizeof short_code);

  return done;
}

static gboolean
print_json (FobAccount *account, FobOtp *otp, gint64 time, const char *code)
{
  json_t *object = fob_account_json_new (account, FALSE);

  json_object_set_new (object, "code", json_string (code));
  if (fob_otp_is_time_based (otp))
    {
      json_object_set_new (object, "time", json_integer (time));
      json_object_set_new (object, "seconds_left",
                           json_integer ((json_int_t) fob_otp_seconds_left (otp, time)));
    }

  return fob_account_json_print (object);
}

static int
print_code (const char *code)
{
  FobCodeWriter writer;
  g_autoptr (GError) error = NULL;

  fob_code_writer_init (&writer, STDOUT_FILENO);
  if (!fob_code_writer_add (&writer, code, &error) || !fob_code_writer_flush (&writer, &error))
    return fob_cli_fail (error);

  return FOB_EXIT_OK;
}

static int
report_copied (guint seconds)
{
  if (seconds > 0)
    fprintf (stderr,
             ngettext ("The code is on the clipboard for %u second.\n",
                       "The code is on the clipboard for %u seconds.\n", seconds),
             seconds);
  else
    fprintf (stderr, "%s\n", _ ("The code is on the clipboard."));

  return FOB_EXIT_OK;
}

/* Returns: a status, or -1 if the window did not do it and nobody else has done anything yet. */
static int
copy_through_window (Options *self, FobAccount *account)
{
  g_autoptr (GError) error = NULL;
  guint seconds = 0;

  /* The window has neither the moment nor the PIN or challenge that were given here. */
  if (!self->code.follows_clock || self->code.pin != NULL || self->code.challenges != NULL)
    return -1;
  if (fob_copy_through_window (fob_account_get_id (account), self->next, &seconds, &error))
    return report_copied (seconds);
  if (g_error_matches (error, FOB_COPY_ERROR, FOB_COPY_ERROR_FAILED))
    return fob_cli_fail (error);

  return -1;
}

static int
give_code (Options *self, FobAccount *account)
{
  gint64 time = fob_code_options_get_time (&self->code);
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GError) error = NULL;
  char code[FOB_OCRA_CODE_SIZE];
  guint seconds = 0;
  int status;

  if (self->copy && !fob_copy_is_possible (&error))
    return fob_cli_fail (error);
  otp = take_token (self, account, &error);
  if (otp == NULL)
    return fob_cli_fail (error);
  if (self->next)
    time += (gint64) fob_otp_get_period (otp);
  if (!make_code (self, otp, time, code, &error))
    return fob_cli_fail (error);

  if (self->vault.json)
    status = print_json (account, otp, time, code) ? FOB_EXIT_OK : FOB_EXIT_FAILED;
  else if (!self->copy)
    status = print_code (code);
  else
    status = fob_copy_to_clipboard (code, &seconds, &error) ? report_copied (seconds)
                                                            : fob_cli_fail (error);
  fob_wipe (code, sizeof code);

  return status;
}

static int
run (Options *self, const char *query)
{
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;
  FobAccount *account;
  int status;

  if (!fob_cli_vault_open (&self->vault, FALSE, &error))
    return fob_cli_fail (error);
  matches = fob_query_list (fob_cli_vault_get_payload (&self->vault), query);
  if (self->watch)
    return watch (matches);
  account = fob_query_pick (matches, &status);
  if (account == NULL)
    return status;
  if (self->next && !fob_otp_is_time_based (fob_account_get_otp (account)))
    return fob_cli_fail_usage (_ ("--next is for accounts whose codes change with the time."));

  if (self->wait)
    wait_for_fresh (fob_account_get_otp (account));
  status = self->copy ? copy_through_window (self, account) : -1;

  return status >= 0 ? status : give_code (self, account);
}

static GOptionContext *
make_context (Options *options)
{
  GOptionContext *context = fob_cli_context_new (
    N_ ("QUERY…"), N_ ("Prints the code of an account, or shows all codes as they change."));
  const GOptionEntry entries[] = {
    { "next", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->next,
      N_ ("The code of the next time step"), NULL },
    { "wait", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->wait,
      N_ ("Wait for a fresh code if this one ends in less than five seconds"), NULL },
    { "watch", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->watch,
      N_ ("Show all codes that the query fits, until q is pressed"), NULL },
    { "copy", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options->copy,
      N_ ("Copy the code instead of printing it"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&options->vault, context);
  fob_code_options_add_to (&options->code, context);

  return context;
}

int
fob_command_code_run (int argc, char **argv)
{
  g_auto (Options) options = { .code = FOB_CODE_OPTIONS_INIT };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autoptr (GError) error = NULL;
  g_autofree char *query = NULL;
  const char *message;

  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (!fob_code_options_resolve (&options.code, &error))
    return fob_cli_fail_usage (error->message);
  message = check (&options);
  if (message == NULL && argc < 2 && !options.watch)
    message = _ ("Which account? Give a part of its name.");
  if (message != NULL)
    return fob_cli_fail_usage (message);

  query = g_strjoinv (" ", argv + 1);

  return run (&options, query);
}
