/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOB_TYPE_STRENGTH_METER (fob_strength_meter_get_type ())
G_DECLARE_FINAL_TYPE (FobStrengthMeter, fob_strength_meter, FOB, STRENGTH_METER, GtkWidget)

/**
 * FobStrengthMeter:
 *
 * How strong a new passphrase is: a bar of four parts and a word beside it.
 */

/* Looks at @passphrase and keeps nothing of it. */
void fob_strength_meter_show (FobStrengthMeter *self, const char *passphrase);

G_END_DECLS
