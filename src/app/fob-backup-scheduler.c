/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-backup-scheduler.h"

#define RETRY_SECONDS_MIN 60
#define RETRY_SECONDS_MAX (60 * 60)

struct _FobBackupScheduler
{
  GObject parent_instance;

  FobBackups *backups;
  FobVault *vault;
  GVolumeMonitor *volumes;
  guint debounce_seconds;
  guint source;
  guint n_failures;
  gboolean needs_person; /* nothing changes until somebody does something */
};

G_DEFINE_FINAL_TYPE (FobBackupScheduler, fob_backup_scheduler, G_TYPE_OBJECT)

guint
fob_backup_scheduler_get_delay (guint n_failures)
{
  guint delay = RETRY_SECONDS_MIN;

  for (guint i = 1; i < n_failures && delay < RETRY_SECONDS_MAX; i++)
    delay *= 2;

  return MIN (delay, RETRY_SECONDS_MAX);
}

gboolean
fob_backup_scheduler_is_due (FobBackupScheduler *self)
{
  const FobBackupStatus *status = fob_backups_get_status (self->backups);
  GFile *folder = fob_backups_get_folder (self->backups);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  /* An empty vault is worth a copy only when it was not empty before. */
  return uri != NULL && fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY &&
         fob_vault_get_generation (self->vault) > 0 &&
         (g_list_model_get_n_items (G_LIST_MODEL (self->vault)) > 0 || status->made > 0) &&
         (status->made == 0 || status->generation != fob_vault_get_generation (self->vault) ||
          g_strcmp0 (status->folder, uri) != 0);
}

static gboolean
is_drill_due (FobBackupScheduler *self)
{
  const FobBackupStatus *status = fob_backups_get_status (self->backups);

  return fob_backups_get_folder (self->backups) != NULL && status->made > 0 &&
         fob_vault_get_state (self->vault) == FOB_VAULT_STATE_READY &&
         status->verified + FOB_BACKUP_DRILL_SECONDS < g_get_real_time () / G_USEC_PER_SEC;
}

static void fob_backup_scheduler_arm (FobBackupScheduler *self, guint seconds);

static void
settle (FobBackupScheduler *self, const GError *error)
{
  /* Locked meanwhile: there is time when it is open again. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    {
      self->n_failures = 0;
      /* Somebody may have gone on meanwhile. */
      if (fob_backup_scheduler_is_due (self))
        fob_backup_scheduler_arm (self, self->debounce_seconds);
      return;
    }

  g_debug ("No backup was made: %s", error->message);
  g_clear_handle_id (&self->source, g_source_remove);
  self->n_failures++;
  self->needs_person = g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE);
  if (!self->needs_person)
    fob_backup_scheduler_arm (self, fob_backup_scheduler_get_delay (self->n_failures));
}

static void
fob_backup_scheduler_ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobBackupScheduler) self = user_data;
  g_autoptr (GError) error = NULL;

  fob_backups_run_finish (FOB_BACKUPS (source), result, &error);
  settle (self, error);
}

static void
fob_backup_scheduler_drilled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobBackupScheduler) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A copy that fails the drill is followed by a fresh one. */
  if (!fob_backups_drill_finish (FOB_BACKUPS (source), result, &error) &&
      (g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED) ||
       g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND)))
    fob_backups_run_async (self->backups, NULL, fob_backup_scheduler_ran_cb, g_object_ref (self));
  else if (error != NULL)
    settle (self, error);
}

static void
start (FobBackupScheduler *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (fob_backups_is_running (self->backups))
    return;
  if (fob_backup_scheduler_is_due (self))
    fob_backups_run_async (self->backups, NULL, fob_backup_scheduler_ran_cb, g_object_ref (self));
  else if (is_drill_due (self))
    fob_backups_drill_async (self->backups, NULL, fob_backup_scheduler_drilled_cb,
                             g_object_ref (self));
}

static gboolean
fob_backup_scheduler_timeout_cb (gpointer user_data)
{
  FobBackupScheduler *self = user_data;

  self->source = 0;
  start (self);

  return G_SOURCE_REMOVE;
}

/* A change more does not put off what is waiting already. */
static void
fob_backup_scheduler_arm (FobBackupScheduler *self, guint seconds)
{
  if (self->source == 0)
    self->source = g_timeout_add_seconds (seconds, fob_backup_scheduler_timeout_cb, self);
}

/* Nothing is waited for any longer than after a change. */
static void
rearm (FobBackupScheduler *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (fob_backup_scheduler_is_due (self) || is_drill_due (self))
    fob_backup_scheduler_arm (self, self->debounce_seconds);
}

static void
fob_backup_scheduler_changed_cb (FobBackupScheduler *self)
{
  if (self->n_failures == 0 && (fob_backup_scheduler_is_due (self) || is_drill_due (self)))
    fob_backup_scheduler_arm (self, self->debounce_seconds);
}

/* Opened anew: what stood in the way may be gone. */
static void
fob_backup_scheduler_state_changed_cb (FobBackupScheduler *self)
{
  self->n_failures = 0;
  self->needs_person = FALSE;
  rearm (self);
}

/* A disk or the network: perhaps the folder is there again. */
static void
fob_backup_scheduler_place_changed_cb (FobBackupScheduler *self)
{
  if (self->n_failures > 0 && !self->needs_person)
    rearm (self);
}

/* The folder, or the passphrase: what failed before may go well now. */
static void
fob_backup_scheduler_backups_changed_cb (FobBackupScheduler *self)
{
  const FobBackupStatus *status = fob_backups_get_status (self->backups);

  if (status->failed == 0 && self->n_failures > 0)
    {
      self->n_failures = 0;
      self->needs_person = FALSE;
      rearm (self);
    }
  else
    fob_backup_scheduler_changed_cb (self);
}

static void
fob_backup_scheduler_dispose (GObject *object)
{
  FobBackupScheduler *self = FOB_BACKUP_SCHEDULER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->volumes);
  g_clear_object (&self->vault);
  g_clear_object (&self->backups);

  G_OBJECT_CLASS (fob_backup_scheduler_parent_class)->dispose (object);
}

static void
fob_backup_scheduler_class_init (FobBackupSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fob_backup_scheduler_dispose;
}

static void
fob_backup_scheduler_init (FobBackupScheduler *self)
{
  self->volumes = g_volume_monitor_get ();
}

FobBackupScheduler *
fob_backup_scheduler_new (FobBackups *backups, guint debounce_seconds)
{
  FobBackupScheduler *self = g_object_new (FOB_TYPE_BACKUP_SCHEDULER, NULL);

  self->backups = g_object_ref (backups);
  self->vault = g_object_ref (fob_backups_get_vault (backups));
  self->debounce_seconds = debounce_seconds;
  g_signal_connect_object (self->vault, "items-changed",
                           G_CALLBACK (fob_backup_scheduler_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->vault, "notify::state",
                           G_CALLBACK (fob_backup_scheduler_state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (backups, "changed", G_CALLBACK (fob_backup_scheduler_backups_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->volumes, "mount-added",
                           G_CALLBACK (fob_backup_scheduler_place_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (fob_backup_scheduler_place_changed_cb), self,
                           G_CONNECT_SWAPPED);
  fob_backup_scheduler_changed_cb (self);

  return self;
}

void
fob_backup_scheduler_flush (FobBackupScheduler *self)
{
  g_return_if_fail (FOB_IS_BACKUP_SCHEDULER (self));

  if (fob_backup_scheduler_is_due (self) && !self->needs_person)
    start (self);
}
