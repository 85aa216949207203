/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-wiped-entry.h"

void
fob_wiped_entry_use (GtkEditable *entry)
{
  GtkEditable *delegate = gtk_editable_get_delegate (entry);
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  if (GTK_IS_TEXT (delegate))
    gtk_text_set_buffer (GTK_TEXT (delegate), buffer);
}
