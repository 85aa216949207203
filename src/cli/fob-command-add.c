/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-account-options.h"
#include "fob-cli-vault.h"
#include "fob-line-reader.h"
#include "fob-otp-uri.h"
#include "fob-query.h"
#include "fob-wipe.h"

/* A little more than a link may have, so that the parser says that it is too long. */
#define LINE_SIZE_MAX (FOB_OTP_URI_SIZE_MAX + 1024)

typedef struct
{
  FobCliVault vault;
  FobAccountOptions account;
  gboolean again;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  fob_account_options_clear (&self->account);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Returns: (transfer full) (nullable) */
static FobAccount *
parse_uri (Options *self, const char *text, gssize length, GError **error)
{
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autoptr (FobOtp) parsed = fob_otp_uri_parse (text, length, &issuer, &name, error);
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (FobSecret) pin = NULL;
  g_autoptr (FobAccount) account = NULL;
  FobOtpParams params;

  if (parsed == NULL)
    return NULL;
  fob_otp_get_params (parsed, &params);
  if (!fob_account_options_apply_otp (&self->account, &params, &pin, error))
    return NULL;
  otp = fob_otp_new (&params, error);
  if (otp == NULL)
    return NULL;
  account = fob_account_new (issuer, name, otp);

  return fob_account_options_apply (&self->account, account);
}

/* Every line is a link; all of them or none. */
static gboolean
read_uris (Options *self, GPtrArray *accounts, GError **error)
{
  g_autoptr (FobLineReader) reader = fob_line_reader_new (STDIN_FILENO, LINE_SIZE_MAX);
  const char *line = NULL;
  gsize length = 0;
  GError *failure = NULL;

  while (fob_line_reader_next (reader, &line, &length, &failure))
    {
      FobAccount *account;

      if (line != NULL && (length == 0 || line[0] == '#'))
        continue;
      account =
        parse_uri (self, line != NULL ? line : "", line != NULL ? (gssize) length : 0, &failure);
      if (account == NULL)
        {
          g_prefix_error (&failure, _ ("line %lu: "), (gulong) fob_line_reader_get_number (reader));
          break;
        }
      g_ptr_array_add (accounts, account);
    }
  if (failure == NULL && accounts->len == 0)
    g_set_error_literal (&failure, FOB_OTP_ERROR, FOB_OTP_ERROR_URI,
                         _ ("There is no link on the standard input."));
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);

  return FALSE;
}

static FobAccount *
read_fields (Options *self, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobSecret) pin = NULL;
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (FobAccount) account = NULL;

  if (!fob_account_options_apply_otp (&self->account, &params, &pin, error))
    return NULL;
  secret = fob_account_options_read_secret (params.kind, error);
  if (secret == NULL)
    return NULL;
  params.secret = secret;
  otp = fob_otp_new (&params, error);
  if (otp == NULL)
    return NULL;
  account = fob_account_new ("", "", otp);

  return fob_account_options_apply (&self->account, account);
}

/* Returns: (transfer none) (nullable): one that is there already. */
static FobAccount *
find_same (FobPayload *payload, FobAccount *account)
{
  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    {
      FobAccount *other = fob_payload_get_account (payload, i);

      if (fob_otp_equal (fob_account_get_otp (other), fob_account_get_otp (account)))
        return other;
    }

  return NULL;
}

static gboolean
check_new (Options *self, GPtrArray *accounts)
{
  FobPayload *payload = fob_cli_vault_get_payload (&self->vault);

  for (guint i = 0; !self->again && i < accounts->len; i++)
    {
      FobAccount *same = find_same (payload, accounts->pdata[i]);

      if (same != NULL)
        {
          fprintf (stderr,
                   _ ("fob: This account is there already, with the id %s. With --again it is "
                      "added once more.\n"),
                   fob_account_get_id (same));
          return FALSE;
        }
    }

  return TRUE;
}

static int
store (Options *self, GPtrArray *accounts)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;
  g_autoptr (GError) error = NULL;
  json_t *list;

  if (!check_new (self, accounts))
    return FOB_EXIT_FAILED;
  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (edits, fob_edit_new_add (accounts->pdata[i], G_MAXUINT));
  batch = fob_edit_new_batch (edits);
  if (!fob_vault_session_edit (self->vault.session, batch, &error))
    return fob_cli_fail (error);

  list = json_array ();
  for (guint i = 0; i < accounts->len; i++)
    {
      if (self->vault.json)
        json_array_append_new (list, fob_account_json_new (accounts->pdata[i], FALSE));
      else
        printf ("%s\n", fob_account_get_id (accounts->pdata[i]));
    }
  if (!self->vault.json)
    {
      json_decref (list);
      return FOB_EXIT_OK;
    }

  return fob_account_json_print (json_pack ("{s:o}", "accounts", list)) ? FOB_EXIT_OK
                                                                        : FOB_EXIT_FAILED;
}

/* @uri: (nullable): "-" for the standard input */
static int
run (Options *self, char *uri)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  /* First what may fail without a passphrase having been typed. */
  if (uri != NULL && g_str_equal (uri, "-"))
    (void) read_uris (self, accounts, &error);
  else
    {
      FobAccount *account =
        uri != NULL ? parse_uri (self, uri, -1, &error) : read_fields (self, &error);

      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }
  /* Out of sight of who lists the processes. */
  if (uri != NULL)
    fob_wipe (uri, strlen (uri));
  if (error != NULL)
    return error->domain == G_OPTION_ERROR ? fob_cli_fail_usage (error->message)
                                           : fob_cli_fail (error);
  if (!fob_cli_vault_open (&self->vault, TRUE, &error))
    return fob_cli_fail (error);

  return store (self, accounts);
}

int
fob_command_add_run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "again", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.again,
      N_ ("Add it even if it is there already"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new ("[-]", N_ ("Adds an account."));

  g_option_context_set_description (
    context,
    N_ ("With “-” every line of the standard input is an otpauth:// link. Without it the secret is "
        "asked for, or taken from the first line of the standard input, and the options say the "
        "rest. Prints the id of the new account.\n"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_account_options_add_to (&options.account, context);
  fob_cli_vault_add_to (&options.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc > 2)
    return fob_cli_fail_usage (_ ("One link is wanted, or “-”."));
  if (g_strcmp0 (options.vault.passphrase_file, "-") == 0)
    return fob_cli_fail_usage (
      _ ("The standard input is for the account. Take the passphrase from a file, or type it."));
  if (argc < 2 && options.account.issuer == NULL && options.account.name == NULL)
    return fob_cli_fail_usage (_ ("Give the account a name with --issuer or --account."));
  if (argc == 2 && !g_str_equal (argv[1], "-"))
    fprintf (stderr, "fob: %s\n",
             _ ("Others may have seen this link in the list of processes, and the shell may keep "
                "it. Better is “fob add -”, which reads it from the standard input."));

  return run (&options, argc == 2 ? argv[1] : NULL);
}
