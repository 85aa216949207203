/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-display-text.h"
#include "fob-query.h"
#include "fob-wipe.h"

static void
print_field (const char *name, const char *value)
{
  g_auto (FobWipedString) shown = fob_display_text (value);

  printf ("%s: %s\n", name, shown);
}

static void
print_number (const char *name, guint64 value)
{
  printf ("%s: %" G_GUINT64_FORMAT "\n", name, value);
}

static void
print_token (FobOtp *otp, gboolean with_secret)
{
  FobOtpParams params;

  fob_otp_get_params (otp, &params);
  print_field (_ ("Type"), fob_otp_kind_to_string (params.kind));
  print_field (_ ("Algorithm"), fob_otp_algorithm_to_string (params.algorithm));
  print_number (_ ("Digits"), params.digits);
  if (fob_otp_is_time_based (otp))
    print_number (_ ("Period"), params.period);
  if (fob_otp_kind_get_info (params.kind)->has_counter)
    print_number (_ ("Counter"), params.counter);
  if (params.suite != NULL)
    print_field (_ ("Suite"), params.suite);
  if (fob_otp_is_weak (otp))
    print_field (_ ("Warning"), _ ("The secret is shorter than the 128 bits of RFC 4226."));
  if (with_secret)
    {
      g_auto (FobWipedString) secret = fob_secret_dup_base32 (params.secret);

      print_field (_ ("Secret"), secret);
    }
}

static int
print_account (FobAccount *account, gboolean with_secret)
{
  g_autofree char *tags = g_strjoinv (", ", (char **) fob_account_get_tags (account));
  FobRecoveryCodes *recovery = fob_account_get_recovery (account);
  const gint64 modified = fob_account_get_modified (account);

  print_field (_ ("ID"), fob_account_get_id (account));
  print_field (_ ("Issuer"), fob_account_get_issuer (account));
  print_field (_ ("Account"), fob_account_get_name (account));
  print_token (fob_account_get_otp (account), with_secret);
  print_field (_ ("Tags"), tags);
  print_field (_ ("Note"), fob_account_get_note (account));
  if (recovery != NULL)
    {
      const guint n_left = fob_recovery_codes_get_n_left (recovery);
      /* Translators: how many are left, and how many there were */
      g_autofree char *left = g_strdup_printf (ngettext ("%u of %u left", "%u of %u left", n_left),
                                               n_left, fob_recovery_codes_get_size (recovery));

      print_field (_ ("Recovery codes"), left);
    }
  print_field (_ ("Favourite"), fob_account_get_pinned (account) ? _ ("yes") : _ ("no"));
  if (modified > 0)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (modified);
      g_autofree char *text = g_date_time_format_iso8601 (time);

      print_field (_ ("Edited"), text);
    }

  return fflush (stdout) == 0 ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

int
fob_command_show_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  gboolean with_secret = FALSE;
  const GOptionEntry entries[] = {
    { "show-secret", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_secret,
      N_ ("Print the secret too"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context =
    fob_cli_context_new (N_ ("QUERY…"), N_ ("Shows all that is known of an account."));
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *query = NULL;
  FobAccount *account;
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc < 2)
    return fob_cli_fail_usage (_ ("Which account? Give a part of its name."));
  if (!fob_cli_vault_open (&vault, FALSE, &error))
    return fob_cli_fail (error);

  query = g_strjoinv (" ", argv + 1);
  matches = fob_query_list (fob_cli_vault_get_payload (&vault), query);
  account = fob_query_pick (matches, &status);
  if (account == NULL)
    return status;
  if (vault.json)
    return fob_account_json_print (fob_account_json_new (account, with_secret)) ? FOB_EXIT_OK
                                                                                : FOB_EXIT_FAILED;

  return print_account (account, with_secret);
}
