/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-cli-vault.h"
#include "fob-deadline.h"
#include "fob-display-text.h"
#include "fob-format.h"
#include "fob-query.h"
#include "fob-store-place.h"

/* Longer than that nobody waits for a name to appear. */
#define VAULT_MILLISECONDS 2000

/* What the shells complete words with. Asks nobody for anything and says nothing about what goes
 * wrong: a line that is being typed is no place for that. */

static void
print_commands (void)
{
  const FobCommand *commands = fob_command_list ();

  for (gsize i = 0; commands[i].name != NULL; i++)
    {
      if (commands[i].summary != NULL)
        printf ("%s\t%s\n", commands[i].name, _ (commands[i].summary));
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

/* A shell takes lines, and shows them as they are: what a terminal would not show as it is, is not
 * for completing. */
static void
print_once (const char *text, GHashTable *seen)
{
  g_autofree char *shown = fob_display_text (text);

  if (*text != '\0' && g_str_equal (shown, text) && g_hash_table_add (seen, g_strdup (text)))
    printf ("%s\n", text);
}

static void
print_titles (GPtrArray *accounts, GHashTable *seen)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      g_autofree char *title = fob_query_dup_title (accounts->pdata[i]);

      print_once (title, seen);
    }
}

static void
print_tags (GPtrArray *accounts, GHashTable *seen)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const char *const *tags = fob_account_get_tags (accounts->pdata[i]);

      for (gsize j = 0; tags[j] != NULL; j++)
        print_once (tags[j], seen);
    }
}

/* What is in the vault, if it is open; nobody is asked to open it. */
static void
print_from_vault (const char *what)
{
  g_autoptr (FobDeadline) deadline = fob_deadline_new (VAULT_MILLISECONDS);
  g_autoptr (FobStore) store = fob_store_new_for_place (NULL);
  g_autoptr (FobVaultSession) session = fob_vault_session_new (store);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) accounts = NULL;

  if (!fob_vault_session_open (session, NULL, FALSE, fob_deadline_get_cancellable (deadline), NULL))
    return;

  accounts = g_str_equal (what, "trash")
               ? fob_query_list_trash (fob_vault_session_get_payload (session), NULL)
               : fob_query_list (fob_vault_session_get_payload (session), NULL);
  if (g_str_equal (what, "tags"))
    print_tags (accounts, seen);
  else
    print_titles (accounts, seen);
}

int
fob_command_complete_run (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";

  if (g_str_equal (what, "commands"))
    print_commands ();
  else if (g_str_equal (what, "accounts") || g_str_equal (what, "trash") ||
           g_str_equal (what, "tags"))
    print_from_vault (what);
  else if (g_str_equal (what, "import-formats"))
    print_formats (FALSE);
  else if (g_str_equal (what, "export-formats"))
    print_formats (TRUE);

  return FOB_EXIT_OK;
}
