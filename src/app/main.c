/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "fob-application.h"
#include "fob-process.h"

int
main (int argc, char *argv[])
{
  g_autoptr (FobApplication) application = NULL;

  fob_process_harden ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = fob_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
