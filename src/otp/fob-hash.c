/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-hash.h"

#include "fob-wipe.h"

#define N_ALGORITHMS (FOB_OTP_ALGORITHM_MD5 + 1)

/* More than any compression function keeps on the stack. */
#define STACK_SIZE 2048

typedef struct
{
  const char *name;
  gsize size;
  gsize block_size;
} Hash;

static const Hash hashes[N_ALGORITHMS] = {
  [FOB_OTP_ALGORITHM_SHA1] = { "SHA1", 20, 64 },
  [FOB_OTP_ALGORITHM_SHA256] = { "SHA2-256", 32, 64 },
  [FOB_OTP_ALGORITHM_SHA512] = { "SHA2-512", 64, 128 },
  [FOB_OTP_ALGORITHM_MD5] = { "MD5", 16, 64 },
};

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

gsize
fob_hash_get_size (FobOtpAlgorithm algorithm)
{
  return hashes[algorithm].size;
}

gsize
fob_hash_get_block_size (FobOtpAlgorithm algorithm)
{
  return hashes[algorithm].block_size;
}

/* Fetched once: looking an algorithm up costs more than hashing with it. */
const EVP_MD *
fob_hash_get_digest (FobOtpAlgorithm algorithm)
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

EVP_MD_CTX *
fob_hash_new_context (FobOtpAlgorithm algorithm)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  if (context != NULL && fob_hash_get_digest (algorithm) != NULL &&
      EVP_DigestInit_ex2 (context, fob_hash_get_digest (algorithm), NULL))
    return context;

  EVP_MD_CTX_free (context);
  return NULL;
}

EVP_MD_CTX *
fob_hash_get_context (FobOtpAlgorithm algorithm)
{
  Workspace *workspace = g_private_get (&workspace_key);

  if (workspace == NULL)
    {
      workspace = g_new0 (Workspace, 1);
      g_private_set (&workspace_key, workspace);
    }
  if (workspace->contexts[algorithm] == NULL)
    workspace->contexts[algorithm] = fob_hash_new_context (algorithm);

  return workspace->contexts[algorithm];
}

void
fob_hash_wipe_context (FobOtpAlgorithm algorithm)
{
  Workspace *workspace = g_private_get (&workspace_key);

  /* The last digest is in the state, until the state is set back. */
  if (workspace != NULL && workspace->contexts[algorithm] != NULL)
    (void) EVP_DigestInit_ex2 (workspace->contexts[algorithm], NULL, NULL);
}

/* In a context of its own, as the end of what is hashed may stay in there: OpenSSL wipes it when it
 * is freed. */
gboolean
fob_hash_compute (FobOtpAlgorithm algorithm,
                  gconstpointer data,
                  gsize size,
                  guint8 digest[FOB_HASH_SIZE_MAX])
{
  EVP_MD_CTX *context = fob_hash_new_context (algorithm);
  gboolean done = context != NULL && EVP_DigestUpdate (context, data, size) &&
                  EVP_DigestFinal_ex (context, digest, NULL);

  EVP_MD_CTX_free (context);
  return done;
}

void G_GNUC_NO_INLINE
fob_hash_wipe_stack (void)
{
  guint8 frames[STACK_SIZE];

  fob_wipe (frames, sizeof frames);
}
