/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * fob_account_avatar_show:
 * @title: what the initials and the colour come from
 * @issuer: the service, for which an icon pack may have a picture
 * @icon: (nullable): the account's own image file
 *
 * Shows the picture of an account, with initials until it is there, and where there is none.
 * Follows changes of the icon packs.
 */
void fob_account_avatar_show (AdwAvatar *avatar,
                              const char *title,
                              const char *issuer,
                              GBytes *icon);

G_END_DECLS
