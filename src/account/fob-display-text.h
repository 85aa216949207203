/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fob_display_text:
 * @text: an issuer, account name or note from anywhere
 *
 * Makes names from strangers safe to show: control characters, line breaks, bidi controls,
 * invisible and unassigned characters appear escaped as `\u{202E}`, so that no name can fake
 * another row. Ordinary text in any script, combined emoji included, is unchanged.
 *
 * Returns: (transfer full): UTF-8 on one line.
 */
char *fob_display_text (const char *text);

G_END_DECLS
