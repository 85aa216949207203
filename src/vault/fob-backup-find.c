/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-find.h"

#include "fob-backup-folder.h"
#include "fob-backup-status.h"

void
fob_backup_found_free (FobBackupFound *self)
{
  g_object_unref (self->file);
  g_free (self);
}

static void
add_folder (GPtrArray *found, GFile *folder, GCancellable *cancellable)
{
  g_autoptr (GArray) names = fob_backup_folder_list (folder, NULL, cancellable, NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const FobBackupName *name = &g_array_index (names, FobBackupName, i);
      g_autofree char *text = fob_backup_name_format (name);
      FobBackupFound *one = g_new0 (FobBackupFound, 1);

      one->file = g_file_get_child (folder, text);
      one->name = *name;
      g_ptr_array_add (found, one);
    }
}

/* By time: of different vaults the generations mean nothing to each other. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const FobBackupFound *left = *(FobBackupFound *const *) a;
  const FobBackupFound *right = *(FobBackupFound *const *) b;

  if (left->name.time != right->name.time)
    return left->name.time > right->name.time ? -1 : 1;

  return -fob_backup_name_compare (&left->name, &right->name);
}

static void
find_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_auto (GStrv) folders = fob_backup_status_list_folders ();
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_backup_found_free);

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (GFile) folder = g_file_new_for_uri (folders[i]);

      add_folder (found, folder, cancellable);
    }
  g_ptr_array_sort (found, compare);
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

void
fob_backup_find_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, fob_backup_find_async);
  g_task_run_in_thread (task, find_thread);
}

GPtrArray *
fob_backup_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
