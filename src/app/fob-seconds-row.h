/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * fob_seconds_row_bind:
 * @row: with one item for each of @seconds
 * @seconds: (array length=n_seconds) (not nullable): what the items stand for; lives for ever
 *
 * Lets @row show and change the unsigned @key. A value between two of them shows as the smaller
 * one, and stays as it is until another is chosen.
 */
void fob_seconds_row_bind (AdwComboRow *row,
                           GSettings *settings,
                           const char *key,
                           const guint *seconds,
                           gsize n_seconds);

G_END_DECLS
