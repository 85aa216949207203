/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Codes on the clipboard of a real X server: run by tests/harness/session --display. The program is
 * also the one that stays behind to clear it. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fob-clipboard-tool.h"
#include "fob-command.h"
#include "fob-copy.h"
#include "fob-otp-limits.h"

#define CODE "492039"

typedef struct
{
  char *folder;
  char *path;    /* as it was */
  char *display; /* likewise */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("fob-copy-XXXXXX", NULL);
  fixture->path = g_strdup (g_getenv ("PATH"));
  fixture->display = g_strdup (g_getenv ("DISPLAY"));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_setenv ("PATH", fixture->path, TRUE);
  g_setenv ("DISPLAY", fixture->display, TRUE);
  g_unsetenv ("WAYLAND_DISPLAY");
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      (void) g_remove (path);
    }
  (void) g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->display);
}

/* What the settings of the window say. */
static void
set_clear_seconds (guint seconds)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  g_assert_true (g_settings_set_uint (settings, "clipboard-clear-seconds", seconds));
}

/* A program of that name, before all others. */
static void
install_program (Fixture *fixture, const char *name, const char *script)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *search = g_strconcat (fixture->folder, ":", fixture->path, NULL);
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("PATH", search, TRUE);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static void
wait_until_gone (const char *text)
{
  const gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (fob_clipboard_tool_holds ("xclip", text))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (20000);
    }
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint seconds = 0;

  set_clear_seconds (1);
  g_assert_true (fob_copy_is_possible (&error));
  g_assert_true (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seconds, ==, 1);
  g_assert_true (fob_clipboard_tool_holds ("xclip", CODE));
  g_assert_true (fob_clipboard_tool_holds ("xsel", CODE));
  g_assert_false (fob_clipboard_tool_holds ("xclip", "49203"));
  wait_until_gone (CODE);
}

static void
test_foreign_copy_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint seconds = 0;

  set_clear_seconds (1);
  g_assert_true (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_true (fob_clipboard_tool_copy ("xsel", "shopping list", &error));
  g_usleep (1500000);
  g_assert_true (fob_clipboard_tool_holds ("xclip", "shopping list"));
}

static void
test_never_cleared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint seconds = 9;

  set_clear_seconds (0);
  g_assert_true (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_cmpuint (seconds, ==, 0);
  g_assert_true (fob_clipboard_tool_holds ("xclip", CODE));
}

