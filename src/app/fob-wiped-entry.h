/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is typed into @entry may be a secret: GTK wipes the buffer of a password when it is freed.
 */
void fob_wiped_entry_use (GtkEditable *entry);

G_END_DECLS
