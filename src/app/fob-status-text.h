/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @text: plain, whatever file names and other programs' words are in it; the page itself takes its
 * description for markup. */
void fob_status_text_set (AdwStatusPage *page, const char *text);

G_END_DECLS
