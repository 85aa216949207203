/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FOB_TYPE_APPLICATION (fob_application_get_type ())
G_DECLARE_FINAL_TYPE (FobApplication, fob_application, FOB, APPLICATION, AdwApplication)

/**
 * FobApplication:
 *
 * The program: one instance a session, which opens otpauth:// links, whoever hands them over.
 * Chooses the store: KEYFOB_VAULT (`keyring` or the path of a file vault), else the setting, else
 * the file vault if there is one, else the keyring.
 */
FobApplication *fob_application_new (void);

G_END_DECLS
