/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define FOB_TYPE_CODE_PROVIDER (fob_code_provider_get_type ())
G_DECLARE_FINAL_TYPE (FobCodeProvider, fob_code_provider, FOB, CODE_PROVIDER, GdkContentProvider)

/**
 * fob_code_provider_new:
 * @code: copied
 *
 * What lies on the clipboard after a copy: the code as plain text, and the hint by which clipboard
 * managers know to keep it out of their history (x-kde-passwordManagerHint). GTK 4.8 offers the
 * hint but hands out no type without a slash, so that only managers that look for its presence heed
 * it.
 */
GdkContentProvider *fob_code_provider_new (const char *code);

/* Wipes the code: whoever asks from now on gets an empty text, even where the clipboard itself
 * cannot be emptied. */
void fob_code_provider_expire (FobCodeProvider *self);

G_END_DECLS
