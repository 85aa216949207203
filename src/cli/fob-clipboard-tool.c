/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-clipboard-tool.h"

#include <string.h>
#include <unistd.h>

#include <glib-unix.h>
#include <openssl/crypto.h>

#include "fob-deadline.h"
#include "fob-wipe.h"

/* A program that hangs (a compositor that does not answer) is not waited for longer than that. */
#define TOOL_MILLISECONDS 5000

typedef struct
{
  const char *name;
  const char *display; /* the variable by which the session says that it has one */
  const char *copy[6];
  const char *paste[6];
  const char *clear[6]; /* with an empty standard input */
} Tool;

static const Tool tools[] = {
  { "wl-copy",
    "WAYLAND_DISPLAY",
    { "wl-copy", "--type", "text/plain", NULL },
    { "wl-paste", "--no-newline", NULL },
    { "wl-copy", "--clear", NULL } },
  { "xclip",
    "DISPLAY",
    { "xclip", "-in", "-selection", "clipboard", NULL },
    { "xclip", "-out", "-selection", "clipboard", NULL },
    { "xclip", "-in", "-selection", "clipboard", NULL } },
  { "xsel",
    "DISPLAY",
    { "xsel", "--input", "--clipboard", NULL },
    { "xsel", "--output", "--clipboard", NULL },
    { "xsel", "--clear", "--clipboard", NULL } },
};

static const Tool *
find_by_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      if (g_strcmp0 (tools[i].name, name) == 0)
        return &tools[i];
    }

  return NULL;
}

const char *
fob_clipboard_tool_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      const char *display = g_getenv (tools[i].display);
      g_autofree char *path = NULL;

      if (display == NULL || *display == '\0')
        continue;
      path = g_find_program_in_path (tools[i].name);
      if (path != NULL)
        return tools[i].name;
    }

  return NULL;
}

/* Returns: a pipe's end to read @text from, which fits into it: nobody has to wait for anybody. */
static int
open_text (const char *text)
{
  int fds[2];

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, NULL))
    return -1;
  if (write (fds[1], text, strlen (text)) != (gssize) strlen (text))
    g_debug ("A pipe did not take what it should");
  close (fds[1]);

  return fds[0];
}

/* Runs @argv with @input, and waits for its end. @output: (out) (optional) (nullable): to be wiped.
 * A copying program goes on in the background: it does not get a pipe that would be waited for. */
static gboolean
run_tool (const char *const *argv, const char *input, GBytes **output, GError **error)
{
  const GSubprocessFlags flags =
    G_SUBPROCESS_FLAGS_STDERR_SILENCE |
    (output != NULL ? G_SUBPROCESS_FLAGS_STDOUT_PIPE : G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (FobDeadline) deadline = NULL;

  g_subprocess_launcher_take_stdin_fd (launcher, open_text (input));
  process = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (process == NULL)
    return FALSE;

  deadline = fob_deadline_new (TOOL_MILLISECONDS);
  if (!g_subprocess_communicate (process, NULL, fob_deadline_get_cancellable (deadline), output,
                                 NULL, error))
    {
      g_subprocess_force_exit (process);
      return FALSE;
    }
  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s failed", argv[0]);
  return FALSE;
}

gboolean
fob_clipboard_tool_copy (const char *tool, const char *text, GError **error)
{
  const Tool *found = find_by_name (tool);

  g_return_val_if_fail (found != NULL, FALSE);

  return run_tool (found->copy, text, NULL, error);
}

gboolean
fob_clipboard_tool_holds (const char *tool, const char *text)
{
  const Tool *found = find_by_name (tool);
  g_autoptr (GBytes) output = NULL;
  gboolean holds = FALSE;

  g_return_val_if_fail (found != NULL, FALSE);

  if (run_tool (found->paste, "", &output, NULL) && output != NULL)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (output, &size);

      holds = size == strlen (text) && CRYPTO_memcmp (data, text, size) == 0;
    }
  if (output != NULL)
    fob_wipe ((gpointer) g_bytes_get_data (output, NULL), g_bytes_get_size (output));

  return holds;
}

gboolean
fob_clipboard_tool_clear (const char *tool, GError **error)
{
  const Tool *found = find_by_name (tool);

  g_return_val_if_fail (found != NULL, FALSE);

  return run_tool (found->clear, "", NULL, error);
}
