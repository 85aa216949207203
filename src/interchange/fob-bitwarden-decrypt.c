/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-bitwarden-decrypt.h"

#include <string.h>

#include "fob-decrypt.h"
#include "fob-hash.h"
#include "fob-hmac.h"
#include "fob-json-read.h"
#include "fob-kdf.h"
#include "fob-wipe.h"

enum
{
  KDF_PBKDF2,
  KDF_ARGON2ID,
};

/* AES-256-CBC with HMAC-SHA256, as Bitwarden numbers ways to encrypt. */
#define CIPHER_PREFIX "2."
#define KIB_PER_MIB   1024

typedef enum
{
  OPENED,
  BROKEN,
  OTHER_KEY,
} Outcome;

/* Argon2 wants a salt of some length: it gets the digest of the text. */
static FobSecret *
derive_argon2id (json_t *root, FobSecret *passphrase, const char *salt, GError **error)
{
  guint64 passes = 0;
  guint64 memory = 0;
  guint64 lanes = 0;
  guint8 digest[FOB_HASH_SIZE_MAX];

  if (!fob_json_read_number (root, "kdfIterations", &passes) ||
      !fob_json_read_number (root, "kdfMemory", &memory) ||
      !fob_json_read_number (root, "kdfParallelism", &lanes) ||
      !fob_hash_compute (FOB_OTP_ALGORITHM_SHA256, salt, strlen (salt), digest))
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }

  return fob_kdf_argon2id (passphrase, digest, fob_hash_get_size (FOB_OTP_ALGORITHM_SHA256), passes,
                           MIN (memory, FOB_KDF_MEMORY_MAX) * KIB_PER_MIB, lanes, error);
}

static FobSecret *
derive (json_t *root, FobSecret *passphrase, GError **error)
{
  const char *salt = fob_json_get_text (root, "salt");
  guint64 type = G_MAXUINT64;
  guint64 rounds = 0;

  if (*salt == '\0' || !fob_json_read_number (root, "kdfType", &type) ||
      (type == KDF_PBKDF2 && !fob_json_read_number (root, "kdfIterations", &rounds)))
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }
  if (type == KDF_PBKDF2)
    return fob_kdf_pbkdf2 (passphrase, FOB_OTP_ALGORITHM_SHA256, salt, strlen (salt), rounds,
                           FOB_DECRYPT_KEY_SIZE, error);
  if (type == KDF_ARGON2ID)
    return derive_argon2id (root, passphrase, salt, error);
  fob_interchange_fail (FOB_INTERCHANGE_ERROR_VERSION, error);

  return NULL;
}

/* The first block of HKDF-Expand (RFC 5869 section 2.3), which is all that a key needs. */
static FobSecret *
expand (FobSecret *key, const char *purpose)
{
  g_autofree char *info = g_strconcat (purpose, "\x01", NULL);
  gsize key_size;
  const guint8 *key_data = fob_secret_get_data (key, &key_size);
  guint8 mac[FOB_HASH_SIZE_MAX];
  FobSecret *expanded = NULL;

  if (fob_hmac_compute_once (FOB_OTP_ALGORITHM_SHA256, key_data, key_size, info, strlen (info),
                             mac) == FOB_DECRYPT_KEY_SIZE)
    expanded = fob_secret_new (mac, FOB_DECRYPT_KEY_SIZE);
  fob_wipe (mac, sizeof mac);

  return expanded;
}

/* @text: the prefix, then IV, ciphertext and MAC in base64. The MAC is over the first two. */
static Outcome
open_text (const char *text, FobSecret *cipher_key, FobSecret *mac_key, GBytes **plain)
{
  g_auto (GStrv) texts = NULL;
  g_autofree guint8 *iv = NULL;
  g_autofree guint8 *data = NULL;
  g_autofree guint8 *mac = NULL;
  g_autofree guint8 *both = NULL;
  gsize iv_size;
  gsize size;
  gsize mac_size;

  if (!g_str_has_prefix (text, CIPHER_PREFIX))
    return BROKEN;
  texts = g_strsplit (text + strlen (CIPHER_PREFIX), "|", 4);
  if (g_strv_length (texts) != 3)
    return BROKEN;
  iv = fob_base64_decode (texts[0], strlen (texts[0]), &iv_size);
  data = fob_base64_decode (texts[1], strlen (texts[1]), &size);
  mac = fob_base64_decode (texts[2], strlen (texts[2]), &mac_size);
  if (iv == NULL || data == NULL || mac == NULL || iv_size != FOB_DECRYPT_CBC_BLOCK_SIZE ||
      mac_size != FOB_DECRYPT_MAC_SIZE)
    return BROKEN;

  both = g_malloc (iv_size + size);
  memcpy (both, iv, iv_size);
  memcpy (both + iv_size, data, size);
  if (!fob_decrypt_check_mac (mac_key, both, iv_size + size, mac))
    return OTHER_KEY;
  *plain = fob_decrypt_cbc (cipher_key, iv, data, size, TRUE);

  return *plain != NULL ? OPENED : BROKEN;
}

GBytes *
fob_bitwarden_decrypt (json_t *root, FobSecret *passphrase, GError **error)
{
  const char *validation = fob_json_get_text (root, "encKeyValidation_DO_NOT_EDIT");
  const char *data = fob_json_get_text (root, "data");
  g_autoptr (FobSecret) key = derive (root, passphrase, error);
  g_autoptr (FobSecret) cipher_key = NULL;
  g_autoptr (FobSecret) mac_key = NULL;
  g_autoptr (GBytes) known = NULL;
  g_autoptr (GBytes) plain = NULL;
  FobInterchangeError code = FOB_INTERCHANGE_ERROR_FORMAT;
  Outcome outcome;

  if (key == NULL)
    return NULL;
  cipher_key = expand (key, "enc");
  mac_key = expand (key, "mac");
  if (cipher_key == NULL || mac_key == NULL)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_CRYPTO, error);
      return NULL;
    }

  outcome = open_text (validation, cipher_key, mac_key, &known);
  if (outcome == OPENED && open_text (data, cipher_key, mac_key, &plain) == OPENED)
    return g_steal_pointer (&plain);
  if (outcome == OPENED)
    code = FOB_INTERCHANGE_ERROR_DAMAGED;
  else if (outcome == OTHER_KEY)
    code = FOB_INTERCHANGE_ERROR_PASSPHRASE;
  fob_interchange_fail (code, error);

  return NULL;
}
