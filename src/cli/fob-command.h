/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the shell is told. */
enum
{
  FOB_EXIT_OK = 0,
  FOB_EXIT_FAILED = 1, /* something was asked rightly, and the answer is no */
  FOB_EXIT_USAGE = 2,  /* what was asked could not be understood */
};

/**
 * FobCommand:
 * @name: as typed after `fob`
 * @summary: one line for the list of commands, to be translated
 * @run: gets the arguments with the name of the command first, and returns the exit status
 *
 * One subcommand, in a file of its own.
 */
typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} FobCommand;

int fob_command_doctor_run (int argc, char **argv);
int fob_command_generate_run (int argc, char **argv);
int fob_command_verify_run (int argc, char **argv);

G_END_DECLS
