/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-doctor.h"

#include <glib/gi18n-lib.h>

#include "fob-backup.h"
#include "fob-vault-error.h"

static const char *const id = "backup";

/* How long changes may be without a backup. */
#define AGE_SECONDS_MAX (7 * 24 * 60 * 60)

static char *
dup_date (gint64 unix_time)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_time);
  char *date = time != NULL ? g_date_time_format (time, "%x") : NULL;

  return date != NULL ? date : g_strdup ("?");
}

FobFinding *
fob_doctor_judge_backup (const FobBackupStatus *status, guint64 generation, gint64 now)
{
  g_autofree char *made = dup_date (status->made);
  g_autofree char *failed = dup_date (status->failed);

  if (status->failed > 0 && status->failed >= status->made)
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM,
                            /* Translators: a date, and a sentence that says why */
                            g_strdup_printf (_ ("The backup of %s failed. %s"), failed,
                                             status->error != NULL ? status->error : ""),
                            _ ("Try again, or choose another folder: fob backup FOLDER."));
  if (status->made == 0)
    return fob_finding_new (id, FOB_SEVERITY_WARNING, g_strdup (_ ("No backup is known.")),
                            _ ("Make one, best on another disk: fob backup FOLDER."));
  if (status->generation != generation && now - status->made > AGE_SECONDS_MAX)
    return fob_finding_new (
      id, FOB_SEVERITY_WARNING,
      g_strdup_printf (_ ("The last backup is of %s; accounts have changed since."), made),
      _ ("Make another one: fob backup."));

  return fob_finding_new (id, FOB_SEVERITY_OK,
                          g_strdup_printf (_ ("The last backup is of %s."), made), NULL);
}

FobFinding *
fob_doctor_check_backup_opens (const FobBackupStatus *status,
                               FobPayload *payload,
                               guint64 generation,
                               FobEnvelope *envelope,
                               GCancellable *cancellable)
{
  static const char *const drill_id = "backup-opens";
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GError) error = NULL;
  FobBackupName name;

  if (status->folder == NULL || envelope == NULL)
    return fob_finding_new (drill_id, FOB_SEVERITY_UNKNOWN,
                            g_strdup (_ ("Whether the last backup opens was not tried: its key is "
                                         "not at hand.")),
                            NULL);

  folder = g_file_new_for_uri (status->folder);
  if (fob_backup_drill (folder, payload, generation, envelope, &name, cancellable, &error))
    return fob_finding_new (drill_id, FOB_SEVERITY_OK, g_strdup (_ ("The last backup opens.")),
                            NULL);
  if (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT))
    return fob_finding_new (
      drill_id, FOB_SEVERITY_UNKNOWN,
      g_strdup (_ ("Whether the last backup opens was not tried: its folder is not there now.")),
      _ ("Connect the disk or the server that it is on."));

  return fob_finding_new (drill_id, FOB_SEVERITY_PROBLEM,
                          /* Translators: a sentence that says why */
                          g_strdup_printf (_ ("The last backup does not open. %s"), error->message),
                          _ ("Make another one: fob backup."));
}
