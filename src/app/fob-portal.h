/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FOB_PORTAL_NAME "org.freedesktop.portal.Desktop"
#define FOB_PORTAL_PATH "/org/freedesktop/portal/desktop"

/**
 * fob_portal_request_async:
 * @interface: of the desktop's portal, such as "org.freedesktop.portal.Camera"
 * @with_parent: whether @method takes a parent window before its options
 * @options: (nullable): of type a{sv}; a floating reference is taken
 *
 * Asks the portal for something that a person has to allow, which takes as long as the person does.
 * When it is cancelled the request is withdrawn.
 */
void fob_portal_request_async (const char *interface,
                               const char *method,
                               gboolean with_parent,
                               GVariant *options,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * fob_portal_request_finish:
 *
 * Returns: (transfer full) (nullable): the answer, of type a{sv}. G_IO_ERROR_CANCELLED if it was
 * cancelled, or the person said no; another error if there is no portal or it failed.
 */
GVariant *fob_portal_request_finish (GAsyncResult *result, GError **error);

G_END_DECLS
