/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-backup-folder.h"

#include <glib/gi18n-lib.h>

#include "fob-atomic-file.h"
#include "fob-vault-error.h"

#define FILE_SIZE_MAX (64 * 1024 * 1024)

/* Of a file that is not finished; the same as of fob_atomic_file_replace (). */
#define SUFFIX_NEW ".new"

/* Errors */

static gboolean
is_absent (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static gboolean
is_denied (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
         g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM) ||
         g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ROFS);
}

static gboolean
is_full (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
         g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
}

/* @cause: (transfer full): of GIO or of the file system */
static gboolean
fail (GError *cause, GError **error)
{
  FobVaultError code = FOB_VAULT_ERROR_STORAGE;
  const char *message;

  g_debug ("The backup folder failed: %s", cause->message);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (is_absent (cause))
    {
      code = FOB_VAULT_ERROR_ABSENT;
      message =
        _ ("The backup folder or file is not there right now. Is its disk connected, or the "
           "network up?");
    }
  else if (is_denied (cause))
    message = _ ("The backup folder may not be read or written. Check its permissions, or choose "
                 "another folder.");
  else if (is_full (cause))
    message =
      _ ("There is no room left in the backup folder. Make room, or choose another folder.");
  else
    message = _ ("The backup could not be written or read. Older copies were left as they are.");
  g_set_error_literal (error, FOB_VAULT_ERROR, (gint) code, message);
  g_error_free (cause);

  return FALSE;
}

/* One file */

/* Where there is a real path there is a disk that can be told to write now. */
static const char *
peek_local_path (GFile *file)
{
  return g_file_is_native (file) ? g_file_peek_path (file) : NULL;
}

static GBytes *
read_stream (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 buffer[16 * 1024];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, error)) > 0)
    {
      if (data->len + (gsize) n > FILE_SIZE_MAX)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The file is too large");
          return NULL;
        }
      g_byte_array_append (data, buffer, (guint) n);
    }

  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&data)) : NULL;
}

GBytes *
fob_backup_file_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  GBytes *content = NULL;
  GError *cause = NULL;

  if (peek_local_path (file) != NULL)
    content = fob_atomic_file_read (peek_local_path (file), FILE_SIZE_MAX, &cause);
  else
    {
      stream = g_file_read (file, cancellable, &cause);
      if (stream != NULL)
        content = read_stream (G_INPUT_STREAM (stream), cancellable, &cause);
    }
  if (content == NULL)
    fail (cause, error);

  return content;
}

static gboolean
write_remote (GFile *file, GBytes *content, GCancellable *cancellable, GError **error)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *new_uri = g_strconcat (uri, SUFFIX_NEW, NULL);
  g_autoptr (GFile) new_file = g_file_new_for_uri (new_uri);
  gsize size;
  const char *data = g_bytes_get_data (content, &size);

  if (!g_file_replace_contents (new_file, data, size, NULL, FALSE,
                                G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                cancellable, error))
    return FALSE;
  if (!g_file_move (new_file, file, G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE,
                    cancellable, NULL, NULL, error))
    {
      g_file_delete (new_file, NULL, NULL);
      return FALSE;
    }

  return TRUE;
}

gboolean
fob_backup_file_write (GFile *file, GBytes *content, GCancellable *cancellable, GError **error)
{
  const char *path = peek_local_path (file);
  g_autoptr (GBytes) back = NULL;
  GError *cause = NULL;
  gboolean durable = TRUE;

  if (path != NULL ? !fob_atomic_file_replace (path, FALSE, content, &durable, &cause)
                   : !write_remote (file, content, cancellable, &cause))
    return fail (cause, error);
  if (!durable)
    g_debug ("The disk did not confirm the backup");

  back = fob_backup_file_read (file, cancellable, error);
  if (back == NULL)
    return FALSE;
  if (!g_bytes_equal (back, content))
    return fail (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Read back other bytes"),
                 error);

  return TRUE;
}

/* The folder */

static GFile *
get_child (GFile *folder, const FobBackupName *name)
{
  g_autofree char *text = fob_backup_name_format (name);

  return g_file_get_child (folder, text);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return fob_backup_name_compare (b, a);
}

GArray *
fob_backup_folder_list (GFile *folder,
                        const char *vault_id,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (FobBackupName));
  g_autoptr (GFileEnumerator) children = NULL;
  GError *cause = NULL;
  GFileInfo *info = NULL;

  children =
    g_file_enumerate_children (folder,
                               G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, &cause);
  while (cause == NULL && g_file_enumerator_iterate (children, &info, NULL, cancellable, &cause) &&
         info != NULL)
    {
      FobBackupName name;

      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
          fob_backup_name_parse (&name, g_file_info_get_name (info)) &&
          (vault_id == NULL || fob_backup_name_is_of (&name, vault_id)))
        g_array_append_val (names, name);
    }
  if (cause != NULL)
    {
      fail (cause, error);
      return NULL;
    }
  g_array_sort (names, compare_newest_first);

  return g_steal_pointer (&names);
}

GBytes *
fob_backup_folder_read (GFile *folder,
                        const FobBackupName *name,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GFile) file = get_child (folder, name);

  return fob_backup_file_read (file, cancellable, error);
}

gboolean
fob_backup_folder_write (GFile *folder,
                         const FobBackupName *name,
                         GBytes *content,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GFile) file = get_child (folder, name);

  return fob_backup_file_write (file, content, cancellable, error);
}

gboolean
fob_backup_folder_delete (GFile *folder,
                          const FobBackupName *name,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GFile) file = get_child (folder, name);
  GError *cause = NULL;

  return g_file_delete (file, cancellable, &cause) ? TRUE : fail (cause, error);
}
