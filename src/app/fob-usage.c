/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-usage.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#define KEY_COUNT "count"
#define KEY_LAST  "last"
/* Codes are copied in bursts. */
#define SAVE_DELAY_SECONDS 2

typedef struct
{
  guint count;
  gint64 last_time;
} Entry;

struct _FobUsage
{
  GObject parent_instance;

  char *path;          /* NULL: nothing is kept */
  GHashTable *entries; /* char *: the id of an account → Entry */
  GCancellable *loading;
  guint save_source; /* writes what has changed */
};

enum
{
  SIGNAL_LOADED,
  SIGNAL_NOTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobUsage, fob_usage, G_TYPE_OBJECT)

/* Writing */

/* What a worker writes. */
typedef struct
{
  char *path;
  char *text; /* NULL to delete the file */
  guint64 serial;
} Save;

/* One writer at a time, and what is older never overwrites what is newer. */
static GMutex write_lock;
static guint64 last_serial;
static guint64 written_serial;

static void
save_free (Save *save)
{
  g_free (save->path);
  g_free (save->text);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
save_write (Save *save)
{
  g_autofree char *folder = g_path_get_dirname (save->path);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&write_lock);
  g_autoptr (GError) error = NULL;

  if (save->serial <= written_serial)
    return;

  written_serial = save->serial;
  if (save->text == NULL)
    (void) g_unlink (save->path);
  else if (g_mkdir_with_parents (folder, 0700) != 0)
    g_debug ("The folder of the usage cannot be made: %s", g_strerror (errno));
  else if (!g_file_set_contents_full (save->path, save->text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0600, &error))
    g_debug ("The usage is not kept: %s", error->message);
}

static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  save_write (task_data);
  g_task_return_boolean (task, TRUE);
}

static char *
fob_usage_format (FobUsage *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Entry *entry = value;

      g_key_file_set_uint64 (file, id, KEY_COUNT, entry->count);
      g_key_file_set_int64 (file, id, KEY_LAST, entry->last_time);
    }

  return g_key_file_to_data (file, NULL, NULL);
}

static Save *
fob_usage_take_save (FobUsage *self)
{
  Save *save = g_new0 (Save, 1);

  g_clear_handle_id (&self->save_source, g_source_remove);
  save->path = g_strdup (self->path);
  save->text = g_hash_table_size (self->entries) > 0 ? fob_usage_format (self) : NULL;
  save->serial = ++last_serial;

  return save;
}

static void
fob_usage_save (FobUsage *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, fob_usage_save);
  g_task_set_task_data (task, fob_usage_take_save (self), (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_thread);
}

static gboolean
fob_usage_save_cb (gpointer user_data)
{
  FobUsage *self = user_data;

  self->save_source = 0;
  fob_usage_save (self);

  return G_SOURCE_REMOVE;
}

/* Reading */

/* Adds what the file has to what was noted since it was asked for. */
static void
fob_usage_take_entry (FobUsage *self, GKeyFile *file, const char *id)
{
  const guint64 count = g_key_file_get_uint64 (file, id, KEY_COUNT, NULL);
  const gint64 last_time = g_key_file_get_int64 (file, id, KEY_LAST, NULL);
  Entry *entry = g_hash_table_lookup (self->entries, id);

  if (!g_uuid_string_is_valid (id) || count == 0 || last_time <= 0)
    return;
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (self->entries, g_strdup (id), entry);
    }
  entry->count = (guint) MIN (entry->count + count, G_MAXUINT);
  entry->last_time = MAX (entry->last_time, last_time);
}

static void
fob_usage_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobUsage) self = user_data;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) ids = NULL;
  gsize length;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error) ||
      !g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &error))
    {
      g_debug ("No usage is known: %s", error->message);
      return;
    }
  if (g_cancellable_is_cancelled (self->loading))
    return;

  ids = g_key_file_get_groups (file, NULL);
  for (char **id = ids; *id != NULL; id++)
    fob_usage_take_entry (self, file, *id);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

/* Object */

static void
fob_usage_finalize (GObject *object)
{
  FobUsage *self = FOB_USAGE (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (fob_usage_parent_class)->finalize (object);
}

static void
fob_usage_class_init (FobUsageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_usage_finalize;

  signals[SIGNAL_LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTED] = g_signal_new ("noted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_usage_init (FobUsage *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->loading = g_cancellable_new ();
}

FobUsage *
fob_usage_new (const char *path)
{
  FobUsage *self = g_object_new (FOB_TYPE_USAGE, NULL);

  self->path = g_strdup (path);
  if (path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_file_load_contents_async (file, self->loading, fob_usage_loaded_cb, g_object_ref (self));
    }

  return self;
}

char *
fob_usage_dup_default_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "keyfob", "usage", NULL);
}

guint
fob_usage_get_count (FobUsage *self, const char *account_id)
{
  const Entry *entry;

  g_return_val_if_fail (FOB_IS_USAGE (self), 0);

  entry = g_hash_table_lookup (self->entries, account_id);

  return entry != NULL ? entry->count : 0;
}

gint64
fob_usage_get_last_time (FobUsage *self, const char *account_id)
{
  const Entry *entry;

  g_return_val_if_fail (FOB_IS_USAGE (self), 0);

  entry = g_hash_table_lookup (self->entries, account_id);

  return entry != NULL ? entry->last_time : 0;
}

GHashTable *
fob_usage_dup_values (FobUsage *self, gboolean last_times)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_return_val_if_fail (FOB_IS_USAGE (self), values);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Entry *entry = value;
      gint64 *number = g_new (gint64, 1);

      *number = last_times ? entry->last_time : entry->count;
      g_hash_table_insert (values, g_strdup (id), number);
    }

  return values;
}

void
fob_usage_note (FobUsage *self, const char *account_id, gint64 time)
{
  Entry *entry;

  g_return_if_fail (FOB_IS_USAGE (self));

  entry = g_hash_table_lookup (self->entries, account_id);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (self->entries, g_strdup (account_id), entry);
    }
  if (entry->count < G_MAXUINT)
    entry->count++;
  entry->last_time = MAX (entry->last_time, time);
  if (self->path != NULL && self->save_source == 0)
    self->save_source = g_timeout_add_seconds (SAVE_DELAY_SECONDS, fob_usage_save_cb, self);
  g_signal_emit (self, signals[SIGNAL_NOTED], 0);
}

void
fob_usage_clear (FobUsage *self)
{
  g_return_if_fail (FOB_IS_USAGE (self));

  g_cancellable_cancel (self->loading);
  g_hash_table_remove_all (self->entries);
  if (self->path != NULL)
    fob_usage_save (self);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

void
fob_usage_flush (FobUsage *self)
{
  g_autoptr (Save) save = NULL;

  g_return_if_fail (FOB_IS_USAGE (self));

  if (self->save_source == 0)
    return;
  save = fob_usage_take_save (self);
  save_write (save);
}
