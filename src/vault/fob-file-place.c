/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-file-place.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "fob-atomic-file.h"
#include "fob-vault-error.h"

static const struct
{
  GFileError code;
  FobVaultError vault_code;
  const char *message;
} causes[] = {
  { G_FILE_ERROR_NOSPC, FOB_VAULT_ERROR_STORAGE,
    N_ ("The disk is full. Nothing was changed; make room and try again.") },
  { G_FILE_ERROR_LOOP, FOB_VAULT_ERROR_STORAGE,
    N_ ("The vault file is a link that leads nowhere. Nothing was changed; is the disk that it "
        "leads to connected?") },
  { G_FILE_ERROR_ACCES, FOB_VAULT_ERROR_STORAGE,
    N_ ("The vault file or its folder may not be read or written. Nothing was changed; check the "
        "permissions.") },
  { G_FILE_ERROR_PERM, FOB_VAULT_ERROR_STORAGE,
    N_ ("The vault file or its folder may not be read or written. Nothing was changed; check the "
        "permissions.") },
  { G_FILE_ERROR_ROFS, FOB_VAULT_ERROR_STORAGE,
    N_ ("The disk of the vault file is read-only. Nothing was changed; choose another place or "
        "make the disk writable.") },
  { G_FILE_ERROR_ISDIR, FOB_VAULT_ERROR_STORAGE,
    N_ ("Where the vault file should be there is a folder. Nothing was changed; rename the folder "
        "or choose another file.") },
  { G_FILE_ERROR_NXIO, FOB_VAULT_ERROR_STORAGE,
    N_ ("Where the vault file should be there is something that is no ordinary file. Nothing was "
        "changed; choose another file.") },
  { G_FILE_ERROR_NOMEM, FOB_VAULT_ERROR_DAMAGED,
    N_ ("The file is too large to be a vault. It was left as it is; choose another file.") },
  { G_FILE_ERROR_IO, FOB_VAULT_ERROR_STORAGE,
    N_ ("The disk of the vault file reports an error. Nothing was changed; check the disk and try "
        "again.") },
};

gboolean
fob_file_place_fail (GError *cause, GError **error)
{
  const char *message = N_ ("The vault file could not be read or written. Nothing was changed; "
                            "please try again.");
  FobVaultError code = FOB_VAULT_ERROR_STORAGE;

  g_debug ("The vault file failed: %s", cause->message);
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      if (g_error_matches (cause, G_FILE_ERROR, (gint) causes[i].code))
        {
          message = causes[i].message;
          code = causes[i].vault_code;
        }
    }
  g_error_free (cause);
  g_set_error_literal (error, FOB_VAULT_ERROR, (gint) code, _ (message));

  return FALSE;
}

gboolean
fob_file_place_prepare (const char *path, GError **error)
{
  g_autofree char *target = fob_atomic_file_resolve (path);
  g_autofree char *folder = g_path_get_dirname (target);
  struct stat status;

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_stat (folder, &status) != 0)
    {
      const int error_number = errno;

      return fob_file_place_fail (g_error_new (G_FILE_ERROR,
                                               (gint) g_file_error_from_errno (error_number),
                                               "folder: %s", g_strerror (error_number)),
                                  error);
    }
  if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0)
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
        _ ("Everybody may write to the folder of the vault file. Nothing was written; choose "
           "another folder or take that permission away."));
      return FALSE;
    }

  return TRUE;
}

/* Whether every folder down to @folder lets strangers through, and that one lets them look. */
static gboolean
is_open_to_all (const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  struct stat status;

  if (g_stat (folder, &status) != 0 || (status.st_mode & S_IROTH) == 0)
    return FALSE;

  while ((status.st_mode & S_IXOTH) != 0 && !g_str_equal (parent, "/"))
    {
      g_autofree char *next = g_path_get_dirname (parent);

      if (g_stat (parent, &status) != 0)
        return FALSE;
      g_free (parent);
      parent = g_steal_pointer (&next);
    }

  return (status.st_mode & S_IXOTH) != 0;
}

char *
fob_file_place_dup_notice (const char *path)
{
  g_autofree char *target = fob_atomic_file_resolve (path);
  g_autofree char *folder = g_path_get_dirname (target);

  if (!is_open_to_all (folder))
    return NULL;

  return g_strdup (_ ("Everybody on this computer may look into the folder of the vault file. The "
                      "accounts are encrypted; a folder of your own hides the file too."));
}
