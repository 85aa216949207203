/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gdk/gdk.h>

#include "fob-qr-code.h"

G_BEGIN_DECLS

#define FOB_TYPE_QR_PAINTABLE (fob_qr_paintable_get_type ())
G_DECLARE_FINAL_TYPE (FobQrPaintable, fob_qr_paintable, FOB, QR_PAINTABLE, GObject)

/**
 * FobQrPaintable:
 *
 * A QR code as a picture of any size: dark on white whatever the style, with its quiet zone, each
 * module as many whole pixels as there is room for.
 */
FobQrPaintable *fob_qr_paintable_new (FobQrCode *code);

G_END_DECLS
