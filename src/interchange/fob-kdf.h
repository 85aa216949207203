/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-interchange-error.h"
#include "fob-otp.h"

G_BEGIN_DECLS

/* Keys from passphrases, as other programs make them. What a file asks for is bounded:
 * FOB_INTERCHANGE_ERROR_LIMITS for more, before anything is computed; _CRYPTO when it cannot be
 * computed. All of them block. */

/* Rounds of PBKDF2. */
#define FOB_KDF_ROUNDS_MAX 10000000
/* Memory of Argon2 in KiB: 2 GiB; lanes; and memory by passes, in KiB. */
#define FOB_KDF_MEMORY_MAX (2 * 1024 * 1024)
#define FOB_KDF_LANES_MAX  64
#define FOB_KDF_WORK_MAX   (G_GUINT64_CONSTANT (64) * 1024 * 1024)
/* Bytes of a key. */
#define FOB_KDF_SIZE_MAX 64

/**
 * fob_kdf_pbkdf2:
 * @size: of the key, in bytes, up to FOB_KDF_SIZE_MAX
 *
 * PBKDF2 with the HMAC of @hash (RFC 8018 section 5.2).
 *
 * Returns: (transfer full) (nullable): the key.
 */
FobSecret *fob_kdf_pbkdf2 (FobSecret *passphrase,
                           FobOtpAlgorithm hash,
                           gconstpointer salt,
                           gsize salt_size,
                           guint64 rounds,
                           gsize size,
                           GError **error);

/**
 * fob_kdf_argon2id:
 * @passes: the time cost
 * @memory: in KiB
 * @lanes: the parallelism; they run in threads of their own
 *
 * Argon2id, version 1.3 (RFC 9106).
 *
 * Returns: (transfer full) (nullable): a key of 32 bytes.
 */
FobSecret *fob_kdf_argon2id (FobSecret *passphrase,
                             gconstpointer salt,
                             gsize salt_size,
                             guint64 passes,
                             guint64 memory,
                             guint64 lanes,
                             GError **error);

/* Returns: (transfer full) (nullable): the SHA-256 of @passphrase, which is how a few make keys. */
FobSecret *fob_kdf_sha256 (FobSecret *passphrase, GError **error);

G_END_DECLS
