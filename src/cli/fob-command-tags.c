/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-json.h"
#include "fob-table.h"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer container): names, sorted; borrowed from @payload. @counts: how many accounts
 * have each. */
static GPtrArray *
list_tags (FobPayload *payload, GHashTable *counts)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    {
      const char *const *tags = fob_account_get_tags (fob_payload_get_account (payload, i));

      for (gsize j = 0; tags[j] != NULL; j++)
        {
          const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, tags[j]));

          if (n == 0)
            g_ptr_array_add (names, (gpointer) tags[j]);
          g_hash_table_insert (counts, (gpointer) tags[j], GUINT_TO_POINTER (n + 1));
        }
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}

static int
print_tags (FobCliVault *vault)
{
  const char *const headings[] = { _ ("Tag"), _ ("Accounts"), NULL };
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = list_tags (fob_cli_vault_get_payload (vault), counts);
  g_autoptr (FobTable) table = fob_table_new (headings);
  json_t *list;

  fob_json_init ();
  list = json_array ();
  for (guint i = 0; i < names->len; i++)
    {
      const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, names->pdata[i]));
      g_autofree char *number = g_strdup_printf ("%u", n);

      fob_table_add (table, names->pdata[i]);
      fob_table_add (table, number);
      json_array_append_new (list, json_pack ("{s:s, s:i}", "tag", (char *) names->pdata[i],
                                              "accounts", (int) n));
    }
  if (vault->json)
    return fob_account_json_print (json_pack ("{s:o}", "tags", list)) ? FOB_EXIT_OK
                                                                      : FOB_EXIT_FAILED;
  json_decref (list);

  return fob_table_print (table) ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

/* @new_name: (nullable): NULL to delete it */
static int
change_tag (FobCliVault *vault, const char *name, const char *new_name)
{
  FobPayload *payload = fob_cli_vault_get_payload (vault);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  g_autoptr (FobEdit) batch = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    {
      FobAccount *account = fob_payload_get_account (payload, i);

      if (fob_account_has_tag (account, name))
        {
          g_autoptr (FobAccount) changed = fob_account_with_tag_replaced (account, name, new_name);

          g_ptr_array_add (edits, fob_edit_new_update (account, changed));
        }
    }
  if (edits->len == 0)
    {
      fprintf (stderr, "fob: %s\n", _ ("No account has this tag. “fob tags” lists them."));
      return FOB_EXIT_FAILED;
    }
  batch = fob_edit_new_batch (edits);
  if (!fob_vault_session_edit (vault->session, batch, &error))
    return fob_cli_fail (error);

  return FOB_EXIT_OK;
}

int
fob_command_tags_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  g_autoptr (GOptionContext) context =
    fob_cli_context_new (N_ ("[rename TAG NAME | delete TAG]"),
                         N_ ("Lists the tags, or renames or deletes one in all accounts."));
  g_autoptr (GError) error = NULL;
  gboolean renames;
  gboolean deletes;

  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  renames = argc == 4 && g_str_equal (argv[1], "rename") && *argv[3] != '\0';
  deletes = argc == 3 && g_str_equal (argv[1], "delete");
  if (argc > 1 && !renames && !deletes && !(argc == 2 && g_str_equal (argv[1], "list")))
    return fob_cli_fail_usage (_ ("Say “rename TAG NAME”, “delete TAG”, or nothing to list them."));
  if (!fob_cli_vault_open (&vault, FALSE, &error))
    return fob_cli_fail (error);

  return renames || deletes ? change_tag (&vault, argv[2], renames ? argv[3] : NULL)
                            : print_tags (&vault);
}
