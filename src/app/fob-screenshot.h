/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fob_screenshot_take_async:
 *
 * Lets a person take a picture of the screen, or of a part of it, through the desktop's portal
 * (org.freedesktop.portal.Screenshot). Takes as long as the person does.
 */
void fob_screenshot_take_async (GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * fob_screenshot_take_finish:
 *
 * Returns: (transfer full) (nullable): an image file. The portal's own copy of it on disk is
 * deleted: there are secrets in it. G_IO_ERROR_CANCELLED if the person thought better of it;
 * another error, with a sentence for a person, if there is no portal or it failed.
 */
GBytes *fob_screenshot_take_finish (GAsyncResult *result, GError **error);

G_END_DECLS
