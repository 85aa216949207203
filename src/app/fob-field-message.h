/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOB_TYPE_FIELD_MESSAGE (fob_field_message_get_type ())
G_DECLARE_FINAL_TYPE (FobFieldMessage, fob_field_message, FOB, FIELD_MESSAGE, GtkListBoxRow)

/**
 * FobFieldMessage:
 *
 * What is wrong with a field of a form, said right under it. The field is the row of a list, and
 * looks wrong for as long as the message stands there.
 */
FobFieldMessage *fob_field_message_new (void);

/* @row: (nullable): a field; NULL takes the message away. @text: (nullable): what is wrong
 * with it */
void fob_field_message_show (FobFieldMessage *self, GtkWidget *row, const char *text);

G_END_DECLS
