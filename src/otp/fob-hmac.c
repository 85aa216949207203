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

/* The bytes that the key is padded with (RFC 2104 section 2). */
#define INNER_PAD 0x36
#define OUTER_PAD 0x5c

/* The key filled with zeros to a block, and padded in place: it is nowhere else. Aligned, as a hash
 * may copy what is not. */
typedef struct
{
  _Alignas(16) guint8 bytes[FOB_HASH_BLOCK_SIZE_MAX];
  gsize size;
} KeyBlock;

/* Too long a key is hashed first. */
static gboolean
key_block_init (KeyBlock *self, FobOtpAlgorithm algorithm, gconstpointer key, gsize key_size)
{
  memset (self->bytes, 0, sizeof self->bytes);
  self->size = fob_hash_get_block_size (algorithm);

  if (key_size > self->size)
    return fob_hash_compute (algorithm, key, key_size, self->bytes);

  if (key_size > 0)
    memcpy (self->bytes, key, key_size);
  return TRUE;
}

static void
key_block_pad (KeyBlock *self, guint8 pad)
{
  for (gsize i = 0; i < self->size; i++)
    self->bytes[i] ^= pad;
}

static gboolean
key_block_start (const KeyBlock *self, EVP_MD_CTX *context)
{
  return context != NULL && EVP_DigestInit_ex2 (context, NULL, NULL) &&
         EVP_DigestUpdate (context, self->bytes, self->size);
}

FobHmac *
fob_hmac_new (FobOtpAlgorithm algorithm, gconstpointer key, gsize key_size)
{
  g_autoptr (FobHmac) self = NULL;
  KeyBlock block;
  gboolean done = FALSE;

  self = g_new0 (FobHmac, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->algorithm = algorithm;
  self->inner = fob_hash_new_context (algorithm);
  self->outer = fob_hash_new_context (algorithm);

  if (key_block_init (&block, algorithm, key, key_size))
    {
      key_block_pad (&block, INNER_PAD);
      done = key_block_start (&block, self->inner);
      key_block_pad (&block, INNER_PAD ^ OUTER_PAD);
      done = done && key_block_start (&block, self->outer);
    }

  fob_wipe (&block, sizeof block);
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
  fob_hash_wipe_context (self->algorithm);
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
  EVP_MD_CTX *context = fob_hash_get_context (algorithm);
  KeyBlock block;
  guint8 digest[FOB_HASH_SIZE_MAX];
  guint mac_size = 0;
  gboolean done = FALSE;

  if (key_block_init (&block, algorithm, key, key_size))
    {
      key_block_pad (&block, INNER_PAD);
      done = key_block_start (&block, context) && EVP_DigestUpdate (context, data, size) &&
             EVP_DigestFinal_ex (context, digest, &mac_size);
      key_block_pad (&block, INNER_PAD ^ OUTER_PAD);
      done = done && key_block_start (&block, context) &&
             EVP_DigestUpdate (context, digest, mac_size) &&
             EVP_DigestFinal_ex (context, mac, &mac_size);
    }

  fob_wipe (&block, sizeof block);
  fob_wipe (digest, sizeof digest);
  fob_hash_wipe_stack ();

  return done ? mac_size : 0;
}
