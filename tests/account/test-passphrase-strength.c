/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "fob-passphrase-strength.h"

static const struct
{
  const char *passphrase;
  FobPassphraseStrength strength;
} passphrases[] = {
  { "", FOB_PASSPHRASE_STRENGTH_NONE },
  { "password", FOB_PASSPHRASE_STRENGTH_WEAK },
  { "P@ssw0rd1!", FOB_PASSPHRASE_STRENGTH_WEAK },
  { "qwertzuiop", FOB_PASSPHRASE_STRENGTH_WEAK },
  { "31.12.1999", FOB_PASSPHRASE_STRENGTH_WEAK },
  { "aaaaaaaaaaaaaaaaaaaa", FOB_PASSPHRASE_STRENGTH_WEAK },
  { "keyfobbackup", FOB_PASSPHRASE_STRENGTH_WEAK },
  { "purple monkey lamp", FOB_PASSPHRASE_STRENGTH_FAIR },
  { "wz7Q#m2Lr", FOB_PASSPHRASE_STRENGTH_GOOD },
  { "quartz oboe nimbus tapir fjord wicket", FOB_PASSPHRASE_STRENGTH_STRONG },
  { "пять белых слонов танцуют", FOB_PASSPHRASE_STRENGTH_STRONG },
};

static void
test_order (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (passphrases); i++)
    {
      const FobPassphraseStrength strength =
        fob_passphrase_strength_estimate (passphrases[i].passphrase);

      g_test_message ("%s: %d", passphrases[i].passphrase, (int) strength);
      g_assert_cmpint (strength, ==, passphrases[i].strength);
    }
}

/* Whatever is pasted is judged in an instant. */
static void
test_long (void)
{
  g_autofree char *text = g_strnfill (1000000, 'x');
  const gint64 start = g_get_monotonic_time ();

  g_assert_cmpint (fob_passphrase_strength_estimate (text), ==, FOB_PASSPHRASE_STRENGTH_WEAK);
  for (gsize i = 0; i < 1000000; i++)
    text[i] = (char) ('!' + (i * i * 7919 + i / 3) % 90);
  g_assert_cmpint (fob_passphrase_strength_estimate (text), ==, FOB_PASSPHRASE_STRENGTH_STRONG);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/passphrase-strength/order", test_order);
  g_test_add_func ("/account/passphrase-strength/long", test_long);

  return g_test_run ();
}
