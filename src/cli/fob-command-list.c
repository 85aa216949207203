/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-cli-vault.h"
#include "fob-json.h"
#include "fob-query.h"
#include "fob-table.h"

typedef struct
{
  FobCliVault vault;
  char *tag;
  gboolean trash;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->tag, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GPtrArray *
list_accounts (Options *self, const char *query)
{
  FobPayload *payload = fob_cli_vault_get_payload (&self->vault);
  GPtrArray *accounts =
    self->trash ? fob_query_list_trash (payload, query) : fob_query_list (payload, query);

  for (guint i = accounts->len; self->tag != NULL && i > 0; i--)
    {
      if (!fob_account_has_tag (accounts->pdata[i - 1], self->tag))
        g_ptr_array_remove_index (accounts, i - 1);
    }

  return accounts;
}

static gboolean
print_json (GPtrArray *accounts)
{
  json_t *list;

  fob_json_init ();
  list = json_array ();
  for (guint i = 0; i < accounts->len; i++)
    json_array_append_new (list, fob_account_json_new (accounts->pdata[i], FALSE));

  return fob_account_json_print (json_pack ("{s:o}", "accounts", list));
}

static gboolean
print_table (GPtrArray *accounts)
{
  const char *const headings[] = { _ ("ID"),   _ ("Issuer"), _ ("Account"),
                                   _ ("Type"), _ ("Tags"),   NULL };
  g_autoptr (FobTable) table = fob_table_new (headings);

  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *account = accounts->pdata[i];
      g_autofree char *tags = g_strjoinv (", ", (char **) fob_account_get_tags (account));

      fob_table_add (table, fob_account_get_id (account));
      fob_table_add (table, fob_account_get_issuer (account));
      fob_table_add (table, fob_account_get_name (account));
      fob_table_add (table,
                     fob_otp_kind_to_string (fob_otp_get_kind (fob_account_get_otp (account))));
      fob_table_add (table, tags);
    }

  return fob_table_print (table);
}

int
fob_command_list_run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "tag", 't', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.tag,
      N_ ("Only accounts with this tag"), N_ ("TAG") },
    { "trash", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &options.trash,
      N_ ("Those in the trash instead"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context =
    fob_cli_context_new (N_ ("[QUERY…]"), N_ ("Lists accounts, without codes or secrets."));
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *query = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&options.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (!fob_cli_vault_open (&options.vault, FALSE, &error))
    return fob_cli_fail (error);

  query = g_strjoinv (" ", argv + 1);
  accounts = list_accounts (&options, query);
  if (!(options.vault.json ? print_json (accounts) : print_table (accounts)))
    return FOB_EXIT_FAILED;

  return accounts->len == 0 && *query != '\0' ? FOB_EXIT_FAILED : FOB_EXIT_OK;
}
