/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-secret.h"

G_BEGIN_DECLS

/* The ciphers of other programs' files. What comes out is wiped when freed; NULL means that the key
 * is wrong or the data damaged. Keys are of 32 bytes. */

#define FOB_DECRYPT_KEY_SIZE       32
#define FOB_DECRYPT_GCM_NONCE_SIZE 12
#define FOB_DECRYPT_GCM_TAG_SIZE   16
#define FOB_DECRYPT_CBC_BLOCK_SIZE 16
#define FOB_DECRYPT_MAC_SIZE       32

/**
 * fob_decrypt_gcm:
 * @aad: (nullable): @aad_size bytes of associated data
 * @data: the ciphertext, the tag of 16 bytes at its end
 *
 * AES-256-GCM (NIST SP 800-38D).
 *
 * Returns: (transfer full) (nullable): the plaintext.
 */
GBytes *fob_decrypt_gcm (FobSecret *key,
                         const guint8 nonce[FOB_DECRYPT_GCM_NONCE_SIZE],
                         gconstpointer aad,
                         gsize aad_size,
                         gconstpointer data,
                         gsize size);

/**
 * fob_decrypt_cbc:
 * @padded: whether there is padding at the end (PKCS#7) to be checked and taken off. One wrong key
 *   in 256 passes that check: look at what comes out
 *
 * AES-256-CBC (NIST SP 800-38A).
 *
 * Returns: (transfer full) (nullable): the plaintext.
 */
GBytes *fob_decrypt_cbc (FobSecret *key,
                         const guint8 iv[FOB_DECRYPT_CBC_BLOCK_SIZE],
                         gconstpointer data,
                         gsize size,
                         gboolean padded);

/* Whether @mac is the HMAC-SHA256 of @data, in constant time. */
gboolean fob_decrypt_check_mac (FobSecret *key,
                                gconstpointer data,
                                gsize size,
                                const guint8 mac[FOB_DECRYPT_MAC_SIZE]);

G_END_DECLS
