/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Errors of QR codes; the messages are whole translated sentences for a person. */
typedef enum
{
  FOB_QR_ERROR_SIZE,   /* too long for one code; an image that is too large */
  FOB_QR_ERROR_FAILED, /* a library said no */
  FOB_QR_ERROR_IMAGE,  /* no image, or a damaged one */
  FOB_QR_ERROR_NONE,   /* an image without a code */
} FobQrError;

#define FOB_QR_ERROR (fob_qr_error_quark ())
GQuark fob_qr_error_quark (void);

/* Light modules around a code (ISO/IEC 18004, 5.3.8). */
#define FOB_QR_QUIET_ZONE 4

/**
 * FobQrCode:
 *
 * A QR code: a square of dark and light modules. Immutable and reference-counted; wiped when freed.
 */
typedef struct _FobQrCode FobQrCode;

/**
 * fob_qr_code_new:
 * @text: written byte by byte
 *
 * Returns: (transfer full) (nullable): with error correction M; FOB_QR_ERROR.
 */
FobQrCode *fob_qr_code_new (const char *text, GError **error);
FobQrCode *fob_qr_code_ref (FobQrCode *self);
void fob_qr_code_unref (FobQrCode *self);

/* How many modules it has on each side, without the quiet zone. */
guint fob_qr_code_get_size (FobQrCode *self);

/* Whether a module is dark. What lies outside is light, so that a quiet zone can be walked over. */
gboolean fob_qr_code_is_dark (FobQrCode *self, int x, int y);

/**
 * fob_qr_code_format_terminal:
 * @colours: whether the terminal takes colours; then dark is black and light is white whatever its
 * own colours are. Without, the code is drawn for a dark terminal.
 *
 * Returns: (transfer full): lines of half blocks, two modules above each other in a character;
 * wipe it after use.
 */
char *fob_qr_code_format_terminal (FobQrCode *self, gboolean colours);

/* Returns: (transfer full): an SVG image of one unit a module, wiped when freed. */
GBytes *fob_qr_code_format_svg (FobQrCode *self);

/**
 * fob_qr_code_format_png:
 * @scale: pixels a module
 *
 * Returns: (transfer full) (nullable): a PNG image, wiped when freed; FOB_QR_ERROR.
 */
GBytes *fob_qr_code_format_png (FobQrCode *self, guint scale, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobQrCode, fob_qr_code_unref)

G_END_DECLS
