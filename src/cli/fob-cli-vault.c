/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-cli-vault.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-command.h"
#include "fob-passphrase.h"
#include "fob-store-place.h"

static void
add_options (FobCliVault *self, GOptionContext *context, const char *passphrase_option)
{
  const GOptionEntry entries[] = {
    { "vault", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &self->place,
      N_ ("The keyring, or an encrypted file"), N_ ("keyring|PATH") },
    { passphrase_option, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &self->passphrase_file,
      N_ ("Take the vault's passphrase from the first line of a file, or of the standard input"),
      N_ ("FILE|-") },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
fob_cli_vault_add_to (FobCliVault *self, GOptionContext *context)
{
  add_options (self, context, "passphrase-file");
}

void
fob_cli_vault_add_beside (FobCliVault *self, GOptionContext *context)
{
  add_options (self, context, "vault-passphrase-file");
}

/* A keyring's prompt needs somebody who sees it. */
static gboolean
is_interactive (void)
{
  return g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL;
}

static FobSecret *
get_passphrase (FobCliVault *self, gboolean create, GError **error)
{
  if (self->passphrase_file != NULL)
    return fob_passphrase_read (self->passphrase_file, error);

  return create ? fob_passphrase_ask_new (error)
                : fob_passphrase_ask (_ ("Passphrase of the vault: "), error);
}

gboolean
fob_cli_vault_open (FobCliVault *self, gboolean create, GError **error)
{
  g_autoptr (FobStore) store = fob_store_new_for_place (self->place);
  g_autoptr (FobSecret) passphrase = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) prompt_error = NULL;
  gboolean absent;

  self->session = fob_vault_session_new (store);
  if (fob_vault_session_open (self->session, NULL, is_interactive (), NULL, &cause))
    return TRUE;

  absent = g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT);
  if (!fob_store_needs_passphrase (store) ||
      !(g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED) || (absent && create)))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  passphrase = get_passphrase (self, absent, &prompt_error);
  if (passphrase == NULL)
    {
      /* Nobody there to ask is no other error than that it is locked. */
      g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED, prompt_error->message);
      return FALSE;
    }

  return fob_vault_session_open (self->session, passphrase, FALSE, NULL, error);
}

FobPayload *
fob_cli_vault_get_payload (FobCliVault *self)
{
  return fob_vault_session_get_payload (self->session);
}

void
fob_cli_vault_clear (FobCliVault *self)
{
  g_clear_pointer (&self->session, fob_vault_session_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->passphrase_file, g_free);
}

gboolean
fob_cli_parse (GOptionContext *context, int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse (context, argc, argv, &error))
    {
      fob_cli_fail_usage (error->message);
      return FALSE;
    }
  for (int i = 1; i < *argc; i++)
    {
      if (!g_utf8_validate ((*argv)[i], -1, NULL))
        {
          fob_cli_fail_usage (_ ("An argument is not valid UTF-8."));
          return FALSE;
        }
    }

  return TRUE;
}

GOptionContext *
fob_cli_context_new (const char *parameters, const char *summary)
{
  GOptionContext *context = g_option_context_new (parameters);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);

  return context;
}

int
fob_cli_fail (const GError *error)
{
  fprintf (stderr, "fob: %s\n", error->message);

  if (error->domain != FOB_VAULT_ERROR)
    return FOB_EXIT_FAILED;
  switch ((FobVaultError) error->code)
    {
    case FOB_VAULT_ERROR_LOCKED:
    case FOB_VAULT_ERROR_PASSPHRASE:
      return FOB_EXIT_LOCKED;
    case FOB_VAULT_ERROR_NO_SERVICE:
      return FOB_EXIT_KEYRING;

    case FOB_VAULT_ERROR_ABSENT:
    case FOB_VAULT_ERROR_DAMAGED:
    case FOB_VAULT_ERROR_VERSION:
    case FOB_VAULT_ERROR_CONFLICT:
    case FOB_VAULT_ERROR_NOT_FOUND:
    case FOB_VAULT_ERROR_STORAGE:
    case FOB_VAULT_ERROR_OLDER:
    default:
      return FOB_EXIT_FAILED;
    }
}

int
fob_cli_fail_usage (const char *message)
{
  fprintf (stderr, "fob: %s\n", message);

  return FOB_EXIT_USAGE;
}
