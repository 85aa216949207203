/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include "fob-cli-vault.h"
#include "fob-format.h"
#include "fob-query.h"
#include "fob-store-place.h"

/* What the shells complete words with. Asks nobody for anything and says nothing about what goes
 * wrong: a line that is being typed is no place for that. */

static void
print_commands (void)
{
  const FobCommand *commands = fob_command_list ();

  for (gsize i = 0; commands[i].name != NULL; i++)
    {
      if (commands[i].summary != NULL)
        printf ("%s\n", commands[i].name);
    }
}

static void
print_formats (gboolean written)
{
  const FobFormat *const *formats = fob_format_list ();

  for (gsize i = 0; formats[i] != NULL; i++)
    {
      if (written ? formats[i]->serialise != NULL : formats[i]->parse != NULL)
        printf ("%s\n", formats[i]->id);
    }
}

static void
print_accounts (void)
{
  g_autoptr (FobStore) store = fob_store_new_for_place (NULL);
  g_autoptr (FobVaultSession) session = fob_vault_session_new (store);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!fob_vault_session_open (session, NULL, FALSE, NULL, NULL))
    return;
  accounts = fob_query_list (fob_vault_session_get_payload (session), NULL);
  for (guint i = 0; i < accounts->len; i++)
    {
      char *title = fob_query_dup_title (accounts->pdata[i]);

      /* A shell takes lines; a name with a break in it cannot be completed. */
      if (*title != '\0' && g_utf8_strchr (title, -1, '\n') == NULL &&
          !g_hash_table_contains (seen, title))
        printf ("%s\n", title);
      g_hash_table_add (seen, title);
    }
}

int
fob_command_complete_run (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";

  if (g_str_equal (what, "commands"))
    print_commands ();
  else if (g_str_equal (what, "accounts"))
    print_accounts ();
  else if (g_str_equal (what, "import-formats"))
    print_formats (FALSE);
  else if (g_str_equal (what, "export-formats"))
    print_formats (TRUE);

  return FOB_EXIT_OK;
}
