/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-kdf.h"

#include <argon2.h>
#include <openssl/evp.h>

#include "fob-hash.h"
#include "fob-wipe.h"

#define KEY_SIZE 32
/* Of Argon2 (RFC 9106 section 3.1), where libargon2 asks for 8. */
#define SALT_SIZE_MIN 8

static FobSecret *
take_key (guint8 *key, gsize size)
{
  FobSecret *secret = fob_secret_new (key, size);

  fob_wipe (key, size);

  return secret;
}

FobSecret *
fob_kdf_pbkdf2 (FobSecret *passphrase,
                FobOtpAlgorithm hash,
                gconstpointer salt,
                gsize salt_size,
                guint64 rounds,
                gsize size,
                GError **error)
{
  const EVP_MD *digest = fob_hash_get_digest (hash);
  guint8 key[FOB_KDF_SIZE_MAX];
  gsize text_size;
  const char *text = fob_secret_get_data (passphrase, &text_size);

  g_return_val_if_fail (size > 0 && size <= sizeof key, NULL);

  if (rounds == 0 || rounds > FOB_KDF_ROUNDS_MAX || salt_size > G_MAXINT || text_size > G_MAXINT)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_LIMITS, error);
      return NULL;
    }
  if (digest == NULL || PKCS5_PBKDF2_HMAC (text, (int) text_size, salt, (int) salt_size,
                                           (int) rounds, digest, (int) size, key) != 1)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_CRYPTO, error);
      return NULL;
    }

  return take_key (key, size);
}

FobSecret *
fob_kdf_argon2id (FobSecret *passphrase,
                  gconstpointer salt,
                  gsize salt_size,
                  guint64 passes,
                  guint64 memory,
                  guint64 lanes,
                  GError **error)
{
  guint8 key[KEY_SIZE];
  gsize text_size;
  const char *text = fob_secret_get_data (passphrase, &text_size);

  if (salt_size < SALT_SIZE_MIN || passes == 0 || lanes == 0 || lanes > FOB_KDF_LANES_MAX ||
      memory < 8 * lanes || memory > FOB_KDF_MEMORY_MAX || passes > FOB_KDF_WORK_MAX / memory)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_LIMITS, error);
      return NULL;
    }
  if (argon2id_hash_raw ((guint32) passes, (guint32) memory, (guint32) lanes, text, text_size, salt,
                         salt_size, key, sizeof key) != ARGON2_OK)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_CRYPTO, error);
      return NULL;
    }

  return take_key (key, sizeof key);
}

FobSecret *
fob_kdf_sha256 (FobSecret *passphrase, GError **error)
{
  guint8 digest[FOB_HASH_SIZE_MAX];
  gsize size;
  const guint8 *text = fob_secret_get_data (passphrase, &size);
  FobSecret *key;

  if (!fob_hash_compute (FOB_OTP_ALGORITHM_SHA256, text, size, digest))
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_CRYPTO, error);
      return NULL;
    }
  key = fob_secret_new (digest, KEY_SIZE);
  fob_wipe (digest, sizeof digest);

  return key;
}
