/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fob_camera_portal_open_async:
 *
 * Asks the desktop's portal for the camera (org.freedesktop.portal.Camera), which asks the person.
 */
void fob_camera_portal_open_async (GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * fob_camera_portal_open_finish:
 *
 * Returns: a connection to PipeWire, to be closed; -1 with G_IO_ERROR_CANCELLED when it was
 * cancelled, or another error, with a sentence for a person.
 */
int fob_camera_portal_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
