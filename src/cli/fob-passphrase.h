/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-secret.h"

G_BEGIN_DECLS

/* Longest passphrase that is taken, in bytes. */
#define FOB_PASSPHRASE_SIZE_MAX 4096

/**
 * fob_passphrase_ask:
 * @prompt: with the space at its end
 *
 * Asks on the terminal of the process, whatever its standard input is, without showing what is
 * typed. A signal that ends or stops the program leaves the terminal as it was.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_NOT_FOUND where there is no terminal,
 * G_IO_ERROR_CANCELLED when nothing was typed.
 */
FobSecret *fob_passphrase_ask (const char *prompt, GError **error);

/**
 * fob_passphrase_ask_new:
 *
 * Asks for a new one, twice.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_INVALID_DATA when it is too short or the two
 * differ.
 */
FobSecret *fob_passphrase_ask_new (GError **error);

/**
 * fob_passphrase_read:
 * @file: the name of a file, or "-" for the standard input
 *
 * Returns: (transfer full) (nullable): its first line, without the line break; G_FILE_ERROR, or
 * G_IO_ERROR_INVALID_DATA when there is none.
 */
FobSecret *fob_passphrase_read (const char *file, GError **error);

G_END_DECLS
