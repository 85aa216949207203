/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-icon-pack.h"

G_BEGIN_DECLS

/* A folder of icon packs, each as the file it came as. All of these block: for worker threads. */

/* Returns: (transfer full) (element-type FobIconPack): those that can be read; none when there is
 * no folder. */
GPtrArray *fob_icon_folder_load (const char *path);

/* Errors are those of GIO. */
gboolean fob_icon_folder_write (const char *path, FobIconPack *pack, GError **error);
gboolean fob_icon_folder_remove (const char *path, FobIconPack *pack, GError **error);

G_END_DECLS
