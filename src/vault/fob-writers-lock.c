/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-writers-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fob-vault-error.h"

/* Microseconds between two attempts. */
#define PAUSE_LEAST 500
#define PAUSE_MOST  4000

struct _FobWritersLock
{
  GObject parent_instance;

  char *lock_path;
  char *generation_path;
  GFileMonitor *monitor; /* nullable: while it is watched */
  int fd;                /* while the lock is held */
  GMutex mutex;          /* one thread of this process at a time */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobWritersLock, fob_writers_lock, G_TYPE_OBJECT)

/* The file is replaced as a whole, so that every publication is one event, whatever it holds. */
static void
fob_writers_lock_monitor_cb (FobWritersLock *self,
                             GFile *file,
                             GFile *other,
                             GFileMonitorEvent event)
{
  if (event == G_FILE_MONITOR_EVENT_CREATED || event == G_FILE_MONITOR_EVENT_RENAMED ||
      event == G_FILE_MONITOR_EVENT_MOVED_IN || event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
fob_writers_lock_dispose (GObject *object)
{
  FobWritersLock *self = FOB_WRITERS_LOCK (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (fob_writers_lock_parent_class)->dispose (object);
}

static void
fob_writers_lock_finalize (GObject *object)
{
  FobWritersLock *self = FOB_WRITERS_LOCK (object);

  g_clear_pointer (&self->lock_path, g_free);
  g_clear_pointer (&self->generation_path, g_free);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (fob_writers_lock_parent_class)->finalize (object);
}

static void
fob_writers_lock_class_init (FobWritersLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fob_writers_lock_dispose;
  object_class->finalize = fob_writers_lock_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_writers_lock_init (FobWritersLock *self)
{
  self->fd = -1;
  g_mutex_init (&self->mutex);
}

FobWritersLock *
fob_writers_lock_new (const char *name)
{
  FobWritersLock *self = g_object_new (FOB_TYPE_WRITERS_LOCK, NULL);
  /* GLib falls back to the cache directory where there is no runtime directory. */
  g_autofree char *directory = g_build_filename (g_get_user_runtime_dir (), "keyfob", NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    g_debug ("The runtime directory cannot be made: %s", g_strerror (errno));
  self->lock_path = g_strconcat (directory, G_DIR_SEPARATOR_S, name, ".lock", NULL);
  self->generation_path = g_strconcat (directory, G_DIR_SEPARATOR_S, name, ".generation", NULL);

  return self;
}

void
fob_writers_lock_watch (FobWritersLock *self)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FOB_IS_WRITERS_LOCK (self));

  if (self->monitor != NULL)
    return;

  file = g_file_new_for_path (self->generation_path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    g_debug ("Other programs' changes will be seen late: %s", error->message);
  else
    {
      g_file_monitor_set_rate_limit (self->monitor, 0);
      g_signal_connect_object (self->monitor, "changed", G_CALLBACK (fob_writers_lock_monitor_cb),
                               self, G_CONNECT_SWAPPED);
    }
}

static gboolean
fob_writers_lock_fail (int error_number, GError **error)
{
  g_debug ("The writers' lock failed: %s", g_strerror (error_number));
  g_set_error_literal (
    error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
    _ ("Another program could be changing the accounts, and Keyfob cannot find out: its "
       "runtime directory is not writable. Nothing was changed."));

  return FALSE;
}

/* Errors by which a file system says that it has no locks: with one writer at a time, as people
 * mostly are, nothing is lost without them. */
static gboolean
is_without_locks (int error_number)
{
  return error_number == ENOSYS || error_number == EOPNOTSUPP || error_number == ENOLCK;
}

/* Asks again and again rather than sleep in flock (): that could not be cancelled. Returns: an
 * error number; 0 when it is locked. */
static int
fob_writers_lock_wait (int fd, GCancellable *cancellable)
{
  gulong pause = PAUSE_LEAST;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        return errno;
      if (g_cancellable_is_cancelled (cancellable))
        return ECANCELED;
      g_usleep (pause);
      pause = MIN (pause * 2, PAUSE_MOST);
    }

  return 0;
}

gboolean
fob_writers_lock_acquire (FobWritersLock *self, GCancellable *cancellable, GError **error)
{
  int error_number;
  int fd;

  g_return_val_if_fail (FOB_IS_WRITERS_LOCK (self), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  do
    fd = open (self->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  while (fd < 0 && errno == EINTR);
  if (fd < 0)
    {
      error_number = errno;
      g_mutex_unlock (&self->mutex);
      return fob_writers_lock_fail (error_number, error);
    }

  error_number = fob_writers_lock_wait (fd, cancellable);
  if (error_number != 0 && !is_without_locks (error_number))
    {
      close (fd);
      g_mutex_unlock (&self->mutex);
      return error_number == ECANCELED ? !g_cancellable_set_error_if_cancelled (cancellable, error)
                                       : fob_writers_lock_fail (error_number, error);
    }
  self->fd = fd;

  return TRUE;
}

void
fob_writers_lock_release (FobWritersLock *self)
{
  g_return_if_fail (FOB_IS_WRITERS_LOCK (self));
  g_return_if_fail (self->fd >= 0);

  /* Closing gives the lock back. */
  close (self->fd);
  self->fd = -1;
  g_mutex_unlock (&self->mutex);
}

void
fob_writers_lock_publish (FobWritersLock *self, guint64 generation)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", generation);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FOB_IS_WRITERS_LOCK (self));

  if (!g_file_set_contents_full (self->generation_path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_debug ("Other programs could not be told: %s", error->message);
}
