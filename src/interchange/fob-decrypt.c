/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-decrypt.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "fob-hmac.h"
#include "fob-wipe.h"

typedef EVP_CIPHER_CTX CipherContext;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CipherContext, EVP_CIPHER_CTX_free)

static const guint8 *
get_key (FobSecret *key)
{
  gsize size;
  const guint8 *data = fob_secret_get_data (key, &size);

  g_assert (size == FOB_DECRYPT_KEY_SIZE);

  return data;
}

static GBytes *
finish (guint8 *plain, gsize size, gsize length, gboolean right)
{
  if (!right)
    {
      fob_wipe (plain, size);
      g_free (plain);
      return NULL;
    }

  return fob_wipe_bytes_new_take (plain, length);
}

GBytes *
fob_decrypt_gcm (FobSecret *key,
                 const guint8 nonce[FOB_DECRYPT_GCM_NONCE_SIZE],
                 gconstpointer aad,
                 gsize aad_size,
                 gconstpointer data,
                 gsize size)
{
  g_autoptr (CipherContext) context = EVP_CIPHER_CTX_new ();
  const gsize length = size - FOB_DECRYPT_GCM_TAG_SIZE;
  guint8 *tag;
  guint8 *plain;
  int written = 0;
  gboolean right;

  if (context == NULL || size < FOB_DECRYPT_GCM_TAG_SIZE || size > G_MAXINT || aad_size > G_MAXINT)
    return NULL;

  tag = (guint8 *) data + length;
  plain = g_malloc (length + 1);
  right =
    EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, get_key (key), nonce) == 1 &&
    (aad_size == 0 || EVP_DecryptUpdate (context, NULL, &written, aad, (int) aad_size) == 1) &&
    EVP_DecryptUpdate (context, plain, &written, data, (int) length) == 1 &&
    EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_SET_TAG, FOB_DECRYPT_GCM_TAG_SIZE, tag) == 1 &&
    EVP_DecryptFinal_ex (context, plain + written, &written) == 1;

  return finish (plain, length + 1, length, right);
}

GBytes *
fob_decrypt_cbc (FobSecret *key,
                 const guint8 iv[FOB_DECRYPT_CBC_BLOCK_SIZE],
                 gconstpointer data,
                 gsize size,
                 gboolean padded)
{
  g_autoptr (CipherContext) context = EVP_CIPHER_CTX_new ();
  guint8 *plain;
  int written = 0;
  int rest = 0;
  gboolean right;

  if (context == NULL || size == 0 || size % FOB_DECRYPT_CBC_BLOCK_SIZE != 0 || size > G_MAXINT)
    return NULL;

  plain = g_malloc (size + FOB_DECRYPT_CBC_BLOCK_SIZE);
  right = EVP_DecryptInit_ex (context, EVP_aes_256_cbc (), NULL, get_key (key), iv) == 1 &&
          EVP_CIPHER_CTX_set_padding (context, padded ? 1 : 0) == 1 &&
          EVP_DecryptUpdate (context, plain, &written, data, (int) size) == 1 &&
          EVP_DecryptFinal_ex (context, plain + written, &rest) == 1;

  return finish (plain, size + FOB_DECRYPT_CBC_BLOCK_SIZE, (gsize) written + (gsize) rest, right);
}

gboolean
fob_decrypt_check_mac (FobSecret *key,
                       gconstpointer data,
                       gsize size,
                       const guint8 mac[FOB_DECRYPT_MAC_SIZE])
{
  guint8 computed[FOB_HASH_SIZE_MAX];

  return fob_hmac_compute_once (FOB_OTP_ALGORITHM_SHA256, get_key (key), FOB_DECRYPT_KEY_SIZE, data,
                                size, computed) == FOB_DECRYPT_MAC_SIZE &&
         CRYPTO_memcmp (computed, mac, FOB_DECRYPT_MAC_SIZE) == 0;
}
