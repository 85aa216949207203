/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-vault-session.h"

G_BEGIN_DECLS

/**
 * FobCliVault:
 * @json: whether output is for programs
 * @session: (nullable): once it is open
 *
 * The vault that a command works on, and the options that all such commands have in common.
 */
typedef struct
{
  FobVaultSession *session;
  gboolean json;

  /* As given. */
  char *place;
  char *passphrase_file;
} FobCliVault;

/* Makes @context understand the options, and fill @self when it parses. */
void fob_cli_vault_add_to (FobCliVault *self, GOptionContext *context);

/* Likewise, for commands whose --passphrase-file is that of another file: here it is
 * --vault-passphrase-file. */
void fob_cli_vault_add_beside (FobCliVault *self, GOptionContext *context);

/**
 * fob_cli_vault_open:
 * @create: whether a file vault that is not there may be made, with a new passphrase
 *
 * Opens the vault, and asks for the passphrase on the terminal if it needs one that was not given.
 */
gboolean fob_cli_vault_open (FobCliVault *self, gboolean create, GError **error);

/* Returns: (transfer none): what is in it. */
FobPayload *fob_cli_vault_get_payload (FobCliVault *self);

void fob_cli_vault_clear (FobCliVault *self);

/**
 * fob_cli_parse:
 * @context: (transfer none)
 *
 * Parses the arguments; those that are left stand in @argv after the name. Says what is wrong with
 * them. Arguments that are no UTF-8 are wrong.
 */
gboolean fob_cli_parse (GOptionContext *context, int *argc, char ***argv);

/* Returns: (transfer full): a context that speaks the person's language. @parameters, @summary: to
 * be translated */
GOptionContext *fob_cli_context_new (const char *parameters, const char *summary);

/**
 * fob_cli_fail:
 *
 * Says on the standard error what went wrong.
 *
 * Returns: the status to exit with.
 */
int fob_cli_fail (const GError *error);

/* Likewise, for what was asked wrongly: FOB_EXIT_USAGE. */
int fob_cli_fail_usage (const char *message);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobCliVault, fob_cli_vault_clear)

G_END_DECLS
