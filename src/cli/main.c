/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-command.h"
#include "fob-wipe.h"

/* Neither core dumps nor debuggers of other programs see what is in here. */
static void
harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    g_debug ("The process could not be hardened");
}

static int
run_command (int argc, char **argv)
{
  const FobCommand *command = fob_command_find (argv[1]);
  const char *nearest;
  g_autofree char *full_name = NULL;

  if (command != NULL)
    {
      full_name = g_strconcat ("fob ", command->name, NULL);
      g_set_prgname (full_name);
      return command->run (argc - 1, argv + 1);
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      fob_command_print_list (stdout);
      return FOB_EXIT_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("fob %s\n", PACKAGE_VERSION);
      return FOB_EXIT_OK;
    }

  /* What was typed is not repeated: it may be a link. */
  nearest = fob_command_find_nearest (argv[1]);
  if (nearest != NULL)
    fprintf (stderr, _ ("fob: There is no such command. Did you mean “%s”?\n"), nearest);
  else
    {
      fprintf (stderr, "fob: %s\n", _ ("There is no such command."));
      fob_command_print_list (stderr);
    }

  return FOB_EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  /* What goes out may be a secret that was asked for: no copy of it stays behind. */
  static char output[16384];
  int status = FOB_EXIT_USAGE;

  harden_process ();
  setvbuf (stdout, output, isatty (STDOUT_FILENO) ? _IOLBF : _IOFBF, sizeof output);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  if (argc < 2)
    fob_command_print_list (stderr);
  else
    status = run_command (argc, argv);
  if (fflush (stdout) != 0 && status == FOB_EXIT_OK)
    status = FOB_EXIT_FAILED;
  fob_wipe (output, sizeof output);

  return status;
}
