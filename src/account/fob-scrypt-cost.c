/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-scrypt-cost.h"

#include <unistd.h>

#include "fob-cipher.h"

#define TARGET_MICROSECONDS (G_USEC_PER_SEC / 2)
#define N_MAX               131072
#define P_MAX               16

void
fob_scrypt_cost_scale (gint64 lane, guint64 memory, FobScryptCost *cost)
{
  const FobScryptCost least = FOB_SCRYPT_COST_DEFAULT;
  gint64 of_one = MAX (lane, 1);

  *cost = least;
  while (cost->n < N_MAX && 2 * of_one * (gint64) least.p <= TARGET_MICROSECONDS &&
         2 * 128 * cost->n * cost->r <= memory / 4)
    {
      cost->n *= 2;
      of_one *= 2;
    }
  cost->p = (guint64) CLAMP (TARGET_MICROSECONDS / of_one, (gint64) least.p, P_MAX);
}

static guint64
get_memory (void)
{
  const long pages = sysconf (_SC_AVPHYS_PAGES);
  const long page_size = sysconf (_SC_PAGESIZE);

  return pages > 0 && page_size > 0 ? (guint64) pages * (guint64) page_size : 0;
}

/* Negative if it cannot be measured. */
static gint64
measure_lane (void)
{
  const FobScryptCost least = FOB_SCRYPT_COST_DEFAULT;
  g_autoptr (FobSecret) passphrase = fob_secret_new ("how long", 8);
  g_autoptr (FobSecret) key = NULL;
  const guint8 salt[32] = { 0 };
  const gint64 start = g_get_monotonic_time ();

  key = fob_cipher_scrypt (passphrase, salt, sizeof salt, least.n, least.r, 1, NULL);

  return key != NULL ? g_get_monotonic_time () - start : -1;
}

void
fob_scrypt_cost_calibrate (FobScryptCost *cost)
{
  static FobScryptCost measured;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      const gint64 lane = measure_lane ();

      measured = FOB_SCRYPT_COST_DEFAULT;
      if (lane > 0)
        fob_scrypt_cost_scale (lane, get_memory (), &measured);
      g_once_init_leave (&once, 1);
    }
  *cost = measured;
}
