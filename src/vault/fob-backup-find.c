/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-find.h"

#include "fob-backup-folder.h"
#include "fob-backup-status.h"

/* By time: of different vaults the generations mean nothing to each other. */
static void
find_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FobBackupName *newest = task_data;
  g_auto (GStrv) folders = fob_backup_status_list_folders ();
  g_autoptr (GFile) file = NULL;

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (GFile) folder = g_file_new_for_uri (folders[i]);
      g_autoptr (GArray) names = fob_backup_folder_list (folder, NULL, cancellable, NULL);

      for (guint j = 0; names != NULL && j < names->len; j++)
        {
          const FobBackupName *name = &g_array_index (names, FobBackupName, j);
          g_autofree char *text = fob_backup_name_format (name);

          if (file != NULL && name->time <= newest->time)
            continue;
          g_clear_object (&file);
          file = g_file_get_child (folder, text);
          *newest = *name;
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
}

void
fob_backup_find_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, fob_backup_find_async);
  g_task_set_task_data (task, g_new0 (FobBackupName, 1), g_free);
  g_task_run_in_thread (task, find_thread);
}

GFile *
fob_backup_find_finish (GAsyncResult *result, FobBackupName *name, GError **error)
{
  GFile *file;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  file = g_task_propagate_pointer (G_TASK (result), error);
  if (file != NULL)
    *name = *(FobBackupName *) g_task_get_task_data (G_TASK (result));

  return file;
}
