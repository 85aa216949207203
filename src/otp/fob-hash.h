/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>
#include <openssl/evp.h>

#include "fob-otp.h"

G_BEGIN_DECLS

/* The largest digest (SHA-512) and block (SHA-512) in bytes. */
#define FOB_HASH_SIZE_MAX       64
#define FOB_HASH_BLOCK_SIZE_MAX 128

gsize fob_hash_get_size (FobOtpAlgorithm algorithm);
gsize fob_hash_get_block_size (FobOtpAlgorithm algorithm);

/**
 * fob_hash_get_digest:
 *
 * Returns: (transfer none) (nullable): NULL if OpenSSL does not offer it (MD5 in FIPS mode).
 */
const EVP_MD *fob_hash_get_digest (FobOtpAlgorithm algorithm);

/**
 * fob_hash_new_context:
 *
 * Returns: (transfer full) (nullable): a context that is set to @algorithm, so that
 *   EVP_DigestInit_ex2 (context, NULL, NULL) starts it.
 */
EVP_MD_CTX *fob_hash_new_context (FobOtpAlgorithm algorithm);

/**
 * fob_hash_get_context:
 *
 * A context to compute in that belongs to this thread: tokens are shared between threads, and
 * making a context for every code would cost more than the code. Whoever takes it is done with it
 * on return; what stays in it is at most the last HMAC, until fob_hash_wipe_context ().
 *
 * Returns: (transfer none) (nullable)
 */
EVP_MD_CTX *fob_hash_get_context (FobOtpAlgorithm algorithm);

/**
 * fob_hash_wipe_context:
 *
 * Makes this thread's context forget what was computed last.
 */
void fob_hash_wipe_context (FobOtpAlgorithm algorithm);

/**
 * fob_hash_compute:
 * @digest: (out caller-allocates): receives the digest; wipe it after use
 *
 * Returns: whether OpenSSL could compute it.
 */
gboolean fob_hash_compute (FobOtpAlgorithm algorithm,
                           gconstpointer data,
                           gsize size,
                           guint8 digest[FOB_HASH_SIZE_MAX]);

/**
 * fob_hash_wipe_stack:
 *
 * A hash that compresses on the stack leaves parts of what it hashed there. Overwrites what the
 * frames below the caller may have used; worth its price where a key has been hashed.
 */
void fob_hash_wipe_stack (void);

G_END_DECLS
