/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Bytes: a vault is written beside the old one, and a thousand accounts with icons are some. */
#define SPACE_ENOUGH (16 * 1024 * 1024)
#define SPACE_LEAST  (1024 * 1024)

/* The user's name is nobody's business in a bug report. */
static char *
dup_shown_path (const char *path)
{
  const char *home = g_get_home_dir ();
  const gsize length = strlen (home);

  if (length > 1 && strncmp (path, home, length) == 0 && path[length] == G_DIR_SEPARATOR)
    return g_strconcat ("~", path + length, NULL);

  return g_filename_display_name (path);
}

/* The vault file */

FobFinding *
fob_doctor_judge_file (const char *path, guint mode, gboolean is_own)
{
  static const char *const id = "vault-file";
  g_autofree char *shown = dup_shown_path (path);

  if (!S_ISREG (mode))
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            /* Translators: the name of a file */
                            g_strdup_printf (_ ("%s is no ordinary file."), shown),
                            _ ("Choose another file with fob --vault FILE."));
  if (!is_own)
    return fob_finding_new (id, FOB_SEVERITY_WARNING,
                            g_strdup_printf (_ ("%s belongs to another user."), shown),
                            _ ("Copy the file and use the copy."));
  if ((mode & (S_IWGRP | S_IWOTH)) != 0)
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup_printf (_ ("Others may write to %s (mode %03o)."), shown,
                                             mode & 0777),
                            _ ("Take that permission away: chmod 600 FILE."));
  if ((mode & (S_IRGRP | S_IROTH)) != 0)
    return fob_finding_new (
      id, FOB_SEVERITY_WARNING,
      g_strdup_printf (_ ("Others may read %s (mode %03o), and try passphrases on it."), shown,
                       mode & 0777),
      _ ("Take that permission away: chmod 600 FILE."));

  return fob_finding_new (
    id, FOB_SEVERITY_OK,
    g_strdup_printf (_ ("Only you may read and write %s (mode %03o)."), shown, mode & 0777), NULL);
}

FobFinding *
fob_doctor_check_file (const char *path)
{
  static const char *const id = "vault-file";
  g_autofree char *shown = dup_shown_path (path);
  struct stat status;

  if (g_stat (path, &status) == 0)
    return fob_doctor_judge_file (path, status.st_mode, status.st_uid == geteuid ());
  if (errno == ENOENT)
    return fob_finding_new (id, FOB_SEVERITY_OK,
                            g_strdup_printf (_ ("There is no vault at %s yet."), shown), NULL);

  return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                          /* Translators: the name of a file, and why not */
                          g_strdup_printf (_ ("%s cannot be looked at: %s."), shown,
                                           g_strerror (errno)),
                          _ ("Check the permissions of the folders above it, and whether its disk "
                             "is connected."));
}

/* Its folder */

FobFinding *
fob_doctor_judge_folder (const char *path, guint mode, gboolean is_own)
{
  static const char *const id = "vault-folder";
  g_autofree char *shown = dup_shown_path (path);

  if (!S_ISDIR (mode))
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup_printf (_ ("%s is no folder."), shown),
                            _ ("Rename what is there, or choose another file with fob --vault "
                               "FILE."));
  if ((mode & S_IWOTH) != 0 && (mode & S_ISVTX) == 0)
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            g_strdup_printf (_ ("Everybody may write to %s (mode %03o), and put "
                                                "another file in the place of the vault."),
                                             shown, mode & 0777),
                            _ ("Take that permission away: chmod 700 FOLDER."));
  if (!is_own || (mode & (S_IRWXG | S_IRWXO)) != 0)
    return fob_finding_new (id, FOB_SEVERITY_WARNING,
                            g_strdup_printf (_ ("Others may look into %s (mode %03o)."), shown,
                                             mode & 0777),
                            _ ("A folder of your own hides the file too: chmod 700 FOLDER."));

  return fob_finding_new (
    id, FOB_SEVERITY_OK, g_strdup_printf (_ ("%s is yours alone (mode %03o)."), shown, mode & 0777),
    NULL);
}

