/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-backup-folder.h"
#include "fob-cli-vault.h"
#include "fob-otp-uri.h"
#include "fob-qr-code.h"
#include "fob-query.h"
#include "fob-table.h"
#include "fob-wipe.h"

/* Pixels a module of an image: large enough for any camera. */
#define PNG_SCALE 8

typedef struct
{
  FobCliVault vault;
  char *png;
  char *svg;
} Options;

static void
options_clear (Options *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->png, g_free);
  g_clear_pointer (&self->svg, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
write_image (Options *self, FobQrCode *code, GError **error)
{
  g_autoptr (GBytes) bytes = self->png != NULL ? fob_qr_code_format_png (code, PNG_SCALE, error)
                                               : fob_qr_code_format_svg (code);
  g_autoptr (GFile) file = NULL;

  if (bytes == NULL)
    return FALSE;
  file = g_file_new_for_commandline_arg (self->png != NULL ? self->png : self->svg);

  return fob_backup_file_write (file, bytes, NULL, error);
}

static int
give_code (Options *self, FobAccount *account)
{
  g_auto (FobWipedString) uri =
    fob_otp_uri_format (fob_account_get_otp (account), fob_account_get_issuer (account),
                        fob_account_get_name (account));
  g_autoptr (GError) error = NULL;
  g_autoptr (FobQrCode) code = fob_qr_code_new (uri, &error);
  g_auto (FobWipedString) text = NULL;

  if (code == NULL)
    return fob_cli_fail (error);
  if (self->png != NULL || self->svg != NULL)
    return write_image (self, code, &error) ? FOB_EXIT_OK : fob_cli_fail (error);

  text = fob_qr_code_format_terminal (code, fob_table_has_colours ());

  return fputs (text, stdout) >= 0 && fflush (stdout) == 0 ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

int
fob_command_qr_run (int argc, char **argv)
{
  g_auto (Options) options = { .png = NULL };
  const GOptionEntry entries[] = {
    { "png", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.png,
      N_ ("Write it to a PNG image"), N_ ("FILE") },
    { "svg", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.svg,
      N_ ("Write it to an SVG image"), N_ ("FILE") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    N_ ("QUERY…"), N_ ("Shows an account as a QR code, which holds its secret."));
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *query = NULL;
  FobAccount *account;
  int status;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_cli_vault_add_to (&options.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc < 2)
    return fob_cli_fail_usage (_ ("Which account? Give a part of its name."));
  if (options.png != NULL && options.svg != NULL)
    return fob_cli_fail_usage (_ ("Either --png or --svg."));
  if (options.vault.json)
    return fob_cli_fail_usage (_ ("A QR code has no form in JSON. “fob uri --json” has the link."));
  if (!fob_cli_vault_open (&options.vault, FALSE, &error))
    return fob_cli_fail (error);

  query = g_strjoinv (" ", argv + 1);
  matches = fob_query_list (fob_cli_vault_get_payload (&options.vault), query);
  account = fob_query_pick (matches, &status);

  return account != NULL ? give_code (&options, account) : status;
}
