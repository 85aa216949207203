/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-passphrase-strength.h"

#include <zxcvbn.h>

#include "fob-wipe.h"

#define BYTES_MAX 100

/* In bits. A thousand machines with five milliseconds a guess make 2^17.6 guesses a second: 2^45
 * take two days, 2^60 a century. */
#define FAIR_BITS   32
#define GOOD_BITS   45
#define STRONG_BITS 60

FobPassphraseStrength
fob_passphrase_strength_estimate (const char *passphrase)
{
  g_auto (FobWipedString) start = g_strndup (passphrase, BYTES_MAX);
  /* What an attacker of this very program would try first. */
  const char *words[] = { "keyfob", "fob", "authenticator", "passphrase", "backup", "vault", NULL };
  double bits;

  if (*start == '\0')
    return FOB_PASSPHRASE_STRENGTH_NONE;

  bits = ZxcvbnMatch (start, words, NULL);
  if (bits >= STRONG_BITS)
    return FOB_PASSPHRASE_STRENGTH_STRONG;
  if (bits >= GOOD_BITS)
    return FOB_PASSPHRASE_STRENGTH_GOOD;

  return bits >= FAIR_BITS ? FOB_PASSPHRASE_STRENGTH_FAIR : FOB_PASSPHRASE_STRENGTH_WEAK;
}
