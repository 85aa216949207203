/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include <locale.h>

#include "fob-cipher.h"
#include "fob-scrypt-cost.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)

/* How long a lane takes on a machine, what it has, and what comes out of it. */
static const struct
{
  gint64 lane;
  guint64 memory;
  guint64 n;
  guint64 p;
} machines[] = {
  /* Slow: the default, however long it takes. */
  { 10 * G_USEC_PER_SEC, 4096 * MIB, 32768, 3 },
  { 160000, 4096 * MIB, 32768, 3 },
  /* Just fast enough for a little more. */
  { 120000, 4096 * MIB, 32768, 4 },
  { 83000, 4096 * MIB, 65536, 3 },
  { 41000, 4096 * MIB, 131072, 3 },
  /* Never more memory than a phone has; rounds up to what is read again. */
  { 20000, 4096 * MIB, 131072, 6 },
  { 1000, 4096 * MIB, 131072, 16 },
  { 0, 4096 * MIB, 131072, 16 },
  /* Little memory. */
  { 40000, 256 * MIB, 65536, 6 },
  { 40000, 128 * MIB, 32768, 12 },
  { 40000, 0, 32768, 12 },
};

static void
test_machines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      FobScryptCost cost;

      fob_scrypt_cost_scale (machines[i].lane, machines[i].memory, &cost);
      g_assert_cmpuint (cost.n, ==, machines[i].n);
      g_assert_cmpuint (cost.r, ==, 8);
      g_assert_cmpuint (cost.p, ==, machines[i].p);
      g_assert_true (fob_cipher_scrypt_check (cost.n, cost.r, cost.p, NULL));
    }
}

/* Here and now: not below the default, the same twice, and not far beyond the half second. */
static void
test_this_machine (void)
{
  g_autoptr (FobSecret) passphrase = fob_secret_new ("x", 1);
  g_autoptr (FobSecret) key = NULL;
  const guint8 salt[32] = { 1 };
  FobScryptCost cost;
  FobScryptCost again;
  gint64 start;
  double least;

  fob_scrypt_cost_calibrate (&cost);
  fob_scrypt_cost_calibrate (&again);
  g_assert_cmpmem (&cost, sizeof cost, &again, sizeof again);
  g_assert_cmpuint (cost.n, >=, 32768);
  g_assert_cmpuint (cost.p, >=, 3);

  start = g_get_monotonic_time ();
  key = fob_cipher_scrypt (passphrase, salt, sizeof salt, cost.n, cost.r, cost.p, NULL);
  g_assert_nonnull (key);
  least = (double) (cost.n * cost.p) / (32768.0 * 3.0);
  g_test_message ("n=%" G_GUINT64_FORMAT " p=%" G_GUINT64_FORMAT ": %.2f s, %.1f times the default",
                  cost.n, cost.p, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  least);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/scrypt-cost/machines", test_machines);
  g_test_add_func ("/account/scrypt-cost/this-machine", test_this_machine);

  return g_test_run ();
}
