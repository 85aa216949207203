/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-account-error.h"
#include "fob-secret.h"

G_BEGIN_DECLS

#define FOB_CIPHER_KEY_SIZE   32
#define FOB_CIPHER_NONCE_SIZE 12
#define FOB_CIPHER_TAG_SIZE   16

/* AES-256-GCM without associated data, as Aegis has it (NIST SP 800-38D), and scrypt (RFC 7914);
 * both by OpenSSL. */

/* @output: as long as the input. Returns: FALSE when OpenSSL fails. */
gboolean fob_cipher_encrypt (FobSecret *key,
                             const guint8 nonce[FOB_CIPHER_NONCE_SIZE],
                             gconstpointer input,
                             gsize size,
                             gpointer output,
                             guint8 tag[FOB_CIPHER_TAG_SIZE]);

/* @output: as long as the input; wiped when the tag does not fit. Returns: whether it does. */
gboolean fob_cipher_decrypt (FobSecret *key,
                             const guint8 nonce[FOB_CIPHER_NONCE_SIZE],
                             gconstpointer input,
                             gsize size,
                             gpointer output,
                             const guint8 tag[FOB_CIPHER_TAG_SIZE]);

/* Whether scrypt is defined for these parameters (RFC 7914, 2) and stays within 1 GiB of memory and
 * a bearable time; FOB_ACCOUNT_ERROR_LIMITS. */
gboolean fob_cipher_scrypt_check (guint64 n, guint64 r, guint64 p, GError **error);

/* Returns: (transfer full) (nullable): a key of FOB_CIPHER_KEY_SIZE bytes; FOB_ACCOUNT_ERROR_LIMITS
 * or _CRYPTO. */
FobSecret *fob_cipher_scrypt (FobSecret *passphrase,
                              const guint8 *salt,
                              gsize salt_size,
                              guint64 n,
                              guint64 r,
                              guint64 p,
                              GError **error);

G_END_DECLS
