/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-application.h"

#include <glib/gi18n-lib.h>

#include "fob-auto-lock.h"
#include "fob-backup-scheduler.h"
#include "fob-clock.h"
#include "fob-code-service.h"
#include "fob-demo.h"
#include "fob-file-store.h"
#include "fob-keyring-store.h"
#include "fob-settings.h"
#include "fob-shortcuts.h"
#include "fob-store-place.h"
#include "fob-window.h"

/* A moment after a change, so that several in a row make one copy. */
#define BACKUP_DEBOUNCE_SECONDS 5

/* At the end, when there is no main loop to wait in. */
#define BACKUP_PATIENCE_SECONDS  10
#define BACKUP_POLL_MICROSECONDS 10000

struct _FobApplication
{
  AdwApplication parent_instance;

  FobClock *clock;
  FobUsage *usage;
  FobVault *vault;
  FobBackups *backups; /* NULL in the demo */
  FobBackupScheduler *scheduler;
  FobWindow *window; /* while there is one */
  FobCodeService *code_service;
  FobAutoLock *auto_lock;
  gboolean locked_with_screen; /* and nothing but the screen's lock was asked for */

  gboolean demo;
  gint64 demo_time; /* negative: the real one */
  int demo_width;
  int demo_height;
};

G_DEFINE_FINAL_TYPE (FobApplication, fob_application, ADW_TYPE_APPLICATION)

/* The vault */

static FobStore *
fob_application_create_store (FobApplication *self)
{
  const char *environment = g_getenv ("KEYFOB_VAULT");
  const FobStorage storage = fob_settings_get_storage ();
  g_autofree char *path = fob_file_store_dup_default_path ();

  if (self->demo)
    return fob_demo_store_new ();
  if (storage == FOB_STORAGE_AUTO || (environment != NULL && *environment != '\0'))
    return fob_store_new_for_place (NULL);

  return storage == FOB_STORAGE_FILE ? fob_file_store_new (path) : fob_keyring_store_new ();
}

static void
fob_application_start_backups (FobApplication *self)
{
  g_autoptr (GFile) folder = fob_settings_dup_backup_folder ();

  g_clear_object (&self->scheduler);
  g_clear_object (&self->backups);
  if (self->demo)
    return;
  self->backups = fob_backups_new (self->vault);
  fob_backups_set_folder (self->backups, folder);
  self->scheduler = fob_backup_scheduler_new (self->backups, BACKUP_DEBOUNCE_SECONDS);
  if (self->window != NULL)
    fob_window_set_backups (self->window, self->backups);
}

/* Makes the copy that is due before we end, unless the place is too slow to wait for: the next
 * start makes it then. */
static void
fob_application_finish_backups (FobApplication *self)
{
  const gint64 deadline = g_get_monotonic_time () + BACKUP_PATIENCE_SECONDS * G_USEC_PER_SEC;

  if (self->scheduler == NULL)
    return;
  fob_backup_scheduler_flush (self->scheduler);
  while (fob_backups_is_running (self->backups) && g_get_monotonic_time () < deadline)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (BACKUP_POLL_MICROSECONDS);
    }
  g_clear_object (&self->scheduler);
  g_clear_object (&self->backups);
}

static void
fob_application_open_vault (FobApplication *self)
{
  g_autoptr (FobStore) store = fob_application_create_store (self);

  g_clear_object (&self->vault);
  self->vault = fob_vault_new (store);
  if (self->window != NULL)
    fob_window_set_vault (self->window, self->vault);
  fob_application_start_backups (self);
}

/* Actions */

static void
fob_application_quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FobApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  else
    g_application_quit (G_APPLICATION (self));
}

static void
fob_application_use_file_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FobApplication *self = user_data;

  fob_settings_set_storage (FOB_STORAGE_FILE);
  fob_application_open_vault (self);
}

/* The accounts are in another place now, wherever that is. */
static void
fob_application_reopen_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FobApplication *self = user_data;

  fob_settings_set_storage (FOB_STORAGE_AUTO);
  if (self->window != NULL)
    fob_window_lock (self->window);
  fob_application_open_vault (self);
}

static void
fob_application_lock_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FobApplication *self = user_data;

  if (self->window != NULL)
    fob_window_lock (self->window);
}

