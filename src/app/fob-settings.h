/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-code-text.h"

G_BEGIN_DECLS

/* Where the vault rests; the values of the schema's enum. */
typedef enum
{
  FOB_STORAGE_AUTO,
  FOB_STORAGE_KEYRING,
  FOB_STORAGE_FILE,
} FobStorage;

/* Light or dark; the values of the schema's enum. */
typedef enum
{
  FOB_STYLE_SYSTEM,
  FOB_STYLE_LIGHT,
  FOB_STYLE_DARK,
} FobStyle;

/* The order of the accounts; the values of the schema's enum. */
typedef enum
{
  FOB_SORT_MANUAL,
  FOB_SORT_NAME,
  FOB_SORT_MOST_USED,
  FOB_SORT_RECENTLY_USED,
} FobSort;

/**
 * fob_settings_get_default:
 *
 * The settings of the application. A schema that is not installed (or is of another version) must
 * never stand between people and their accounts: then the defaults hold and changes last as long as
 * the program runs.
 *
 * Returns: (transfer none) (nullable): NULL when the schema is not there.
 */
GSettings *fob_settings_get_default (void);

FobStorage fob_settings_get_storage (void);
void fob_settings_set_storage (FobStorage storage);
guint fob_settings_get_clipboard_clear_seconds (void);
guint fob_settings_get_next_code_seconds (void);

/* Returns: (transfer full) (nullable): the folder of the backups, anywhere GIO reaches; NULL for
 * none. */
GFile *fob_settings_dup_backup_folder (void);
void fob_settings_set_backup_folder (GFile *folder); /* (nullable) */

gboolean fob_settings_get_backup_hint_dismissed (void);
void fob_settings_set_backup_hint_dismissed (gboolean dismissed);

guint fob_settings_get_lock_idle_seconds (void); /* 0 for never */
gboolean fob_settings_get_lock_with_session (void);
gboolean fob_settings_get_lock_on_suspend (void);

gboolean fob_settings_get_hide_codes (void);
FobSort fob_settings_get_sort (void);
gboolean fob_settings_get_compact (void);
FobStyle fob_settings_get_style (void);

gboolean fob_settings_get_remember_usage (void);
FobCodeGrouping fob_settings_get_group_codes (void);

/* Calls @callback with @object (a GObject) first when @key changes, as long as @object lives. */
void fob_settings_connect (const char *key, GCallback callback, gpointer object);

G_END_DECLS
