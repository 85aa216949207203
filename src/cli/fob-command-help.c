/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-cli-vault.h"
#include "fob-command.h"

void
fob_command_print_list (FILE *stream)
{
  const FobCommand *commands = fob_command_list ();

  fprintf (stream, _ ("Usage: %s COMMAND [OPTION]…\n"), "fob");
  fprintf (stream, "\n%s\n", _ ("Commands:"));
  for (gsize i = 0; commands[i].name != NULL; i++)
    {
      if (commands[i].summary != NULL)
        fprintf (stream, "  %-16s %s\n", commands[i].name, _ (commands[i].summary));
    }
  fprintf (stream, "\n");
  fprintf (stream, _ ("“%s” explains one of them.\n"), "fob help COMMAND");
}

int
fob_command_help_run (int argc, char **argv)
{
  const FobCommand *command = NULL;
  char help[] = "--help";

  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      fob_command_print_list (stdout);
      return FOB_EXIT_OK;
    }
  command = fob_command_find (argv[1]);
  if (command == NULL || command->summary == NULL)
    return fob_cli_fail_usage (_ ("There is no such command. “fob help” lists all of them."));
  if (command->run != fob_command_help_run)
    {
      g_autofree char *full_name = g_strconcat ("fob ", command->name, NULL);
      char *arguments[] = { argv[1], help, NULL };

      g_set_prgname (full_name);
      return command->run (2, arguments);
    }
  fob_command_print_list (stdout);

  return FOB_EXIT_OK;
}
