/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-hmac.h"

#include <string.h>

#include <openssl/evp.h>

#include "fob-wipe.h"

struct _FobHmac
{
  gatomicrefcount ref_count;
  FobOtpAlgorithm algorithm;
  EVP_MD_CTX *inner;
  EVP_MD_CTX *outer;
};

/* The key as RFC 2104 wants it: filled with zeros to a block, or hashed first if it is longer. */
static gboolean
make_key_block (FobOtpAlgorithm algorithm, gconstpointer key, gsize key_size, guint8 *block)
{
  memset (block, 0, FOB_HASH_BLOCK_SIZE_MAX);

  if (key_size > fob_hash_get_block_size (algorithm))
    return fob_hash_compute (algorithm, key, key_size, block);

  if (key_size > 0)
    memcpy (block, key, key_size);
  return TRUE;
}

/* Starts a hash with one padded key. */
static gboolean
start_with_pad (EVP_MD_CTX *context,
                FobOtpAlgorithm algorithm,
                const guint8 *key_block,
                guint8 pad_byte)
{
  guint8 pad[FOB_HASH_BLOCK_SIZE_MAX];
  gboolean done = FALSE;

  for (gsize i = 0; i < FOB_HASH_BLOCK_SIZE_MAX; i++)
    pad[i] = key_block[i] ^ pad_byte;

  done = context != NULL && EVP_DigestInit_ex2 (context, NULL, NULL) &&
         EVP_DigestUpdate (context, pad, fob_hash_get_block_size (algorithm));

  fob_wipe (pad, sizeof pad);
  return done;
}

static gboolean
start_inner (EVP_MD_CTX *context, FobOtpAlgorithm algorithm, const guint8 *key_block)
{
  return start_with_pad (context, algorithm, key_block, 0x36);
}

static gboolean
start_outer (EVP_MD_CTX *context, FobOtpAlgorithm algorithm, const guint8 *key_block)
{
  return start_with_pad (context, algorithm, key_block, 0x5c);
}

FobHmac *
fob_hmac_new (FobOtpAlgorithm algorithm, gconstpointer key, gsize key_size)
{
  g_autoptr (FobHmac) self = NULL;
  guint8 key_block[FOB_HASH_BLOCK_SIZE_MAX];
  gboolean done = FALSE;

  self = g_new0 (FobHmac, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->algorithm = algorithm;
  self->inner = fob_hash_new_context (algorithm);
  self->outer = fob_hash_new_context (algorithm);

  done = make_key_block (algorithm, key, key_size, key_block) &&
         start_inner (self->inner, algorithm, key_block) &&
         start_outer (self->outer, algorithm, key_block);

  fob_wipe (key_block, sizeof key_block);
  fob_hash_wipe_stack ();

  return done ? g_steal_pointer (&self) : NULL;
}

FobHmac *
fob_hmac_ref (FobHmac *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fob_hmac_unref (FobHmac *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  /* OpenSSL wipes the state of a digest when it frees it. */
  EVP_MD_CTX_free (self->inner);
  EVP_MD_CTX_free (self->outer);
  g_free (self);
}

gsize
fob_hmac_compute (FobHmac *self, gconstpointer data, gsize size, guint8 mac[FOB_HASH_SIZE_MAX])
{
  EVP_MD_CTX *context = fob_hash_get_context (self->algorithm);
  guint8 digest[FOB_HASH_SIZE_MAX];
  guint mac_size = 0;
  gboolean done = FALSE;

  done =
    context != NULL && EVP_MD_CTX_copy_ex (context, self->inner) &&
    EVP_DigestUpdate (context, data, size) && EVP_DigestFinal_ex (context, digest, &mac_size) &&
    EVP_MD_CTX_copy_ex (context, self->outer) && EVP_DigestUpdate (context, digest, mac_size) &&
    EVP_DigestFinal_ex (context, mac, &mac_size);

  fob_wipe (digest, sizeof digest);

  return done ? mac_size : 0;
}

gsize
fob_hmac_compute_once (FobOtpAlgorithm algorithm,
                       gconstpointer key,
                       gsize key_size,
                       gconstpointer data,
                       gsize size,
                       guint8 mac[FOB_HASH_SIZE_MAX])
{
  EVP_MD_CTX *context = NULL;
  guint8 key_block[FOB_HASH_BLOCK_SIZE_MAX];
  guint8 digest[FOB_HASH_SIZE_MAX];
  guint mac_size = 0;
  gboolean done = FALSE;

  context = fob_hash_get_context (algorithm);
  done = make_key_block (algorithm, key, key_size, key_block) &&
         start_inner (context, algorithm, key_block) && EVP_DigestUpdate (context, data, size) &&
         EVP_DigestFinal_ex (context, digest, &mac_size) &&
         start_outer (context, algorithm, key_block) &&
         EVP_DigestUpdate (context, digest, mac_size) &&
         EVP_DigestFinal_ex (context, mac, &mac_size);

  fob_wipe (key_block, sizeof key_block);
  fob_wipe (digest, sizeof digest);
  fob_hash_wipe_stack ();

  return done ? mac_size : 0;
}
