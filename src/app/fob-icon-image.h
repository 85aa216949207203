/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

/* No image file of an icon is larger, as somebody chooses it. */
#define FOB_ICON_IMAGE_SIZE_MAX (16 * 1024 * 1024)

G_BEGIN_DECLS

/* Image files as icons of accounts. The functions may be called in any thread, and take their
 * time. Errors are G_IO_ERROR, with a whole sentence for a person. */

/**
 * fob_icon_image_decode:
 * @image: an image file of any kind that GdkPixbuf reads
 *
 * Returns: (transfer full) (nullable): a square of 128 pixels. Images with something transparent
 * around them stand on white, so that a black one can be seen in the dark style.
 */
GdkTexture *fob_icon_image_decode (GBytes *image, GError **error);

/**
 * fob_icon_image_prepare:
 * @image: an image file that somebody chose
 * @type: (out): the MIME type of what is returned, of static storage
 *
 * Makes it small enough for a vault, which is read and written as one: as it is, or as a PNG of at
 * most 256 pixels.
 *
 * Returns: (transfer full) (nullable): an image file
 */
GBytes *fob_icon_image_prepare (GBytes *image, const char **type, GError **error);

G_END_DECLS
