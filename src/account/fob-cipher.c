/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-cipher.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>

#include "fob-wipe.h"

#define SCRYPT_MEMORY_MAX (G_GUINT64_CONSTANT (1) << 30)
#define SCRYPT_R_MAX      64
#define SCRYPT_P_MAX      16

typedef EVP_CIPHER_CTX CipherContext;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CipherContext, EVP_CIPHER_CTX_free)

gboolean
fob_cipher_encrypt (FobSecret *key,
                    const guint8 nonce[FOB_CIPHER_NONCE_SIZE],
                    gconstpointer input,
                    gsize size,
                    gpointer output,
                    guint8 tag[FOB_CIPHER_TAG_SIZE])
{
  g_autoptr (CipherContext) context = EVP_CIPHER_CTX_new ();
  gsize key_size;
  const guint8 *key_data = fob_secret_get_data (key, &key_size);
  int written = 0;

  g_return_val_if_fail (key_size == FOB_CIPHER_KEY_SIZE && size <= G_MAXINT, FALSE);

  return context != NULL &&
         EVP_EncryptInit_ex (context, EVP_aes_256_gcm (), NULL, key_data, nonce) == 1 &&
         EVP_EncryptUpdate (context, output, &written, input, (int) size) == 1 &&
         EVP_EncryptFinal_ex (context, (guint8 *) output + written, &written) == 1 &&
         EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_GET_TAG, FOB_CIPHER_TAG_SIZE, tag) == 1;
}

gboolean
fob_cipher_decrypt (FobSecret *key,
                    const guint8 nonce[FOB_CIPHER_NONCE_SIZE],
                    gconstpointer input,
                    gsize size,
                    gpointer output,
                    const guint8 tag[FOB_CIPHER_TAG_SIZE])
{
  g_autoptr (CipherContext) context = EVP_CIPHER_CTX_new ();
  gsize key_size;
  const guint8 *key_data = fob_secret_get_data (key, &key_size);
  int written = 0;
  gboolean fits;

  g_return_val_if_fail (key_size == FOB_CIPHER_KEY_SIZE && size <= G_MAXINT, FALSE);

  fits = context != NULL &&
         EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, key_data, nonce) == 1 &&
         EVP_DecryptUpdate (context, output, &written, input, (int) size) == 1 &&
         EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_SET_TAG, FOB_CIPHER_TAG_SIZE,
                              (gpointer) tag) == 1 &&
         EVP_DecryptFinal_ex (context, (guint8 *) output + written, &written) == 1;
  if (!fits)
    fob_wipe (output, size);

  return fits;
}

gboolean
fob_cipher_scrypt_check (guint64 n, guint64 r, guint64 p, GError **error)
{
  const gboolean defined = n >= 2 && (n & (n - 1)) == 0 && r >= 1 && p >= 1 &&
                           (r > 3 || n < G_GUINT64_CONSTANT (1) << (16 * r));

  if (defined && r <= SCRYPT_R_MAX && p <= SCRYPT_P_MAX && n <= SCRYPT_MEMORY_MAX / (128 * r))
    return TRUE;

  g_set_error_literal (
    error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_LIMITS,
    _ ("The file asks for more memory than is sensible to open it. It was not opened."));

  return FALSE;
}

FobSecret *
fob_cipher_scrypt (FobSecret *passphrase,
                   const guint8 *salt,
                   gsize salt_size,
                   guint64 n,
                   guint64 r,
                   guint64 p,
                   GError **error)
{
  guint8 key[FOB_CIPHER_KEY_SIZE];
  FobSecret *secret = NULL;
  gsize size;
  const char *text = fob_secret_get_data (passphrase, &size);

  if (!fob_cipher_scrypt_check (n, r, p, error))
    return NULL;

  /* OpenSSL's own limit of 32 MiB is below what Aegis uses. */
  if (EVP_PBE_scrypt (text, size, salt, salt_size, n, r, p, 2 * SCRYPT_MEMORY_MAX, key,
                      sizeof key) == 1)
    secret = fob_secret_new (key, sizeof key);
  else
    g_set_error_literal (
      error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_CRYPTO,
      _ ("There is not enough memory to work with the passphrase. Close other programs "
         "and try again."));
  fob_wipe (key, sizeof key);

  return secret;
}
