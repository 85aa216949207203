/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Codes on their way to the clipboard of the session: through the window of Keyfob, which knows how
 * to take them back, or else with what the desktop has for it. */

/**
 * FobCopyError:
 * @FOB_COPY_ERROR_NO_WINDOW: Keyfob does not run in this session
 * @FOB_COPY_ERROR_LOCKED: it runs, and its vault is not open
 * @FOB_COPY_ERROR_NOT_FOUND: it has another vault
 * @FOB_COPY_ERROR_NO_CLIPBOARD: there is no display, or no program that writes to its clipboard
 * @FOB_COPY_ERROR_FAILED: there is a way, and it failed
 */
typedef enum
{
  FOB_COPY_ERROR_NO_WINDOW,
  FOB_COPY_ERROR_LOCKED,
  FOB_COPY_ERROR_NOT_FOUND,
  FOB_COPY_ERROR_NO_CLIPBOARD,
  FOB_COPY_ERROR_FAILED,
} FobCopyError;

#define FOB_COPY_ERROR (fob_copy_error_quark ())
GQuark fob_copy_error_quark (void);

/**
 * fob_copy_through_window:
 * @next: whether to copy the code of the next time step; a counter always moves on
 * @seconds: (out): when the code leaves the clipboard; 0 for never
 * @error: FOB_COPY_ERROR; after _FAILED nobody should try another way, a counter may have moved on
 *
 * Lets the running window copy a code. Starts no program.
 */
gboolean fob_copy_through_window (const char *account_id,
                                  gboolean next,
                                  guint *seconds,
                                  GError **error);

/**
 * fob_copy_to_clipboard:
 * @code: NUL-terminated; wiped by the caller
 * @seconds: (out): when it leaves the clipboard, as the settings say; 0 for never
 * @error: FOB_COPY_ERROR
 *
 * Copies @code with wl-copy, xclip or xsel, which get it on their standard input, and leaves a
 * process behind that takes it back unless something else was copied meanwhile.
 */
gboolean fob_copy_to_clipboard (const char *code, guint *seconds, GError **error);

/**
 * fob_copy_is_possible:
 *
 * Returns: whether fob_copy_to_clipboard () has a way to go; else FOB_COPY_ERROR_NO_CLIPBOARD. To
 * be asked before a counter moves on.
 */
gboolean fob_copy_is_possible (GError **error);

/* What the process that was left behind does: `fob __clear-clipboard`. Reads the code from the
 * standard input. */
int fob_command_clear_clipboard_run (int argc, char **argv);

G_END_DECLS
