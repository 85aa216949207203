/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fuzz.h"

#include "fob-base32.h"
#include "fob-secret.h"
#include "fob-wipe.h"

/* What decodes must come back from its own encoding, and the size must have been foretold. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobSecret) secret =
    fob_secret_new_from_base32 ((const char *) data, (gssize) size, &error);
  g_autoptr (FobSecret) again = NULL;
  g_auto (FobWipedString) text = NULL;
  gsize foretold = 0;

  g_assert_true ((secret == NULL) == (error != NULL));
  if (secret == NULL)
    return 0;

  g_assert_true (fob_base32_decoded_size ((const char *) data, size, &foretold));
  g_assert_cmpuint (foretold, ==, fob_secret_get_size (secret));

  text = fob_secret_dup_base32 (secret);
  again = fob_secret_new_from_base32 (text, -1, NULL);
  g_assert_true (fob_secret_equal (secret, again));
  return 0;
}