FobFinding *
fob_doctor_check_folder (const char *path)
{
  static const char *const id = "vault-folder";
  g_autofree char *shown = dup_shown_path (path);
  struct stat status;

  if (g_stat (path, &status) == 0)
    return fob_doctor_judge_folder (path, status.st_mode, status.st_uid == geteuid ());
  if (errno == ENOENT)
    return fob_finding_new (id, FOB_SEVERITY_OK,
                            g_strdup_printf (_ ("There is no folder %s yet; it is made with the "
                                                "vault."),
                                             shown),
                            NULL);

  return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                          g_strdup_printf (_ ("%s cannot be looked at: %s."), shown,
                                           g_strerror (errno)),
                          _ ("Check the permissions of the folders above it, and whether its disk "
                             "is connected."));
}

/* Room */

FobFinding *
fob_doctor_judge_space (guint64 free_bytes)
{
  static const char *const id = "free-space";
  g_autofree char *size = g_format_size (free_bytes);
  FobSeverity severity = FOB_SEVERITY_OK;

  if (free_bytes < SPACE_LEAST)
    severity = FOB_SEVERITY_PROBLEM;
  else if (free_bytes < SPACE_ENOUGH)
    severity = FOB_SEVERITY_WARNING;

  return fob_finding_new (id, severity,
                          /* Translators: a size such as "12 GB" */
                          g_strdup_printf (_ ("%s are free where Keyfob writes."), size),
                          severity != FOB_SEVERITY_OK
                            ? _ ("Make room: a change is stored only when there is some.")
                            : NULL);
}

FobFinding *
fob_doctor_check_space (const char *folder)
{
  g_autofree char *existing = g_strdup (folder);
  struct statvfs status;

  /* What is not there yet will be on the disk of the folder above. */
  while (!g_file_test (existing, G_FILE_TEST_IS_DIR) && strcmp (existing, "/") != 0 &&
         strcmp (existing, ".") != 0)
    {
      char *above = g_path_get_dirname (existing);

      g_free (existing);
      existing = above;
    }

  if (statvfs (existing, &status) == 0)
    return fob_doctor_judge_space ((guint64) status.f_bavail * status.f_frsize);

  return fob_finding_new ("free-space", FOB_SEVERITY_UNKNOWN,
                          g_strdup (_ ("How much room there is could not be found out.")), NULL);
}

/* Locks */

static int
try_lock (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, ".keyfob-doctor-XXXXXX", NULL);
  const int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  int error_number = 0;

  if (fd < 0)
    return errno;

  (void) g_unlink (path);
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    error_number = errno;
  close (fd);

  return error_number;
}

FobFinding *
fob_doctor_check_locks (const char *id, const char *folder)
{
  g_autofree char *shown = dup_shown_path (folder);
  const int error_number = try_lock (folder);

  switch (error_number)
    {
    case 0:
      return fob_finding_new (id, FOB_SEVERITY_OK,
                              /* Translators: the name of a folder */
                              g_strdup_printf (_ ("Files in %s can be locked."), shown), NULL);
    case ENOENT:
      return fob_finding_new (
        id, FOB_SEVERITY_OK, g_strdup_printf (_ ("There is no %s yet, so nothing to lock."), shown),
        NULL);
    case ENOSYS:
    case EOPNOTSUPP:
    case ENOLCK:
      return fob_finding_new (id, FOB_SEVERITY_WARNING,
                              g_strdup_printf (_ ("The file system of %s has no locks."), shown),
                              _ ("Change the vault with one program at a time only, or move it to "
                                 "a disk of this computer."));
    default:
      return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                              g_strdup_printf (_ ("Nothing can be written in %s: %s."), shown,
                                               g_strerror (error_number)),
                              _ ("Check the permissions of the folder, and whether the disk is "
                                 "full or read-only."));
    }
}
