/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-icon-pack.h"

G_BEGIN_DECLS

/**
 * fob_icon_adder_run_async:
 * @parent: over which somebody chooses a file
 *
 * Lets somebody choose an icon pack and adds it to the icon store.
 */
void fob_icon_adder_run_async (GtkWindow *parent,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * fob_icon_adder_run_finish:
 * @message: (out) (transfer full): what to tell somebody, good or bad; NULL when nothing was chosen
 *
 * Returns: whether a pack was added
 */
gboolean fob_icon_adder_run_finish (GAsyncResult *result, char **message);

/* Returns: (transfer full): the message when @pack was added. */
char *fob_icon_adder_dup_message (FobIconPack *pack);

G_END_DECLS
