/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <glib/gi18n-lib.h>

#include "fob-command.h"

static const FobCommand commands[] = {
  { "generate", N_ ("Print the codes of accounts given as URIs"), fob_command_generate_run },
  { "doctor", N_ ("Look whether everything that the accounts depend on works"),
    fob_command_doctor_run },
  { "verify", N_ ("Check a code, as the other side of a login does"), fob_command_verify_run },
};

/* Neither core dumps nor debuggers of other programs see what is in here. */
static void
harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    g_debug ("The process could not be hardened");
}

static void
print_usage (FILE *stream)
{
  fprintf (stream, _ ("Usage: %s COMMAND [OPTION]…\n"), "fob");
  fprintf (stream, "\n%s\n", _ ("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  fprintf (stream, "\n");
  fprintf (stream, _ ("“%s” explains one of them.\n"), "fob COMMAND --help");
}

static int
run_command (int argc, char **argv)
{
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_usage (stdout);
      return FOB_EXIT_OK;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("fob %s\n", PACKAGE_VERSION);
      return FOB_EXIT_OK;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (argv[1], commands[i].name) == 0)
        {
          g_autofree char *full_name = g_strconcat ("fob ", commands[i].name, NULL);

          g_set_prgname (full_name);
          return commands[i].run (argc - 1, argv + 1);
        }
    }

  /* Not repeated: it may be a URI. */
  fprintf (stderr, "fob: %s\n", _ ("There is no such command."));
  print_usage (stderr);
  return FOB_EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  harden_process ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  if (argc < 2)
    {
      print_usage (stderr);
      return FOB_EXIT_USAGE;
    }

  return run_command (argc, argv);
}
