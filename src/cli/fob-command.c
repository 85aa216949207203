/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-copy.h"

#ifdef FOB_CLI_LIGHT
/* Another program has these. */
#define fob_command_complete_run fob_command_delegate_run
#define fob_command_export_run   fob_command_delegate_run
#define fob_command_import_run   fob_command_delegate_run
#define fob_command_qr_run       fob_command_delegate_run
#endif

/* In the order in which they are listed. */
static const FobCommand commands[] = {
  { "list", N_ ("List accounts"), fob_command_list_run },
  { "code", N_ ("Print, copy or watch codes"), fob_command_code_run },
  { "show", N_ ("Show all that is known of an account"), fob_command_show_run },
  { "add", N_ ("Add an account"), fob_command_add_run },
  { "edit", N_ ("Change an account"), fob_command_edit_run },
  { "remove", N_ ("Put accounts into the trash"), fob_command_remove_run },
  { "restore-account", N_ ("Take an account out of the trash"), fob_command_restore_account_run },
  { "tags", N_ ("List, rename or delete tags"), fob_command_tags_run },
  { "uri", N_ ("Print the otpauth:// link of an account"), fob_command_uri_run },
  { "qr", N_ ("Show an account as a QR code"), fob_command_qr_run },
  { "import", N_ ("Bring in accounts from a file of another app"), fob_command_import_run },
  { "export", N_ ("Write accounts to a file"), fob_command_export_run },
  { "backup", N_ ("Make an encrypted copy of all accounts"), fob_command_backup_run },
  { "restore", N_ ("Bring accounts back from a backup"), fob_command_restore_run },
  { "vault", N_ ("Tell where the accounts are kept"), fob_command_vault_run },
  { "lock", N_ ("Lock the vault"), fob_command_lock_run },
  { "unlock", N_ ("Unlock the vault"), fob_command_unlock_run },
  { "generate", N_ ("Print the codes of accounts given as links"), fob_command_generate_run },
  { "verify", N_ ("Check a code, as the other side of a login does"), fob_command_verify_run },
  { "doctor", N_ ("Look whether everything that the accounts depend on works"),
    fob_command_doctor_run },
  { "help", N_ ("Explain a command"), fob_command_help_run },
  /* Not for people, so not in the list. */
  { "__complete", NULL, fob_command_complete_run },
  { "__clear-clipboard", NULL, fob_command_clear_clipboard_run },
  { NULL, NULL, NULL },
};

const FobCommand *
fob_command_list (void)
{
  return commands;
}

const FobCommand *
fob_command_find (const char *name)
{
  for (gsize i = 0; commands[i].name != NULL; i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
    }

  return NULL;
}

static guint
min3 (guint a, guint b, guint c)
{
  return MIN (MIN (a, b), c);
}

/* How many letters must be added, dropped, changed or swapped with their neighbour to make @b of
 * @a. Both are short. */
static guint
distance (const char *a, const char *b)
{
  enum
  {
    SIZE = 32
  };
  guint cost[SIZE][SIZE] = { { 0 } };
  const gsize n = strlen (a);
  const gsize m = strlen (b);

  if (n >= SIZE || m >= SIZE)
    return G_MAXUINT;
  for (gsize i = 0; i <= n; i++)
    cost[i][0] = (guint) i;
  for (gsize j = 0; j <= m; j++)
    cost[0][j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      for (gsize j = 1; j <= m; j++)
        {
          cost[i][j] = min3 (cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                             cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            cost[i][j] = MIN (cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }

  return cost[n][m];
}

const char *
fob_command_find_nearest (const char *name)
{
  const char *nearest = NULL;
  guint least = 3; /* more letters off is another word */

  for (gsize i = 0; commands[i].name != NULL; i++)
    {
      const guint d = commands[i].summary != NULL ? distance (name, commands[i].name) : least;

      if (d < least)
        {
          least = d;
          nearest = commands[i].name;
        }
    }

  return nearest;
}
