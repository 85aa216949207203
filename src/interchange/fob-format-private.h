/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-format.h"

G_BEGIN_DECLS

/* One per file, in fob-format-ID.c. The order in which they are asked is in fob-format.c. */
extern const FobFormat fob_format_keyfob;
extern const FobFormat fob_format_aegis;
extern const FobFormat fob_format_stratum;
extern const FobFormat fob_format_2fas;
extern const FobFormat fob_format_proton;
extern const FobFormat fob_format_bitwarden;
extern const FobFormat fob_format_bitwarden_authenticator;
extern const FobFormat fob_format_lastpass;
extern const FobFormat fob_format_freeotp;
extern const FobFormat fob_format_freeotp_1;
extern const FobFormat fob_format_freeotp_plus;
extern const FobFormat fob_format_andotp;
extern const FobFormat fob_format_ente;
extern const FobFormat fob_format_google_migration;
extern const FobFormat fob_format_paper;
extern const FobFormat fob_format_raivo;
extern const FobFormat fob_format_microsoft;
extern const FobFormat fob_format_authenticator_plus;
extern const FobFormat fob_format_google_sqlite;
extern const FobFormat fob_format_winauth;
extern const FobFormat fob_format_authy;
extern const FobFormat fob_format_battle_net;
extern const FobFormat fob_format_1password;
extern const FobFormat fob_format_duo;
extern const FobFormat fob_format_steam;
extern const FobFormat fob_format_totp_authenticator;
extern const FobFormat fob_format_keepassxc_csv;
extern const FobFormat fob_format_csv;
extern const FobFormat fob_format_uri_list;

G_END_DECLS