static void
fob_application_about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FobApplication *self = user_data;
  static const char *const developers[] = { "The Keyfob authors", NULL };

  adw_show_about_window (GTK_WINDOW (self->window), "application-name", "Keyfob",
                         "application-icon", APP_ID, "developer-name", _ ("The Keyfob authors"),
                         "version", PACKAGE_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         "developers", developers, "copyright", "© 2026 The Keyfob authors",
                         "comments", _ ("One-time codes for two-step login, kept in your keyring"),
                         /* Translators: put your names here, one a line */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static const GActionEntry action_entries[] = {
  { "quit", fob_application_quit_action },     { "use-file", fob_application_use_file_action },
  { "reopen", fob_application_reopen_action }, { "about", fob_application_about_action },
  { "lock", fob_application_lock_action },
};

/* Locking by itself */

static void
fob_application_lock_cb (FobApplication *self, FobAutoLockReason reason)
{
  gboolean has_passphrase;

  if (self->window == NULL || self->vault == NULL ||
      fob_vault_get_state (self->vault) != FOB_VAULT_STATE_READY)
    return;
  has_passphrase = fob_store_needs_passphrase (fob_vault_get_store (self->vault));
  /* Without a passphrase whoever comes along opens it again. */
  if (reason == FOB_AUTO_LOCK_REASON_IDLE && !has_passphrase)
    return;
  self->locked_with_screen = reason == FOB_AUTO_LOCK_REASON_SCREEN && !has_passphrase;
  fob_window_lock (self->window);
}

static void
fob_application_screen_unlocked_cb (FobApplication *self)
{
  if (self->locked_with_screen && self->window != NULL)
    fob_window_unlock (self->window);
  self->locked_with_screen = FALSE;
}

static void
fob_application_start_auto_lock (FobApplication *self)
{
  self->auto_lock = fob_auto_lock_new ();
  g_signal_connect_object (self->auto_lock, "lock", G_CALLBACK (fob_application_lock_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->auto_lock, "screen-unlocked",
                           G_CALLBACK (fob_application_screen_unlocked_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Application */

static void
fob_application_window_destroyed_cb (FobApplication *self)
{
  self->window = NULL;
  fob_code_service_set_window (self->code_service, NULL);
}

static void
fob_application_ensure_window (FobApplication *self)
{
  if (self->window != NULL)
    return;

  self->window = fob_window_new (ADW_APPLICATION (self), self->clock, self->usage);
  fob_code_service_set_window (self->code_service, self->window);
  g_signal_connect_object (self->window, "destroy",
                           G_CALLBACK (fob_application_window_destroyed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->demo_width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self->window), self->demo_width, self->demo_height);
  gtk_window_present (GTK_WINDOW (self->window));
  /* The window comes first, the keyring when it is ready. */
  fob_application_open_vault (self);
}

static void
fob_application_activate (GApplication *application)
{
  FobApplication *self = FOB_APPLICATION (application);

  fob_application_ensure_window (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
fob_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  FobApplication *self = FOB_APPLICATION (application);

  fob_application_activate (application);
  for (int i = 0; i < n_files; i++)
    {
      /* A link has no place in the file system. */
      if (g_file_peek_path (files[i]) != NULL)
        fob_window_add_file (self->window, files[i]);
      else
        {
          g_autofree char *uri = g_file_get_uri (files[i]);

          fob_window_add_link (self->window, uri);
        }
    }
}

static gboolean
fob_application_dbus_register (GApplication *application,
                               GDBusConnection *connection,
                               const char *object_path,
                               GError **error)
{
  FobApplication *self = FOB_APPLICATION (application);

  return G_APPLICATION_CLASS (fob_application_parent_class)
           ->dbus_register (application, connection, object_path, error) &&
         fob_code_service_export (self->code_service, connection, object_path, error);
}

static void
fob_application_dbus_unregister (GApplication *application,
                                 GDBusConnection *connection,
                                 const char *object_path)
{
  fob_code_service_unexport (FOB_APPLICATION (application)->code_service);

  G_APPLICATION_CLASS (fob_application_parent_class)
    ->dbus_unregister (application, connection, object_path);
}

static void
fob_application_style_cb (FobApplication *self)
{
  static const AdwColorScheme schemes[] = {
    [FOB_STYLE_SYSTEM] = ADW_COLOR_SCHEME_DEFAULT,
    [FOB_STYLE_LIGHT] = ADW_COLOR_SCHEME_FORCE_LIGHT,
    [FOB_STYLE_DARK] = ADW_COLOR_SCHEME_FORCE_DARK,
  };

  adw_style_manager_set_color_scheme (adw_application_get_style_manager (ADW_APPLICATION (self)),
                                      schemes[fob_settings_get_style ()]);
}

static void
fob_application_remember_usage_cb (FobApplication *self)
{
  if (!fob_settings_get_remember_usage ())
    fob_usage_clear (self->usage);
}

static void
fob_application_start_usage (FobApplication *self)
{
  g_autofree char *path = self->demo ? NULL : fob_usage_dup_default_path ();

  self->usage = fob_usage_new (path);
  fob_settings_connect ("remember-usage", G_CALLBACK (fob_application_remember_usage_cb), self);
}

static void
fob_application_startup (GApplication *application)
{
  FobApplication *self = FOB_APPLICATION (application);

  G_APPLICATION_CLASS (fob_application_parent_class)->startup (application);

  self->clock = self->demo_time >= 0 ? fob_clock_new_frozen (self->demo_time) : fob_clock_new ();
  fob_application_start_usage (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  fob_shortcuts_add_to_application (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (APP_ID);
  fob_settings_connect ("style", G_CALLBACK (fob_application_style_cb), self);
  fob_application_style_cb (self);
  if (!self->demo)
    fob_application_start_auto_lock (self);
}

static void
fob_application_shutdown (GApplication *application)
{
  FobApplication *self = FOB_APPLICATION (application);

  /* Before GTK hands the clipboard over to whoever keeps it after us. */
  if (self->window != NULL)
    fob_window_clear_clipboard (self->window);
  /* What somebody did just before closing the window arrives all the same. */
  while (self->vault != NULL && fob_vault_is_writing (self->vault))
    g_main_context_iteration (NULL, TRUE);
  fob_usage_flush (self->usage);
  fob_application_finish_backups (self);
  g_clear_object (&self->auto_lock);
  if (self->vault != NULL)
    fob_vault_finish (self->vault);
  g_clear_object (&self->vault);

  G_APPLICATION_CLASS (fob_application_parent_class)->shutdown (application);
}

static gboolean
fob_application_read_demo_size (FobApplication *self, const char *size)
{
  g_auto (GStrv) parts = g_strsplit (size, "x", 2);
  guint64 width;
  guint64 height;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, 10000, &width, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, 10000, &height, NULL))
    return FALSE;

  self->demo_width = (int) width;
  self->demo_height = (int) height;

  return TRUE;
}

static int
fob_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  FobApplication *self = FOB_APPLICATION (application);
  const char *size = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Keyfob %s\n", PACKAGE_VERSION);
      return 0;
    }

  self->demo = g_variant_dict_contains (options, "demo");
  g_variant_dict_lookup (options, "at", "x", &self->demo_time);
  if (g_variant_dict_lookup (options, "size", "&s", &size) &&
      !fob_application_read_demo_size (self, size))
    {
      g_printerr ("%s\n", _ ("The size must be WIDTHxHEIGHT, for example 360x640."));
      return 2;
    }
  if (!self->demo && (self->demo_time >= 0 || size != NULL))
    {
      g_printerr ("%s\n", _ ("--at and --size go with --demo."));
      return 2;
    }
  if (self->demo)
    /* A throw-away vault of its own: nothing of a running instance, nothing for one. */
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
fob_application_finalize (GObject *object)
{
  FobApplication *self = FOB_APPLICATION (object);

  g_clear_object (&self->vault);
  g_clear_object (&self->usage);
  g_clear_object (&self->clock);
  g_clear_object (&self->code_service);

  G_OBJECT_CLASS (fob_application_parent_class)->finalize (object);
}

static void
fob_application_class_init (FobApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = fob_application_finalize;

  application_class->dbus_register = fob_application_dbus_register;
  application_class->dbus_unregister = fob_application_dbus_unregister;
  application_class->activate = fob_application_activate;
  application_class->open = fob_application_open;
  application_class->startup = fob_application_startup;
  application_class->shutdown = fob_application_shutdown;
  application_class->handle_local_options = fob_application_handle_local_options;
}

static void
fob_application_init (FobApplication *self)
{
  static const GOptionEntry entries[] = {
    { "version", 'v', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
      N_ ("Print the version and exit"), NULL },
    { "demo", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
      N_ ("Show a throw-away vault of sample accounts"), NULL },
    { "at", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT64, NULL,
      N_ ("With --demo: stop the clock at this time, in seconds since 1970"), N_ ("UNIX") },
    { "size", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
      N_ ("With --demo: the size of the window"), N_ ("WIDTHxHEIGHT") },
    { NULL },
  };

  self->demo_time = -1;
  self->code_service = fob_code_service_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[otpauth://…]"));
}

FobApplication *
fob_application_new (void)
{
  return g_object_new (FOB_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/io/github/keyfob/Keyfob",
                       NULL);
}
