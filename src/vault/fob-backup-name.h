/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many characters of the vault's id stand in a name. */
#define FOB_BACKUP_NAME_VAULT_SIZE 8

/**
 * FobBackupName:
 * @vault: the first characters of the vault's id, NUL-terminated
 * @time: when the copy was made, in Unix seconds
 * @generation: of the vault that is in it
 *
 * What the name of a backup file says, which is what it is ordered by: the times that file systems
 * keep change when files are moved. As text `keyfob-1b9d6bcd-20261123T092032Z-42.json`, in UTC.
 */
typedef struct
{
  char vault[FOB_BACKUP_NAME_VAULT_SIZE + 1];
  gint64 time;
  guint64 generation;
} FobBackupName;

/* @vault_id: a UUID. @time: must be in the years 1970 to 9999 */
void fob_backup_name_init (FobBackupName *self,
                           const char *vault_id,
                           gint64 time,
                           guint64 generation);

/* Returns: whether @text is a name that fob_backup_name_format () gives, to the letter. */
gboolean fob_backup_name_parse (FobBackupName *self, const char *text);

/* Returns: (transfer full): the name of the file. */
char *fob_backup_name_format (const FobBackupName *self);

/* Whether it is a copy of the vault with @vault_id. */
gboolean fob_backup_name_is_of (const FobBackupName *self, const char *vault_id);

/* Order: by generation, and by time where that is the same. Negative when @a is older. */
int fob_backup_name_compare (const FobBackupName *a, const FobBackupName *b);

G_END_DECLS
