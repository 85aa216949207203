/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-qr-code.h"

G_BEGIN_DECLS

/* Largest image that is looked at: more pixels than any screen or camera has, and few enough to
 * take seconds and not the computer. */
#define FOB_QR_READER_PIXELS_MAX (64 * 1024 * 1024)
#define FOB_QR_READER_BYTES_MAX  (64 * 1024 * 1024)

/* Whether @bytes begin like an image file: PNG, JPEG, GIF, WebP, BMP or TIFF. */
gboolean fob_qr_reader_probe (GBytes *bytes);

/**
 * fob_qr_reader_read:
 * @image: a whole file
 *
 * Reads all QR codes in an image, however they are turned; light on dark, faint, small and large
 * ones too. Blocks for up to some seconds: for worker threads.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): what they say, each text once, wiped
 * when freed; FOB_QR_ERROR_IMAGE for what is no image, FOB_QR_ERROR_SIZE, FOB_QR_ERROR_NONE for one
 * without a code, G_IO_ERROR_CANCELLED.
 */
GPtrArray *fob_qr_reader_read (GBytes *image, GCancellable *cancellable, GError **error);

/**
 * fob_qr_reader_read_pixels:
 * @luminance: a byte for each pixel, line by line without gaps; 0 is black
 *
 * The same for an image that is there already, such as a frame of a camera or a texture.
 */
GPtrArray *fob_qr_reader_read_pixels (const guint8 *luminance,
                                      guint width,
                                      guint height,
                                      GCancellable *cancellable,
                                      GError **error);

/* Returns: (transfer full) (nullable): the same as fob_qr_reader_read (), one text a line. */
GBytes *fob_qr_reader_read_lines (GBytes *image, GCancellable *cancellable, GError **error);

G_END_DECLS
