/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-status.h"

#include <errno.h>
#include <glib/gstdio.h>

#define KEY_FOLDER     "folder"
#define KEY_MADE       "made"
#define KEY_GENERATION "generation"
#define KEY_VERIFIED   "verified"
#define KEY_FAILED     "failed"
#define KEY_ERROR      "error"

typedef struct
{
  char *folder;
  gint64 made;
} Place;

void
fob_backup_status_clear (FobBackupStatus *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->error, g_free);
  *self = (FobBackupStatus){ 0 };
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "keyfob", "backups", NULL);
}

static GKeyFile *
load_file (const char *path)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  /* Other groups are other vaults' and are kept. */
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    g_debug ("No backup is remembered: %s", error->message);

  return file;
}

void
fob_backup_status_read (FobBackupStatus *self, const char *vault_id)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = load_file (path);

  fob_backup_status_clear (self);
  self->folder = g_key_file_get_string (file, vault_id, KEY_FOLDER, NULL);
  self->made = MAX (g_key_file_get_int64 (file, vault_id, KEY_MADE, NULL), 0);
  self->generation = g_key_file_get_uint64 (file, vault_id, KEY_GENERATION, NULL);
  self->verified = MAX (g_key_file_get_int64 (file, vault_id, KEY_VERIFIED, NULL), 0);
  self->failed = MAX (g_key_file_get_int64 (file, vault_id, KEY_FAILED, NULL), 0);
  self->error = g_key_file_get_string (file, vault_id, KEY_ERROR, NULL);
}

static void
set_time (GKeyFile *file, const char *vault_id, const char *key, gint64 time)
{
  if (time > 0)
    g_key_file_set_int64 (file, vault_id, key, time);
}

static void
set_text (GKeyFile *file, const char *vault_id, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, vault_id, key, text);
}

void
fob_backup_status_write (const FobBackupStatus *self, const char *vault_id)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = load_file (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_key_file_remove_group (file, vault_id, NULL);
  set_text (file, vault_id, KEY_FOLDER, self->folder);
  set_time (file, vault_id, KEY_MADE, self->made);
  if (self->generation > 0)
    g_key_file_set_uint64 (file, vault_id, KEY_GENERATION, self->generation);
  set_time (file, vault_id, KEY_VERIFIED, self->verified);
  set_time (file, vault_id, KEY_FAILED, self->failed);
  set_text (file, vault_id, KEY_ERROR, self->error);
  text = g_key_file_to_data (file, NULL, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_debug ("The folder of the state cannot be made: %s", g_strerror (errno));
  else if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("How the backups stand is not remembered: %s", error->message);
}

static void
set_folder (FobBackupStatus *self, const char *folder)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
}

void
fob_backup_status_note_made (const char *vault_id,
                             const char *folder,
                             guint64 generation,
                             gint64 now)
{
  g_auto (FobBackupStatus) self = { 0 };

  fob_backup_status_read (&self, vault_id);
  set_folder (&self, folder);
  self.made = now;
  self.generation = generation;
  /* It was read back and compared. */
  self.verified = now;
  self.failed = 0;
  g_clear_pointer (&self.error, g_free);
  fob_backup_status_write (&self, vault_id);
}

void
fob_backup_status_note_verified (const char *vault_id, gint64 now)
{
  g_auto (FobBackupStatus) self = { 0 };

  fob_backup_status_read (&self, vault_id);
  self.verified = now;
  self.failed = 0;
  g_clear_pointer (&self.error, g_free);
  fob_backup_status_write (&self, vault_id);
}

void
fob_backup_status_note_failed (const char *vault_id,
                               const char *folder,
                               const GError *error,
                               gint64 now)
{
  g_auto (FobBackupStatus) self = { 0 };

  fob_backup_status_read (&self, vault_id);
  /* Where copies are is worth more than where none could be made. */
  if (self.made == 0)
    set_folder (&self, folder);
  self.failed = now;
  g_free (self.error);
  self.error = g_strdup (error->message);
  fob_backup_status_write (&self, vault_id);
}

static void
clear_place (gpointer place)
{
  g_free (((Place *) place)->folder);
}

static int
compare_latest_first (gconstpointer a, gconstpointer b)
{
  const gint64 made_a = ((const Place *) a)->made;
  const gint64 made_b = ((const Place *) b)->made;

  return made_a == made_b ? 0 : made_a > made_b ? -1 : 1;
}

GStrv
fob_backup_status_list_folders (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = load_file (path);
  g_auto (GStrv) vaults = g_key_file_get_groups (file, NULL);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_array_set_clear_func (places, clear_place);
  for (gsize i = 0; vaults[i] != NULL; i++)
    {
      const Place place = { g_key_file_get_string (file, vaults[i], KEY_FOLDER, NULL),
                            g_key_file_get_int64 (file, vaults[i], KEY_MADE, NULL) };

      if (place.folder != NULL)
        g_array_append_val (places, place);
    }
  g_array_sort (places, compare_latest_first);
  for (guint i = 0; i < places->len; i++)
    {
      const char *folder = g_array_index (places, Place, i).folder;
      gboolean known = FALSE;

      for (guint j = 0; j < i && !known; j++)
        known = g_str_equal (g_array_index (places, Place, j).folder, folder);
      if (!known)
        g_strv_builder_add (builder, folder);
    }

  return g_strv_builder_end (builder);
}
