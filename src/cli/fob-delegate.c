/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#define PROGRAM "fob-more"

/* Beside this program where it was built, else where it was installed. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, PROGRAM, NULL) : NULL;

  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);

  return g_build_filename (LIBEXECDIR, PROGRAM, NULL);
}

int
fob_command_delegate_run (int argc, char **argv)
{
  g_autofree char *program = find_program ();
  g_autofree char **arguments = g_new0 (char *, (gsize) argc + 2);

  arguments[0] = program;
  for (int i = 0; i < argc; i++)
    arguments[i + 1] = argv[i];
  fflush (NULL);
  execv (program, arguments);

  fprintf (stderr, "fob: %s\n",
           _ ("A part of Keyfob that this command needs is missing. Install Keyfob again."));

  return FOB_EXIT_FAILED;
}