static void
test_no_display (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint seconds = 0;

  g_unsetenv ("DISPLAY");
  g_assert_false (fob_copy_is_possible (NULL));
  g_assert_false (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_error (error, FOB_COPY_ERROR, FOB_COPY_ERROR_NO_CLIPBOARD);
  g_clear_error (&error);

  /* A display without a program for it. */
  g_setenv ("DISPLAY", fixture->display, TRUE);
  g_setenv ("PATH", fixture->folder, TRUE);
  g_assert_false (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_error (error, FOB_COPY_ERROR, FOB_COPY_ERROR_NO_CLIPBOARD);
}

static void
test_dead_display (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint seconds = 0;

  g_setenv ("DISPLAY", ":4711", TRUE);
  g_assert_false (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_error (error, FOB_COPY_ERROR, FOB_COPY_ERROR_FAILED);
  g_assert_null (strstr (error->message, CODE));
}

/* The code is on the standard input, and nowhere that others can see. */
static void
test_nothing_in_arguments (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script =
    g_strdup_printf ("echo \"$0 $*\" >>%s/arguments; env >>%s/arguments; cat >%s/input",
                     fixture->folder, fixture->folder, fixture->folder);
  g_autofree char *arguments = NULL;
  g_autofree char *input = NULL;
  g_autoptr (GError) error = NULL;
  guint seconds = 0;

  set_clear_seconds (0);
  install_program (fixture, "wl-copy", script);
  g_setenv ("WAYLAND_DISPLAY", "wayland-9", TRUE);
  g_assert_true (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_no_error (error);
  arguments = read_file (fixture, "arguments");
  input = read_file (fixture, "input");
  g_assert_cmpstr (input, ==, CODE);
  g_assert_nonnull (strstr (arguments, "wl-copy --type text/plain"));
  g_assert_null (strstr (arguments, CODE));
}

/* On Wayland too: taken back, and only if it is still there. */
static void
test_wayland (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy =
    g_strdup_printf ("if [ \"$1\" = --clear ]; then rm %s/clip; else cat >%s/clip; fi",
                     fixture->folder, fixture->folder);
  g_autofree char *paste = g_strdup_printf ("cat %s/clip", fixture->folder);
  g_autofree char *path = g_build_filename (fixture->folder, "clip", NULL);
  g_autoptr (GError) error = NULL;
  const gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  guint seconds = 0;

  set_clear_seconds (1);
  install_program (fixture, "wl-copy", copy);
  install_program (fixture, "wl-paste", paste);
  g_setenv ("WAYLAND_DISPLAY", "wayland-9", TRUE);
  g_assert_true (fob_copy_to_clipboard (CODE, &seconds, &error));
  g_assert_true (fob_clipboard_tool_holds ("wl-copy", CODE));
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (20000);
    }
}

/* Programs of the desktop that answer with nothing, too much, or an error. */
static void
test_odd_tools (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  install_program (fixture, "xclip", "exit 3");
  g_assert_false (fob_clipboard_tool_copy ("xclip", CODE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_null (strstr (error->message, CODE));
  g_assert_false (fob_clipboard_tool_holds ("xclip", CODE));
  install_program (fixture, "xclip", "head -c 1000000 /dev/zero");
  g_assert_false (fob_clipboard_tool_holds ("xclip", CODE));
  install_program (fixture, "xclip", "printf " CODE "; exit 1");
  g_assert_false (fob_clipboard_tool_holds ("xclip", CODE));
  install_program (fixture, "xclip", "printf " CODE);
  g_assert_true (fob_clipboard_tool_holds ("xclip", CODE));
}

static void
test_clearer_arguments (Fixture *fixture, gconstpointer data)
{
  char *none[] = { (char *) "x", NULL };
  char *unknown[] = { (char *) "x", (char *) "rm", (char *) "1", NULL };
  char *number[] = { (char *) "x", (char *) "xclip", (char *) "1e9", NULL };
  char *large[] = { (char *) "x", (char *) "xclip", (char *) "3601", NULL };

  g_assert_cmpint (fob_command_clear_clipboard_run (1, none), ==, FOB_EXIT_USAGE);
  g_assert_cmpint (fob_command_clear_clipboard_run (3, unknown), ==, FOB_EXIT_USAGE);
  g_assert_cmpint (fob_command_clear_clipboard_run (3, number), ==, FOB_EXIT_USAGE);
  g_assert_cmpint (fob_command_clear_clipboard_run (3, large), ==, FOB_EXIT_USAGE);
}

static void
test_no_window (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint seconds = 0;

  g_assert_false (fob_copy_through_window ("no-such-account", FALSE, &seconds, &error));
  g_assert_error (error, FOB_COPY_ERROR, FOB_COPY_ERROR_NO_WINDOW);
}

static void
add_test (const char *path, void (*function) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, function, tear_down);
}

int
main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "__clear-clipboard") == 0)
    return fob_command_clear_clipboard_run (argc - 1, argv + 1);

  g_test_init (&argc, &argv, NULL);

  add_test ("/cli/copy/copy", test_copy);
  add_test ("/cli/copy/foreign-copy-stays", test_foreign_copy_stays);
  add_test ("/cli/copy/never-cleared", test_never_cleared);
  add_test ("/cli/copy/no-display", test_no_display);
  add_test ("/cli/copy/dead-display", test_dead_display);
  add_test ("/cli/copy/nothing-in-arguments", test_nothing_in_arguments);
  add_test ("/cli/copy/wayland", test_wayland);
  add_test ("/cli/copy/odd-tools", test_odd_tools);
  add_test ("/cli/copy/clearer-arguments", test_clearer_arguments);
  add_test ("/cli/copy/no-window", test_no_window);

  return g_test_run ();
}
