/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* The program in a language that is written from right to left: GTK turns the window round by
 * itself only where Keyfob is translated into one. */

#include <adwaita.h>

#include "fob-application.h"

static void
startup_cb (GApplication *application, gpointer user_data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (FobApplication) application = fob_application_new ();

  g_signal_connect_after (application, "startup", G_CALLBACK (startup_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
