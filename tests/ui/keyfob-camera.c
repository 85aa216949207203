/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* The program with a picture in place of a camera: $FOB_TEST_CAMERA is what GStreamer makes it of.
 */

#include "fob-application.h"
#include "fob-camera.h"

int
main (int argc, char *argv[])
{
  g_autoptr (FobApplication) application = fob_application_new ();

  fob_camera_set_source (g_getenv ("FOB_TEST_CAMERA"));

  return g_application_run (G_APPLICATION (application), argc, argv);
}
