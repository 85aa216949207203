/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

/* What the shell is told. */
enum
{
  FOB_EXIT_OK = 0,
  FOB_EXIT_FAILED = 1,  /* something was asked rightly, and the answer is no */
  FOB_EXIT_USAGE = 2,   /* what was asked could not be understood, or fits several accounts */
  FOB_EXIT_PARTLY = 3,  /* some of it was done */
  FOB_EXIT_LOCKED = 4,  /* a passphrase is needed, or the given one is wrong */
  FOB_EXIT_KEYRING = 5, /* no keyring service */
};

/**
 * FobCommand:
 * @name: as typed after `fob`
 * @summary: (nullable): one line for the list of commands, to be translated; NULL keeps it out
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

/* Returns: (transfer none) (nullable): the one named @name. */
const FobCommand *fob_command_find (const char *name);

/* Prints how to call us, and what each of them is for. */
void fob_command_print_list (FILE *stream);

/* Returns: (transfer none) (nullable): the name that somebody may have meant by @name. */
const char *fob_command_find_nearest (const char *name);

/* Returns: (transfer none): all of them; the last one's name is NULL. */
const FobCommand *fob_command_list (void);

int fob_command_add_run (int argc, char **argv);
int fob_command_backup_run (int argc, char **argv);
int fob_command_code_run (int argc, char **argv);
int fob_command_complete_run (int argc, char **argv);
/* Starts the program that has the command, in the place of this one. */
int fob_command_delegate_run (int argc, char **argv);

int fob_command_doctor_run (int argc, char **argv);
int fob_command_edit_run (int argc, char **argv);
int fob_command_export_run (int argc, char **argv);
int fob_command_generate_run (int argc, char **argv);
int fob_command_help_run (int argc, char **argv);
int fob_command_import_run (int argc, char **argv);
int fob_command_list_run (int argc, char **argv);
int fob_command_lock_run (int argc, char **argv);
int fob_command_qr_run (int argc, char **argv);
int fob_command_remove_run (int argc, char **argv);
int fob_command_restore_run (int argc, char **argv);
int fob_command_restore_account_run (int argc, char **argv);
int fob_command_show_run (int argc, char **argv);
int fob_command_tags_run (int argc, char **argv);
int fob_command_unlock_run (int argc, char **argv);
int fob_command_uri_run (int argc, char **argv);
int fob_command_vault_run (int argc, char **argv);
int fob_command_verify_run (int argc, char **argv);

G_END_DECLS
