/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

#include "fob-hash.h"

G_BEGIN_DECLS

/**
 * FobHmac:
 *
 * A key made ready: the hash states after the inner and the outer padded key (RFC 2104), so that
 * the HMAC of a short message costs two compressions. Immutable, reference-counted and
 * thread-safe; the states are wiped with the last reference. As good as the key itself, so keep
 * it no longer than it is used.
 */
typedef struct _FobHmac FobHmac;

/**
 * fob_hmac_new:
 *
 * Returns: (transfer full) (nullable): NULL if OpenSSL cannot compute @algorithm.
 */
FobHmac *fob_hmac_new (FobOtpAlgorithm algorithm, gconstpointer key, gsize key_size);
FobHmac *fob_hmac_ref (FobHmac *self);
void fob_hmac_unref (FobHmac *self);

/**
 * fob_hmac_compute:
 * @mac: (out caller-allocates): receives the HMAC; wipe it after use
 *
 * Returns: the size of @mac, 0 if OpenSSL failed.
 */
gsize fob_hmac_compute (FobHmac *self,
                        gconstpointer data,
                        gsize size,
                        guint8 mac[FOB_HASH_SIZE_MAX]);

/**
 * fob_hmac_compute_once:
 *
 * The same for a key that is used only once: four compressions, nothing is kept.
 */
gsize fob_hmac_compute_once (FobOtpAlgorithm algorithm,
                             gconstpointer key,
                             gsize key_size,
                             gconstpointer data,
                             gsize size,
                             guint8 mac[FOB_HASH_SIZE_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobHmac, fob_hmac_unref)

G_END_DECLS
