/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_QR_DIALOG (fob_qr_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobQrDialog, fob_qr_dialog, FOB, QR_DIALOG, AdwWindow)

/**
 * FobQrDialog:
 *
 * Shows QR codes, one at a time, for another device to scan; each can be copied or saved as a
 * picture.
 */

/**
 * fob_qr_dialog_new:
 * @title: what the codes are of
 * @texts: (element-type utf8): what they say, at least one
 *
 * Returns: (transfer full) (nullable): FOB_QR_ERROR for a text that is too long.
 */
FobQrDialog *fob_qr_dialog_new (const char *title, GPtrArray *texts, GError **error);

G_END_DECLS
