/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-settings.h"

#define CLIPBOARD_CLEAR_SECONDS 30
#define NEXT_CODE_SECONDS       5
#define LOCK_IDLE_SECONDS       900

static FobStorage storage_without_schema = FOB_STORAGE_AUTO;
static GFile *backup_folder_without_schema;
static gboolean backup_hint_dismissed_without_schema;

static GSettings *
fob_settings_create (void)
{
  static const char *const keys[] = { "storage",
                                      "clipboard-clear-seconds",
                                      "next-code-seconds",
                                      "window-width",
                                      "window-height",
                                      "window-maximized",
                                      "backup-folder",
                                      "backup-hint-dismissed",
                                      "lock-idle-seconds",
                                      "lock-with-session",
                                      "lock-on-suspend",
                                      "hide-codes",
                                      "style",
                                      "compact",
                                      "sort",
                                      "remember-usage",
                                      "group-codes" };
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  for (gsize i = 0; schema != NULL && i < G_N_ELEMENTS (keys); i++)
    {
      if (!g_settings_schema_has_key (schema, keys[i]))
        g_clear_pointer (&schema, g_settings_schema_unref);
    }
  if (schema == NULL)
    {
      g_message ("The settings schema %s is not installed; the defaults hold", APP_ID);
      return NULL;
    }

  return g_settings_new_full (schema, NULL, NULL);
}

GSettings *
fob_settings_get_default (void)
{
  static GSettings *settings;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      settings = fob_settings_create ();
      g_once_init_leave (&once, 1);
    }

  return settings;
}

FobStorage
fob_settings_get_storage (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? (FobStorage) g_settings_get_enum (settings, "storage")
                          : storage_without_schema;
}

void
fob_settings_set_storage (FobStorage storage)
{
  GSettings *settings = fob_settings_get_default ();

  if (settings != NULL)
    g_settings_set_enum (settings, "storage", (gint) storage);
  else
    storage_without_schema = storage;
}

guint
fob_settings_get_clipboard_clear_seconds (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? g_settings_get_uint (settings, "clipboard-clear-seconds")
                          : CLIPBOARD_CLEAR_SECONDS;
}

guint
fob_settings_get_next_code_seconds (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? g_settings_get_uint (settings, "next-code-seconds") : NEXT_CODE_SECONDS;
}

GFile *
fob_settings_dup_backup_folder (void)
{
  GSettings *settings = fob_settings_get_default ();
  g_autofree char *uri =
    settings != NULL ? g_settings_get_string (settings, "backup-folder") : NULL;

  if (settings == NULL)
    return backup_folder_without_schema != NULL ? g_object_ref (backup_folder_without_schema)
                                                : NULL;

  return *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
}

void
fob_settings_set_backup_folder (GFile *folder)
{
  GSettings *settings = fob_settings_get_default ();
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (settings != NULL)
    g_settings_set_string (settings, "backup-folder", uri != NULL ? uri : "");
  else
    g_set_object (&backup_folder_without_schema, folder);
}

gboolean
fob_settings_get_backup_hint_dismissed (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? g_settings_get_boolean (settings, "backup-hint-dismissed")
                          : backup_hint_dismissed_without_schema;
}

void
fob_settings_set_backup_hint_dismissed (gboolean dismissed)
{
  GSettings *settings = fob_settings_get_default ();

  if (settings != NULL)
    g_settings_set_boolean (settings, "backup-hint-dismissed", dismissed);
  else
    backup_hint_dismissed_without_schema = dismissed;
}

guint
fob_settings_get_lock_idle_seconds (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? g_settings_get_uint (settings, "lock-idle-seconds") : LOCK_IDLE_SECONDS;
}

gboolean
fob_settings_get_lock_with_session (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings == NULL || g_settings_get_boolean (settings, "lock-with-session");
}

gboolean
fob_settings_get_lock_on_suspend (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings == NULL || g_settings_get_boolean (settings, "lock-on-suspend");
}

gboolean
fob_settings_get_hide_codes (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL && g_settings_get_boolean (settings, "hide-codes");
}

FobSort
fob_settings_get_sort (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? (FobSort) g_settings_get_enum (settings, "sort") : FOB_SORT_MANUAL;
}

gboolean
fob_settings_get_remember_usage (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings == NULL || g_settings_get_boolean (settings, "remember-usage");
}

FobCodeGrouping
fob_settings_get_group_codes (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? (FobCodeGrouping) g_settings_get_enum (settings, "group-codes")
                          : FOB_CODE_GROUPING_BALANCED;
}

gboolean
fob_settings_get_compact (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL && g_settings_get_boolean (settings, "compact");
}

FobStyle
fob_settings_get_style (void)
{
  GSettings *settings = fob_settings_get_default ();

  return settings != NULL ? (FobStyle) g_settings_get_enum (settings, "style") : FOB_STYLE_SYSTEM;
}

void
fob_settings_connect (const char *key, GCallback callback, gpointer object)
{
  GSettings *settings = fob_settings_get_default ();
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  if (settings != NULL)
    g_signal_connect_object (settings, signal, callback, object, G_CONNECT_SWAPPED);
}
