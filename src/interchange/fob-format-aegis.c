/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-aegis-vault.h"
#include "fob-entry.h"
#include "fob-format-private.h"
#include "fob-json.h"

/* Aegis Authenticator, plain and encrypted; written plain, in a layout that readers of versions 1
 * to 3 understand. */

static gboolean
lost (FobAccount *account, GPtrArray *reasons)
{
  if (fob_entry_is_aegis (account))
    {
      if (fob_account_get_recovery (account) != NULL)
        g_ptr_array_add (
          reasons, g_strdup (_ ("Recovery codes are written, but Aegis does not keep them.")));
      return TRUE;
    }
  g_ptr_array_add (reasons, g_strdup (_ ("Aegis has no challenge-response accounts (OCRA).")));

  return FALSE;
}

/* Readers of version 2 know one group an entry, by its name. */
static void
add_old_groups (json_t *content, GPtrArray *accounts)
{
  json_t *entries = json_object_get (content, "entries");

  for (guint i = 0; i < accounts->len; i++)
    {
      const char *const *tags = fob_account_get_tags (accounts->pdata[i]);

      json_object_set_new (json_array_get (entries, i), "group",
                           tags[0] != NULL ? json_string (tags[0]) : json_null ());
    }
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  g_autoptr (GBytes) text = fob_aegis_vault_format (accounts);
  json_t *content;
  json_t *root;
  GBytes *file;

  fob_json_init ();
  content = json_loadb (g_bytes_get_data (text, NULL), g_bytes_get_size (text), 0, NULL);
  json_object_del (content, "keyfob");
  add_old_groups (content, accounts);
  root = json_pack ("{s:i, s:{s:n, s:n}, s:o}", "version", 1, "header", "slots", "params", "db",
                    content);
  file = fob_json_dump (root);
  json_decref (root);

  return file;
}

const FobFormat fob_format_aegis = {
  .id = "aegis",
  .label = N_ ("Aegis"),
  .suffix = ".json",
  .text = TRUE,
  .probe = fob_aegis_vault_probe,
  .needs_passphrase = fob_aegis_vault_is_encrypted,
  .parse = fob_aegis_vault_parse,
  .lost = lost,
  .serialise = serialise,
};
