/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-cli-vault.h"
#include "fob-display-text.h"
#include "fob-query.h"

/* What is asked before accounts go. */
static gboolean
confirm (GPtrArray *accounts)
{
  char answer[16] = "";

  for (guint i = 0; i < accounts->len; i++)
    {
      g_autofree char *title = fob_query_dup_title (accounts->pdata[i]);
      g_autofree char *shown = fob_display_text (title);

      fprintf (stderr, "  %s  %s\n", fob_account_get_id (accounts->pdata[i]), shown);
    }
  /* Translators: the letter for yes is y, as the answer that is looked for */
  fprintf (stderr, "%s ",
           ngettext ("Put this account into the trash? [y/N]",
                     "Put these accounts into the trash? [y/N]", accounts->len));

  return fgets (answer, sizeof answer, stdin) != NULL &&
         (g_ascii_strncasecmp (answer, "y", 1) == 0);
}

/* One account, or several that are named one by one. */
static int
collect (FobCliVault *vault, int argc, char **argv, GPtrArray *accounts)
{
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GPtrArray) matches = fob_query_list (fob_cli_vault_get_payload (vault), argv[i]);
      int status = FOB_EXIT_OK;
      FobAccount *account = fob_query_pick (matches, &status);

      if (account == NULL)
        return status;
      if (!g_ptr_array_find (accounts, account, NULL))
        g_ptr_array_add (accounts, g_object_ref (account));
    }

  return FOB_EXIT_OK;
}

int
fob_command_remove_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "yes", 'y', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &yes, N_ ("Do not ask"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("QUERY…"), N_ ("Puts accounts into the trash, where they stay for 30 days."));
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc < 2)
    return fob_cli_fail_usage (_ ("Which account? Give a part of its name."));
  if (!yes && !isatty (STDIN_FILENO))
    return fob_cli_fail_usage (_ ("There is nobody to ask. Say --yes if you are sure."));
  if (!fob_cli_vault_open (&vault, FALSE, &error))
    return fob_cli_fail (error);
  status = collect (&vault, argc, argv, accounts);
  if (status != FOB_EXIT_OK)
    return status;
  if (!yes && !confirm (accounts))
    {
      fprintf (stderr, "fob: %s\n", _ ("Nothing was changed."));
      return FOB_EXIT_FAILED;
    }

  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (edits, fob_edit_new_remove (fob_account_get_id (accounts->pdata[i])));
  batch = fob_edit_new_batch (edits);
  if (!fob_vault_session_edit (vault.session, batch, &error))
    return fob_cli_fail (error);

  return FOB_EXIT_OK;
}
