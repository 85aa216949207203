/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOB_TYPE_CAMERA (fob_camera_get_type ())
G_DECLARE_FINAL_TYPE (FobCamera, fob_camera, FOB, CAMERA, GObject)

/**
 * FobCamera:
 *
 * What a camera sees, through GStreamer, and the QR codes in it. Property "texture" (GdkTexture,
 * read-only): the last picture, NULL before the first. Signals "text" (char *) for what a QR code
 * says, as often as it is seen; "failed" (char *), with a sentence for a person, after which
 * nothing comes any more.
 */
FobCamera *fob_camera_new (void);

/**
 * fob_camera_start:
 * @fd: (transfer full): a connection to PipeWire
 *
 * Once.
 */
void fob_camera_start (FobCamera *self, int fd);

/* Stops and closes it, for good. Also done when it is disposed of. */
void fob_camera_stop (FobCamera *self);

/* For tests: elements of GStreamer that stand for the camera, instead of those of PipeWire. */
void fob_camera_set_source (const char *elements);

G_END_DECLS
