/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-account-options.h"
#include "fob-cli-vault.h"
#include "fob-query.h"

typedef struct
{
  FobCliVault vault;
  FobAccountOptions account;
  char **removed_tags;
  gboolean secret;
  gboolean favourite;
  gboolean no_favourite;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  fob_account_options_clear (&self->account);
  g_clear_pointer (&self->removed_tags, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static FobAccount *
remove_tags (Options *self, FobAccount *account)
{
  const char *const *old_tags = fob_account_get_tags (account);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  for (gsize i = 0; old_tags[i] != NULL; i++)
    {
      if (self->removed_tags == NULL ||
          !g_strv_contains ((const char *const *) self->removed_tags, old_tags[i]))
        g_ptr_array_add (tags, (gpointer) old_tags[i]);
    }
  g_ptr_array_add (tags, NULL);

  return fob_account_with_tags (account, (const char *const *) tags->pdata);
}

/* Returns: (transfer full) (nullable) */
static FobAccount *
change (Options *self, FobAccount *account, GError **error)
{
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobSecret) pin = NULL;
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (FobAccount) with_options = fob_account_options_apply (&self->account, account);
  g_autoptr (FobAccount) with_tags = remove_tags (self, with_options);
  g_autoptr (FobAccount) with_pinned = NULL;
  FobOtpParams params;

  fob_otp_get_params (fob_account_get_otp (account), &params);
  if (!fob_account_options_apply_otp (&self->account, &params, &pin, error))
    return NULL;
  if (self->secret)
    {
      secret = fob_account_options_read_secret (params.kind, error);
      if (secret == NULL)
        return NULL;
      params.secret = secret;
    }
  otp = fob_otp_new (&params, error);
  if (otp == NULL)
    return NULL;
  with_pinned = fob_account_with_pinned (
    with_tags, self->favourite || (fob_account_get_pinned (account) && !self->no_favourite));

  return fob_account_with_otp (with_pinned, otp);
}

static int
run (Options *self, const char *query)
{
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (FobAccount) changed = NULL;
  g_autoptr (FobEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  FobAccount *account;
  int status;

  if (!fob_cli_vault_open (&self->vault, FALSE, &error))
    return fob_cli_fail (error);
  matches = fob_query_list (fob_cli_vault_get_payload (&self->vault), query);
  account = fob_query_pick (matches, &status);
  if (account == NULL)
    return status;
  changed = change (self, account, &error);
  if (changed == NULL)
    return error->domain == G_OPTION_ERROR ? fob_cli_fail_usage (error->message)
                                           : fob_cli_fail (error);
  edit = fob_edit_new_update (account, changed);
  if (!fob_vault_session_edit (self->vault.session, edit, &error))
    return fob_cli_fail (error);
  if (self->vault.json)
    return fob_account_json_print (fob_account_json_new (changed, FALSE)) ? FOB_EXIT_OK
                                                                          : FOB_EXIT_FAILED;

  return FOB_EXIT_OK;
}

int
fob_command_edit_run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "untag", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &options.removed_tags,
      N_ ("Take a tag away; may be given again"), N_ ("TAG") },
    { "favourite", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.favourite,
      N_ ("Pin it to the top"), NULL },
    { "no-favourite", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.no_favourite,
      N_ ("Do not pin it any more"), NULL },
    { "secret", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.secret,
      N_ ("Ask for a new secret, or take it from the standard input"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context =
    fob_cli_context_new (N_ ("QUERY…"), N_ ("Changes an account."));
  g_autofree char *query = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_account_options_add_to (&options.account, context);
  fob_cli_vault_add_to (&options.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc < 2)
    return fob_cli_fail_usage (_ ("Which account? Give a part of its name."));
  if (options.favourite && options.no_favourite)
    return fob_cli_fail_usage (_ ("Either --favourite or --no-favourite."));
  if (options.secret && g_strcmp0 (options.vault.passphrase_file, "-") == 0)
    return fob_cli_fail_usage (
      _ ("The standard input is for the secret. Take the passphrase from a file, or type it."));
  if (fob_account_options_is_empty (&options.account) && options.removed_tags == NULL &&
      !options.secret && !options.favourite && !options.no_favourite)
    return fob_cli_fail_usage (_ ("What is to be changed? Give at least one option."));

  query = g_strjoinv (" ", argv + 1);

  return run (&options, query);
}
