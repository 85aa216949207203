/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-hmac.h"

#include <string.h>

#include <openssl/evp.h>

#include "fob-wipe.h"

/* The largest block (SHA-512) in bytes. */
#define BLOCK_SIZE_MAX 128

#define N_ALGORITHMS (FOB_OTP_ALGORITHM_SHA512 + 1)

struct _FobHmac
{
  gatomicrefcount ref_count;
  FobOtpAlgorithm algorithm;
  EVP_MD_CTX *inner;
  EVP_MD_CTX *outer;
};

typedef struct
{
  const char *name;
  gsize block_size;
} Hash;

static const Hash hashes[N_ALGORITHMS] = {
  [FOB_OTP_ALGORITHM_SHA1] = { "SHA1", 64 },
  [FOB_OTP_ALGORITHM_SHA256] = { "SHA2-256", 64 },
  [FOB_OTP_ALGORITHM_SHA512] = { "SHA2-512", 128 },
};

/* Contexts to compute in, one set per thread: values are shared between threads, and making a
 * context for every code would cost more than the code. */
typedef struct
{
  EVP_MD_CTX *contexts[N_ALGORITHMS];
} Workspace;

static void
workspace_free (gpointer data)
{
  Workspace *workspace = data;

  for (gsize i = 0; i < N_ALGORITHMS; i++)
    EVP_MD_CTX_free (workspace->contexts[i]);
  g_free (workspace);
}

static GPrivate workspace_key = G_PRIVATE_INIT (workspace_free);

/* Fetched once: looking an algorithm up costs more than hashing with it. */
static const EVP_MD *
digest_for (FobOtpAlgorithm algorithm)
{
  static EVP_MD *digests[N_ALGORITHMS];
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (gsize i = 0; i < N_ALGORITHMS; i++)
        digests[i] = EVP_MD_fetch (NULL, hashes[i].name, NULL);
      g_once_init_leave (&once, 1);
    }

  return digests[algorithm];
}

/* Returns: (transfer none) (nullable) */
static EVP_MD_CTX *
context_for (FobOtpAlgorithm algorithm)
{
  Workspace *workspace = g_private_get (&workspace_key);

  if (workspace == NULL)
    {
      workspace = g_new0 (Workspace, 1);
      g_private_set (&workspace_key, workspace);
    }
  if (workspace->contexts[algorithm] == NULL)
    workspace->contexts[algorithm] = EVP_MD_CTX_new ();

  return workspace->contexts[algorithm];
}

/* A hash whose compression works on the stack leaves parts of what it hashed there. Overwrite
 * what the frames below the caller may have used. */
static void G_GNUC_NO_INLINE
wipe_stack (void)
{
  guint8 frames[2048];

  fob_wipe (frames, sizeof frames);
}

/* The key as RFC 2104 wants it: filled with zeros to a block, or hashed first if it is longer. */
static gboolean
make_key_block (FobOtpAlgorithm algorithm, gconstpointer key, gsize key_size, guint8 *block)
{
  memset (block, 0, BLOCK_SIZE_MAX);

  if (key_size > hashes[algorithm].block_size)
    {
      EVP_MD_CTX *context = context_for (algorithm);

      return context != NULL && EVP_DigestInit_ex2 (context, digest_for (algorithm), NULL) &&
             EVP_DigestUpdate (context, key, key_size) && EVP_DigestFinal_ex (context, block, NULL);
    }

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
  guint8 pad[BLOCK_SIZE_MAX];
  gboolean done = FALSE;

  for (gsize i = 0; i < BLOCK_SIZE_MAX; i++)
    pad[i] = key_block[i] ^ pad_byte;

  done = context != NULL && digest_for (algorithm) != NULL &&
         EVP_DigestInit_ex2 (context, digest_for (algorithm), NULL) &&
         EVP_DigestUpdate (context, pad, hashes[algorithm].block_size);

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
  guint8 key_block[BLOCK_SIZE_MAX];
  gboolean done = FALSE;

  g_return_val_if_fail (algorithm < N_ALGORITHMS, NULL);

  self = g_new0 (FobHmac, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->algorithm = algorithm;
  self->inner = EVP_MD_CTX_new ();
  self->outer = EVP_MD_CTX_new ();

  done = make_key_block (algorithm, key, key_size, key_block) &&
         start_inner (self->inner, algorithm, key_block) &&
         start_outer (self->outer, algorithm, key_block);

  fob_wipe (key_block, sizeof key_block);
  wipe_stack ();

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
fob_hmac_compute (FobHmac *self, gconstpointer data, gsize size, guint8 mac[FOB_HMAC_SIZE_MAX])
{
  EVP_MD_CTX *context = context_for (self->algorithm);
  guint8 digest[FOB_HMAC_SIZE_MAX];
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
                       guint8 mac[FOB_HMAC_SIZE_MAX])
{
  EVP_MD_CTX *context = NULL;
  guint8 key_block[BLOCK_SIZE_MAX];
  guint8 digest[FOB_HMAC_SIZE_MAX];
  guint mac_size = 0;
  gboolean done = FALSE;

  g_return_val_if_fail (algorithm < N_ALGORITHMS, 0);

  context = context_for (algorithm);
  done = make_key_block (algorithm, key, key_size, key_block) &&
         start_inner (context, algorithm, key_block) && EVP_DigestUpdate (context, data, size) &&
         EVP_DigestFinal_ex (context, digest, &mac_size) &&
         start_outer (context, algorithm, key_block) &&
         EVP_DigestUpdate (context, digest, mac_size) &&
         EVP_DigestFinal_ex (context, mac, &mac_size);

  fob_wipe (key_block, sizeof key_block);
  fob_wipe (digest, sizeof digest);
  wipe_stack ();

  return done ? mac_size : 0;
}
