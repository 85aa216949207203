/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_CAMERA_DIALOG (fob_camera_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FobCameraDialog, fob_camera_dialog, FOB, CAMERA_DIALOG, AdwWindow)

/**
 * FobCameraDialog:
 *
 * Shows what the camera sees until there is a QR code with accounts in it; where they come in
 * several codes, until all were seen. Signal "scanned" (char *) with what they say, one a line; the
 * dialog is to be closed then.
 */
FobCameraDialog *fob_camera_dialog_new (void);

G_END_DECLS
