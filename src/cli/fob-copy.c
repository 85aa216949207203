/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-copy.h"

#include <string.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "fob-clipboard-tool.h"
#include "fob-command.h"
#include "fob-otp-limits.h"
#include "fob-wipe.h"

#define WINDOW_PATH         "/io/github/keyfob/Keyfob"
#define WINDOW_INTERFACE    APP_ID ".Codes"
#define WINDOW_MILLISECONDS 30000 /* a counter is stored before it is copied */

#define CLEAR_COMMAND         "__clear-clipboard"
#define CLEAR_SECONDS_DEFAULT 30
#define CLEAR_SECONDS_MAX     3600

G_DEFINE_QUARK (fob - copy - error - quark, fob_copy_error)

/* Through the window */

static gboolean
fail_from_window (GError *cause, GError **error)
{
  g_autoptr (GError) taken = cause;
  g_autofree char *name = g_dbus_error_get_remote_error (taken);

  g_debug ("The window did not copy: %s", taken->message);
  g_dbus_error_strip_remote_error (taken);
  if (g_strcmp0 (name, APP_ID ".Error.Locked") == 0)
    g_set_error_literal (error, FOB_COPY_ERROR, FOB_COPY_ERROR_LOCKED, taken->message);
  else if (g_strcmp0 (name, APP_ID ".Error.NotFound") == 0)
    g_set_error_literal (error, FOB_COPY_ERROR, FOB_COPY_ERROR_NOT_FOUND, taken->message);
  else if (g_strcmp0 (name, APP_ID ".Error.Failed") == 0)
    g_set_error_literal (error, FOB_COPY_ERROR, FOB_COPY_ERROR_FAILED, taken->message);
  else if (g_error_matches (taken, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
           g_error_matches (taken, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
           g_error_matches (taken, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT))
    g_set_error_literal (error, FOB_COPY_ERROR, FOB_COPY_ERROR_FAILED,
                         _ ("Keyfob’s window does not answer. Close it and try again."));
  else
    /* Nobody there, or an older one that cannot do this. */
    g_set_error_literal (error, FOB_COPY_ERROR, FOB_COPY_ERROR_NO_WINDOW,
                         _ ("Keyfob’s window is not open."));

  return FALSE;
}

gboolean
fob_copy_through_window (const char *account_id, gboolean next, guint *seconds, GError **error)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) answer = NULL;
  GError *cause = NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &cause);
  if (bus != NULL)
    answer = g_dbus_connection_call_sync (bus, APP_ID, WINDOW_PATH, WINDOW_INTERFACE, "Copy",
                                          g_variant_new ("(sb)", account_id, next),
                                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                          WINDOW_MILLISECONDS, NULL, &cause);
  if (answer == NULL)
    return fail_from_window (cause, error);

  g_variant_get (answer, "(u)", seconds);
  return TRUE;
}

/* With the programs of the session */

/* The window's own setting, if the window is installed. */
static guint
get_clear_seconds (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, "clipboard-clear-seconds"))
    return CLEAR_SECONDS_DEFAULT;

  settings = g_settings_new_full (schema, NULL, NULL);
  return g_settings_get_uint (settings, "clipboard-clear-seconds");
}

static void
detach_cb (gpointer user_data)
{
  /* Not of this terminal: its end would be the end of the process too. */
  (void) setsid ();
}

/* A fresh process: a copy of this one would hold all the keys that are in here. The code is in a
 * pipe and not among the arguments. */
static gboolean
leave_clearer (const char *tool, const char *code, guint seconds, GError **error)
{
  const GSubprocessFlags flags =
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *time = g_strdup_printf ("%u", seconds);
  const char *const argv[] = { self, CLEAR_COMMAND, tool, time, NULL };
  g_autoptr (GSubprocess) process = NULL;
  int fds[2];

  if (self == NULL || !g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return FALSE;
  if (write (fds[1], code, strlen (code)) != (gssize) strlen (code))
    g_debug ("A pipe did not take what it should");
  close (fds[1]);

  g_subprocess_launcher_take_stdin_fd (launcher, fds[0]);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_set_child_setup (launcher, detach_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, error);

  return process != NULL;
}

gboolean
fob_copy_is_possible (GError **error)
{
  if (fob_clipboard_tool_find () != NULL)
    return TRUE;

  g_set_error_literal (
    error, FOB_COPY_ERROR, FOB_COPY_ERROR_NO_CLIPBOARD,
    _ ("There is no clipboard to copy to from here. Open Keyfob’s window and unlock it, or install "
       "wl-clipboard (Wayland) or xclip (X11)."));
  return FALSE;
}

gboolean
fob_copy_to_clipboard (const char *code, guint *seconds, GError **error)
{
  const char *tool = fob_clipboard_tool_find ();
  g_autoptr (GError) cause = NULL;

  if (tool == NULL)
    return fob_copy_is_possible (error);

  *seconds = get_clear_seconds ();
  if (!fob_clipboard_tool_copy (tool, code, &cause))
    {
      g_debug ("%s: %s", tool, cause->message);
      g_set_error (error, FOB_COPY_ERROR, FOB_COPY_ERROR_FAILED,
                   /* Translators: the name of a program */
                   _ ("The desktop did not take the code from %s. Print it instead, without "
                      "--copy."),
                   tool);
      return FALSE;
    }
  if (*seconds == 0 || leave_clearer (tool, code, *seconds, &cause))
    return TRUE;

  g_debug ("Nobody to clear the clipboard: %s", cause->message);
  (void) fob_clipboard_tool_clear (tool, NULL);
  g_set_error_literal (error, FOB_COPY_ERROR, FOB_COPY_ERROR_FAILED,
                       _ ("The code could not have been taken back from the clipboard later, so it "
                          "was not left there. Print it instead, without --copy."));
  return FALSE;
}

/* The process that stays behind */

static gboolean
read_code (char code[FOB_OTP_CODE_SIZE])
{
  gsize used = 0;
  gssize n_read = 1;

  while (n_read > 0 && used < FOB_OTP_CODE_SIZE - 1)
    {
      n_read = read (STDIN_FILENO, code + used, FOB_OTP_CODE_SIZE - 1 - used);
      if (n_read > 0)
        used += (gsize) n_read;
    }
  code[used] = '\0';

  return used > 0;
}

int
fob_command_clear_clipboard_run (int argc, char **argv)
{
  char code[FOB_OTP_CODE_SIZE];
  guint64 seconds = 0;
  gboolean done = FALSE;

  if (argc != 3 || g_strcmp0 (fob_clipboard_tool_find (), argv[1]) != 0 ||
      !g_ascii_string_to_unsigned (argv[2], 10, 0, CLEAR_SECONDS_MAX, &seconds, NULL) ||
      !read_code (code))
    return FOB_EXIT_USAGE;

  g_usleep ((gulong) seconds * G_USEC_PER_SEC);
  /* What was copied since is not ours to take away. */
  if (fob_clipboard_tool_holds (argv[1], code))
    done = fob_clipboard_tool_clear (argv[1], NULL);
  fob_wipe (code, sizeof code);

  return done ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}
