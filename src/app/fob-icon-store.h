/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-icon-pack.h"

G_BEGIN_DECLS

#define FOB_TYPE_ICON_STORE (fob_icon_store_get_type ())
G_DECLARE_FINAL_TYPE (FobIconStore, fob_icon_store, FOB, ICON_STORE, GObject)

/**
 * FobIconStore:
 *
 * The icon packs that somebody added, and the pictures of accounts: their own, or that of a pack
 * which has one for the service. Nothing of the packs goes into a vault. Signal "changed" when
 * accounts may look different from then on.
 *
 * The packs rest in the user's data folder, as the files they came as. They are loaded by a worker
 * from the first time on that a picture is asked for.
 */
FobIconStore *fob_icon_store_get_default (void);

/* Returns: (transfer none) (element-type FobIconPack): in the order of their names; empty until
 * they are loaded. */
GPtrArray *fob_icon_store_get_packs (FobIconStore *self);

/**
 * fob_icon_store_add_async:
 * @zip: (nullable): an icon pack; one with the same identity is replaced
 * @file: (nullable): where it is, if @zip is not there yet
 */
void fob_icon_store_add_async (FobIconStore *self,
                               GBytes *zip,
                               GFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Returns: (transfer full) (nullable): the pack; FOB_INTERCHANGE_ERROR, or G_IO_ERROR. */
FobIconPack *fob_icon_store_add_finish (FobIconStore *self, GAsyncResult *result, GError **error);

void fob_icon_store_remove_async (FobIconStore *self,
                                  FobIconPack *pack,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean fob_icon_store_remove_finish (FobIconStore *self, GAsyncResult *result, GError **error);

/**
 * fob_icon_store_lookup:
 * @issuer: of the account
 * @icon: (nullable): the account's own image file
 * @texture: (out) (transfer none) (nullable): the picture; NULL when there is none
 *
 * Returns: whether the answer is known already
 */
gboolean fob_icon_store_lookup (FobIconStore *self,
                                const char *issuer,
                                GBytes *icon,
                                GdkTexture **texture);

/* Finds out what fob_icon_store_lookup () does not know yet. */
void fob_icon_store_load_async (FobIconStore *self,
                                const char *issuer,
                                GBytes *icon,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* One of a pack, for somebody to choose from. */
void fob_icon_store_load_icon_async (FobIconStore *self,
                                     FobIconPack *pack,
                                     guint icon,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* Ends both. Returns: (transfer full) (nullable): the picture; NULL when there is none. */
GdkTexture *fob_icon_store_load_finish (FobIconStore *self, GAsyncResult *result);

/* Forgets all about accounts, when they are locked. The packs stay. */
void fob_icon_store_forget (FobIconStore *self);

G_END_DECLS
