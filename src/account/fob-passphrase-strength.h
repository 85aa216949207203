/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobPassphraseStrength:
 *
 * How long a passphrase would hold against somebody who has the file and tries one guess in a few
 * milliseconds, on a thousand machines: seconds, hours, months, centuries.
 */
typedef enum
{
  FOB_PASSPHRASE_STRENGTH_NONE,
  FOB_PASSPHRASE_STRENGTH_WEAK,
  FOB_PASSPHRASE_STRENGTH_FAIR,
  FOB_PASSPHRASE_STRENGTH_GOOD,
  FOB_PASSPHRASE_STRENGTH_STRONG,
} FobPassphraseStrength;

/**
 * fob_passphrase_strength_estimate:
 * @passphrase: UTF-8
 *
 * By zxcvbn (Wheeler, USENIX Security 2016): knows common words, names, dates, keyboard patterns
 * and repetitions. Takes time with the square of the length, so that only the beginning of a very
 * long one is looked at.
 *
 * Returns: FOB_PASSPHRASE_STRENGTH_NONE for an empty one.
 */
FobPassphraseStrength fob_passphrase_strength_estimate (const char *passphrase);

G_END_DECLS
