/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Other people's programs that write to and read from the clipboard: no library of a display is
 * linked for it. What is copied only ever stands on their standard input and output. */

/* Returns: (transfer none) (nullable): the one that fits this session and is installed. */
const char *fob_clipboard_tool_find (void);

/* Returns: whether @tool took @text; G_IO_ERROR. */
gboolean fob_clipboard_tool_copy (const char *tool, const char *text, GError **error);

/* Returns: whether @tool says that the clipboard still holds @text and nothing else. */
gboolean fob_clipboard_tool_holds (const char *tool, const char *text);

gboolean fob_clipboard_tool_clear (const char *tool, GError **error);

G_END_DECLS
