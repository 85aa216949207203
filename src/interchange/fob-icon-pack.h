/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-interchange-error.h"

G_BEGIN_DECLS

/* An icon that is larger does not go into a vault, nor out of a pack. */
#define FOB_ICON_SIZE_MAX (512 * 1024)

/**
 * FobIconPack:
 *
 * An icon pack as the Aegis authenticator has it: a ZIP archive with images and a `pack.json` that
 * says which services they stand for. Immutable and reference-counted; images are read when asked
 * for. Thread-safe.
 */
typedef struct _FobIconPack FobIconPack;

/* Returns: whether @zip looks like one. Cheap. */
gboolean fob_icon_pack_probe (GBytes *zip);

/**
 * fob_icon_pack_new:
 * @zip: a whole archive
 *
 * Returns: (transfer full) (nullable): FOB_INTERCHANGE_ERROR.
 */
FobIconPack *fob_icon_pack_new (GBytes *zip, GError **error);
FobIconPack *fob_icon_pack_ref (FobIconPack *self);
void fob_icon_pack_unref (FobIconPack *self);

const char *fob_icon_pack_get_id (FobIconPack *self); /* a UUID in lower case: its identity */
const char *fob_icon_pack_get_name (FobIconPack *self);
GBytes *fob_icon_pack_get_zip (FobIconPack *self); /* borrowed */
guint fob_icon_pack_get_n_icons (FobIconPack *self);
const char *fob_icon_pack_get_icon_name (FobIconPack *self, guint icon);

/**
 * fob_icon_pack_find:
 * @issuer: of an account
 * @icon: (out)
 *
 * Looks for the icon of a service, without regard to case and accents: best is one that is called
 * the same, then one of which @issuer has the name as whole words, the longest first.
 */
gboolean fob_icon_pack_find (FobIconPack *self, const char *issuer, guint *icon);

/* Returns: whether @icon fits what somebody typed: every word of it, somewhere. */
gboolean fob_icon_pack_icon_matches (FobIconPack *self, guint icon, const char *text);

/**
 * fob_icon_pack_extract:
 * @type: (out): the MIME type, of static storage
 *
 * May take some milliseconds: for worker threads.
 *
 * Returns: (transfer full) (nullable): the image file.
 */
GBytes *fob_icon_pack_extract (FobIconPack *self, guint icon, const char **type, GError **error);

/* Returns: (nullable): the MIME type of an image that can be an icon, by its first bytes; of static
 * storage. */
const char *fob_icon_type (GBytes *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobIconPack, fob_icon_pack_unref)

G_END_DECLS
