/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-conflict-copies.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-aside.h"
#include "fob-atomic-file.h"
#include "fob-backup-folder.h"
#include "fob-backup.h"
#include "fob-vault-error.h"

/* A sync program writes, renames and touches: one look after all of it is enough. */
#define SETTLE_MILLISECONDS 500

struct _FobConflictCopies
{
  GObject parent_instance;

  char *folder;
  char *name; /* of the vault's file */
  GPtrArray *paths;
  GFileMonitor *monitor;
  guint settle_source;
};

enum
{
  PROP_0,
  PROP_N_COPIES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FobConflictCopies, fob_conflict_copies, G_TYPE_OBJECT)

/* Names */

gboolean
fob_conflict_copies_is_copy (const char *vault_name, const char *name)
{
  const char *dot = strrchr (vault_name, '.');
  const char *suffix = dot != NULL && dot != vault_name ? dot : "";
  const gsize stem_size = strlen (vault_name) - strlen (suffix);
  g_autofree char *middle = NULL;

  if (strlen (name) <= strlen (vault_name) || strncmp (name, vault_name, stem_size) != 0 ||
      !g_str_has_suffix (name, suffix))
    return FALSE;
  middle = g_strndup (name + stem_size, strlen (name) - stem_size - strlen (suffix));

  return g_regex_match_simple ("^\\.sync-conflict-[0-9]{8}-[0-9]{6}(-[A-Z0-9]{7})?$", middle, 0,
                               0) ||
         g_regex_match_simple (
           "^ \\([^()]*conflicted copy[^()]*[0-9]{4}-[0-9]{2}-[0-9]{2}[^()]*\\)$", middle, 0, 0) ||
         g_regex_match_simple ("^_conflict-[0-9]{8}-[0-9]{6}$", middle, 0, 0);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
find_copies (const char *folder, const char *vault_name)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (fob_conflict_copies_is_copy (vault_name, name))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_paths);

  return paths;
}

static gboolean
same_paths (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      if (!g_str_equal (a->pdata[i], b->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

void
fob_conflict_copies_refresh (FobConflictCopies *self)
{
  g_autoptr (GPtrArray) paths = NULL;

  g_return_if_fail (FOB_IS_CONFLICT_COPIES (self));

  paths = find_copies (self->folder, self->name);
  if (same_paths (paths, self->paths))
    return;

  g_ptr_array_unref (self->paths);
  self->paths = g_steal_pointer (&paths);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_COPIES]);
}

static gboolean
fob_conflict_copies_settled_cb (gpointer user_data)
{
  FobConflictCopies *self = user_data;

  self->settle_source = 0;
  fob_conflict_copies_refresh (self);

  return G_SOURCE_REMOVE;
}

static void
fob_conflict_copies_changed_cb (FobConflictCopies *self)
{
  if (self->settle_source == 0)
    self->settle_source = g_timeout_add (SETTLE_MILLISECONDS, fob_conflict_copies_settled_cb, self);
}

/* Object */

static void
fob_conflict_copies_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_COPIES:
      g_value_set_uint (value, FOB_CONFLICT_COPIES (object)->paths->len);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_conflict_copies_finalize (GObject *object)
{
  FobConflictCopies *self = FOB_CONFLICT_COPIES (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (fob_conflict_copies_parent_class)->finalize (object);
}

static void
fob_conflict_copies_class_init (FobConflictCopiesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fob_conflict_copies_get_property;
  object_class->finalize = fob_conflict_copies_finalize;

  properties[PROP_N_COPIES] =
    g_param_spec_uint ("n-copies", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fob_conflict_copies_init (FobConflictCopies *self)
{
  self->paths = g_ptr_array_new_with_free_func (g_free);
}

FobConflictCopies *
fob_conflict_copies_new (const char *vault_path)
{
  FobConflictCopies *self = g_object_new (FOB_TYPE_CONFLICT_COPIES, NULL);
  /* Sync programs know the file by where it is, not by the link to it. */
  g_autofree char *path = fob_atomic_file_resolve (vault_path);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_path_get_dirname (path);
  self->name = g_path_get_basename (path);
  folder = g_file_new_for_path (self->folder);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (fob_conflict_copies_changed_cb),
                             self, G_CONNECT_SWAPPED);
  else
    g_debug ("The folder of the vault file is not watched: %s", error->message);
  fob_conflict_copies_refresh (self);

  return self;
}

guint
fob_conflict_copies_get_n_copies (FobConflictCopies *self)
{
  g_return_val_if_fail (FOB_IS_CONFLICT_COPIES (self), 0);

  return self->paths->len;
}

const char *
fob_conflict_copies_get_path (FobConflictCopies *self, guint position)
{
  g_return_val_if_fail (FOB_IS_CONFLICT_COPIES (self), NULL);
  g_return_val_if_fail (position < self->paths->len, NULL);

  return self->paths->pdata[position];
}

/* Copies */

FobPayload *
fob_conflict_copies_open (const char *path, FobEnvelope *envelope, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = fob_backup_file_read (file, NULL, error);

  return bytes != NULL ? fob_backup_unseal (bytes, envelope, error) : NULL;
}

gboolean
fob_conflict_copies_set_aside (const char *path, GError **error)
{
  if (fob_aside_rename (path, ".merged"))
    return TRUE;

  g_debug ("The conflict copy was not set aside: %s", g_strerror (errno));
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
                       _ ("The accounts were merged, but the copy could not be renamed. Check the "
                          "permissions of its folder."));

  return FALSE;
}
