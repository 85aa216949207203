/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gtk/gtk.h>

#include "fob-secret.h"

G_BEGIN_DECLS

#define FOB_TYPE_PASSPHRASE_PAGE (fob_passphrase_page_get_type ())
G_DECLARE_FINAL_TYPE (FobPassphrasePage, fob_passphrase_page, FOB, PASSPHRASE_PAGE, GtkWidget)

/**
 * FobPassphrasePage:
 *
 * Asks for the passphrase of a file vault, or for a new one, twice. Signal "submitted" (FobSecret).
 */

/* @create: a new passphrase is wanted. Forgets what was typed. */
void fob_passphrase_page_reset (FobPassphrasePage *self, gboolean create);

/* While @busy the page waits; afterwards the entry is ready for another try. */
void fob_passphrase_page_set_busy (FobPassphrasePage *self, gboolean busy);
gboolean fob_passphrase_page_get_busy (FobPassphrasePage *self);

/* @message: (nullable) */
void fob_passphrase_page_show_message (FobPassphrasePage *self, const char *message);

G_END_DECLS
