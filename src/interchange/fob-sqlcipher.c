/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-sqlcipher.h"

#include <openssl/crypto.h>
#include <string.h>

#include "fob-decrypt.h"
#include "fob-hmac.h"
#include "fob-kdf.h"
#include "fob-wipe.h"

/* The parameters of version 3. At the end of each page: IV, HMAC, padding. */
#define PAGE_SIZE    1024
#define RESERVE_SIZE 48
#define SALT_SIZE    16
#define MAC_SIZE     20
#define ROUNDS       64000
#define MAC_ROUNDS   2
#define MAC_SALT_XOR 0x3a

static const char magic[SALT_SIZE] = "SQLite format 3";

gboolean
fob_sqlcipher_probe (GBytes *bytes)
{
  const gsize size = g_bytes_get_size (bytes);

  return size > 0 && size % PAGE_SIZE == 0;
}

static FobSecret *
derive_mac_key (FobSecret *key, const guint8 *salt, GError **error)
{
  guint8 mac_salt[SALT_SIZE];

  for (gsize i = 0; i < SALT_SIZE; i++)
    mac_salt[i] = salt[i] ^ MAC_SALT_XOR;

  return fob_kdf_pbkdf2 (key, FOB_OTP_ALGORITHM_SHA1, mac_salt, SALT_SIZE, MAC_ROUNDS,
                         FOB_DECRYPT_KEY_SIZE, error);
}

/* The HMAC is over ciphertext, IV and the number of the page, from 1, in little endian. */
static gboolean
check_page (FobSecret *mac_key, const guint8 *page, gsize start, guint32 number)
{
  const gsize size = PAGE_SIZE - RESERVE_SIZE + FOB_DECRYPT_CBC_BLOCK_SIZE - start;
  const guint32 end = GUINT32_TO_LE (number);
  guint8 message[PAGE_SIZE];
  guint8 mac[FOB_HASH_SIZE_MAX];
  gsize key_size;
  const guint8 *key = fob_secret_get_data (mac_key, &key_size);

  memcpy (message, page + start, size);
  memcpy (message + size, &end, sizeof end);

  return fob_hmac_compute_once (FOB_OTP_ALGORITHM_SHA1, key, key_size, message, size + sizeof end,
                                mac) == MAC_SIZE &&
         CRYPTO_memcmp (mac, page + start + size, MAC_SIZE) == 0;
}

/* The salt stands where the magic of the first page was. */
static gboolean
decrypt_page (FobSecret *key, const guint8 *page, gsize start, guint8 *output)
{
  const gsize size = PAGE_SIZE - RESERVE_SIZE - start;
  g_autoptr (GBytes) plain =
    fob_decrypt_cbc (key, page + PAGE_SIZE - RESERVE_SIZE, page + start, size, FALSE);

  if (plain == NULL)
    return FALSE;
  memcpy (output, magic, start);
  memcpy (output + start, g_bytes_get_data (plain, NULL), size);

  return TRUE;
}

GBytes *
fob_sqlcipher_decrypt (GBytes *bytes, FobSecret *passphrase, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (FobSecret) key = NULL;
  g_autoptr (FobSecret) mac_key = NULL;
  g_autoptr (GBytes) database = NULL;
  guint8 *output;

  key = fob_kdf_pbkdf2 (passphrase, FOB_OTP_ALGORITHM_SHA1, data, SALT_SIZE, ROUNDS,
                        FOB_DECRYPT_KEY_SIZE, error);
  if (key != NULL)
    mac_key = derive_mac_key (key, data, error);
  if (mac_key == NULL)
    return NULL;

  output = g_malloc0 (size);
  database = fob_wipe_bytes_new_take (output, size);
  for (gsize i = 0; i < size / PAGE_SIZE; i++)
    {
      const guint8 *page = data + i * PAGE_SIZE;
      const gsize start = i == 0 ? SALT_SIZE : 0;

      if (!check_page (mac_key, page, start, (guint32) i + 1) ||
          !decrypt_page (key, page, start, output + i * PAGE_SIZE))
        {
          /* Where the first page fits, the passphrase does. */
          fob_interchange_fail (
            i == 0 ? FOB_INTERCHANGE_ERROR_PASSPHRASE : FOB_INTERCHANGE_ERROR_DAMAGED, error);
          return NULL;
        }
    }

  return g_steal_pointer (&database);
}
