/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobBackupStatus:
 * @folder: (nullable): URI of the folder of the last attempt
 * @made: when the last copy was made, in Unix seconds; 0 if there was none
 * @generation: which was in it
 * @verified: when a copy was last opened and compared, in Unix seconds; 0 if never
 * @failed: when the last attempt failed, in Unix seconds; 0 if it went well
 * @error: (nullable): a sentence that says why it failed
 *
 * How the backups of one vault stand, as remembered in $XDG_STATE_HOME/keyfob/backups. Nothing in
 * it is secret, and nothing depends on it: a file that is lost costs the answer to "when", and a
 * recovery that has to be told where to look.
 */
typedef struct
{
  char *folder;
  gint64 made;
  guint64 generation;
  gint64 verified;
  gint64 failed;
  char *error;
} FobBackupStatus;

void fob_backup_status_clear (FobBackupStatus *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobBackupStatus, fob_backup_status_clear)

/* @self: (out). All is 0 and NULL when nothing is remembered of the vault. Reads a small file. */
void fob_backup_status_read (FobBackupStatus *self, const char *vault_id);

/* Writes a small file; what cannot be written is forgotten. */
void fob_backup_status_write (const FobBackupStatus *self, const char *vault_id);

/* Notes, and writes, what came of an attempt. @folder: its URI. @now: Unix seconds. */
void fob_backup_status_note_made (const char *vault_id,
                                  const char *folder,
                                  guint64 generation,
                                  gint64 now);
void fob_backup_status_note_verified (const char *vault_id, gint64 now);
void fob_backup_status_note_failed (const char *vault_id,
                                    const char *folder,
                                    const GError *error,
                                    gint64 now);

/* Returns: (transfer full): the URIs of all folders that copies of any vault were made in; the
 * latest first. For when the vault itself is lost. */
GStrv fob_backup_status_list_folders (void);

G_END_DECLS
