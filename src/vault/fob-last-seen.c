/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-last-seen.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "fob-vault-error.h"

#define KEY_VAULT      "vault"
#define KEY_GENERATION "generation"
#define KEY_ACCOUNTS   "accounts"
#define KEY_TIME       "time"

void
fob_last_seen_clear (FobLastSeen *self)
{
  g_clear_pointer (&self->vault_id, g_free);
  self->generation = 0;
  self->n_accounts = 0;
  self->time = 0;
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "keyfob", "state", NULL);
}

static GKeyFile *
load_file (const char *path)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  /* Other groups are other places' and are kept. */
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    g_debug ("Nothing is remembered: %s", error->message);

  return file;
}

void
fob_last_seen_read (const char *place, FobLastSeen *self)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = load_file (path);
  g_autofree char *vault_id = g_key_file_get_string (file, place, KEY_VAULT, NULL);

  fob_last_seen_clear (self);
  if (vault_id == NULL || !g_uuid_string_is_valid (vault_id))
    return;

  self->vault_id = g_steal_pointer (&vault_id);
  self->generation = g_key_file_get_uint64 (file, place, KEY_GENERATION, NULL);
  self->n_accounts =
    (guint) MIN (g_key_file_get_uint64 (file, place, KEY_ACCOUNTS, NULL), G_MAXUINT);
  self->time = g_key_file_get_int64 (file, place, KEY_TIME, NULL);
}

void
fob_last_seen_write (const char *place, const FobLastSeen *self)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = load_file (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_key_file_remove_group (file, place, NULL);
  if (self->vault_id != NULL)
    {
      g_key_file_set_string (file, place, KEY_VAULT, self->vault_id);
      g_key_file_set_uint64 (file, place, KEY_GENERATION, self->generation);
      g_key_file_set_uint64 (file, place, KEY_ACCOUNTS, self->n_accounts);
      g_key_file_set_int64 (file, place, KEY_TIME, self->time);
    }
  text = g_key_file_to_data (file, NULL, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_debug ("The folder of the state cannot be made: %s", g_strerror (errno));
  else if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("What was seen is not remembered: %s", error->message);
}

static gboolean
fail_empty (const FobLastSeen *self, GError **error)
{
  g_set_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_OLDER,
               ngettext ("There are no accounts any more where Keyfob last saw %u. Nothing was "
                         "changed.",
                         "There are no accounts any more where Keyfob last saw %u. Nothing was "
                         "changed.",
                         self->n_accounts),
               self->n_accounts);

  return FALSE;
}

gboolean
fob_last_seen_check (const FobLastSeen *self,
                     const char *vault_id,
                     guint64 generation,
                     GError **error)
{
  g_autofree char *expected = g_strdup_printf ("%" G_GUINT64_FORMAT, self->generation);
  g_autofree char *found = g_strdup_printf ("%" G_GUINT64_FORMAT, generation);

  /* Where there was no account none can be missing. */
  if (self->vault_id == NULL || self->n_accounts == 0)
    return TRUE;
  if (vault_id == NULL)
    return fail_empty (self, error);
  if (!g_str_equal (vault_id, self->vault_id))
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_OLDER,
        _ ("There are other accounts now than those that Keyfob last saw here, perhaps from "
           "another computer. Nothing was changed."));
      return FALSE;
    }
  if (generation >= self->generation)
    return TRUE;

  g_set_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_OLDER,
               _ ("The accounts that are stored are older than those that Keyfob last saw: change "
                  "%s was expected, and change %s is there. Nothing was changed."),
               expected, found);

  return FALSE;
}
