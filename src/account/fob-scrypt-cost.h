/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobScryptCost:
 * @n: CPU and memory cost, a power of two
 * @r: block size
 * @p: parallelisation
 *
 * What one guess at a passphrase costs (RFC 7914, 2): 128·n·r bytes, and time in proportion to
 * n·r·p.
 */
typedef struct
{
  guint64 n;
  guint64 r;
  guint64 p;
} FobScryptCost;

/* The least that is ever used: the OWASP equivalent of n=2^17, p=1 that still fits into a phone's
 * memory. */
#define FOB_SCRYPT_COST_DEFAULT ((FobScryptCost){ .n = 32768, .r = 8, .p = 3 })

/**
 * fob_scrypt_cost_scale:
 * @lane: how long n=2^15, r=8, p=1 takes, in microseconds
 * @memory: how much of it is there, in bytes
 * @cost: (out caller-allocates)
 *
 * Raises the default to about half a second: the memory first, which hurts whoever builds machines
 * for guessing most, to at most 128 MiB (a phone has to open the file too) and a quarter of
 * @memory; then the rounds.
 */
void fob_scrypt_cost_scale (gint64 lane, guint64 memory, FobScryptCost *cost);

/* For this machine, measured once in a process; blocks for about a tenth of a second then. Never
 * below the default. */
void fob_scrypt_cost_calibrate (FobScryptCost *cost);

G_END_DECLS
