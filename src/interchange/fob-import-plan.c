/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-import-plan.h"

#include <string.h>

#include "fob-hash.h"
#include "fob-random.h"
#include "fob-wipe.h"

#define SALT_SIZE 16

typedef struct
{
  FobImportStatus status;
  FobAccount *other;
} Step;

struct _FobImportPlan
{
  GPtrArray *accounts;
  GPtrArray *existing;
  GArray *steps; /* of Step */
};

/* While a plan is made: who is there, by what may be the same. */
typedef struct
{
  guint8 salt[SALT_SIZE];
  GHashTable *by_token; /* digest → GPtrArray of FobAccount */
  GHashTable *by_name;  /* issuer, line break, name → FobAccount */
} Index;

/* A key for a table that says nothing about the secret: the salt is forgotten with the table. */
static guint
digest_secret (Index *index, FobOtp *otp)
{
  gsize size;
  const guint8 *secret = fob_secret_get_data (fob_otp_get_secret (otp), &size);
  guint8 *salted = g_malloc (SALT_SIZE + size);
  guint8 digest[FOB_HASH_SIZE_MAX] = { 0 };
  guint key;

  memcpy (salted, index->salt, SALT_SIZE);
  if (size > 0)
    memcpy (salted + SALT_SIZE, secret, size);
  /* Without a digest all share one key, and are told apart all the same. */
  fob_hash_compute (FOB_OTP_ALGORITHM_SHA256, salted, SALT_SIZE + size, digest);
  memcpy (&key, digest, sizeof key);
  fob_wipe (digest, sizeof digest);
  fob_wipe (salted, SALT_SIZE + size);
  g_free (salted);

  return key;
}

/* Whatever the counter says: it moves on. */
static gboolean
same_token (FobAccount *a, FobAccount *b)
{
  FobOtp *otp_a = fob_account_get_otp (a);
  g_autoptr (FobOtp) otp_b = fob_otp_ref (fob_account_get_otp (b));

  if (fob_otp_get_counter (otp_a) != fob_otp_get_counter (otp_b))
    {
      FobOtp *with = fob_otp_with_counter (otp_b, fob_otp_get_counter (otp_a), NULL);

      if (with == NULL)
        return FALSE;
      fob_otp_unref (otp_b);
      otp_b = with;
    }

  return fob_otp_equal (otp_a, otp_b);
}

static char *
dup_name_key (FobAccount *account)
{
  return g_strconcat (fob_account_get_issuer (account), "\n", fob_account_get_name (account), NULL);
}

static void
index_init (Index *index)
{
  fob_random_bytes (index->salt, sizeof index->salt);
  index->by_token = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  index->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
index_clear (Index *index)
{
  fob_wipe (index->salt, sizeof index->salt);
  g_clear_pointer (&index->by_token, g_hash_table_unref);
  g_clear_pointer (&index->by_name, g_hash_table_unref);
}

static void
index_add (Index *index, FobAccount *account)
{
  gpointer key = GUINT_TO_POINTER (digest_secret (index, fob_account_get_otp (account)));
  GPtrArray *bucket = g_hash_table_lookup (index->by_token, key);

  if (bucket == NULL)
    {
      bucket = g_ptr_array_new ();
      g_hash_table_insert (index->by_token, key, bucket);
    }
  g_ptr_array_add (bucket, account);
  g_hash_table_insert (index->by_name, dup_name_key (account), account);
}

static FobAccount *
index_find_token (Index *index, FobAccount *account, gboolean same_names)
{
  gpointer key = GUINT_TO_POINTER (digest_secret (index, fob_account_get_otp (account)));
  GPtrArray *bucket = g_hash_table_lookup (index->by_token, key);

  for (guint i = 0; bucket != NULL && i < bucket->len; i++)
    {
      FobAccount *other = bucket->pdata[i];

      if (same_token (account, other) &&
          (!same_names ||
           (g_str_equal (fob_account_get_issuer (account), fob_account_get_issuer (other)) &&
            g_str_equal (fob_account_get_name (account), fob_account_get_name (other)))))
        return other;
    }

  return NULL;
}

static Step
plan_step (Index *there, Index *so_far, FobAccount *account)
{
  g_autofree char *name = dup_name_key (account);
  FobAccount *other = index_find_token (there, account, FALSE);

  if (other == NULL)
    other = index_find_token (so_far, account, TRUE);
  if (other != NULL)
    return (Step){ FOB_IMPORT_DUPLICATE, other };
  other = g_hash_table_lookup (there->by_name, name);
  if (other != NULL)
    return (Step){ FOB_IMPORT_CONFLICT, other };

  return (Step){ FOB_IMPORT_NEW, NULL };
}

FobImportPlan *
fob_import_plan_new (GPtrArray *accounts, GPtrArray *existing)
{
  FobImportPlan *self = g_new0 (FobImportPlan, 1);
  Index there;
  Index so_far;

  self->accounts = g_ptr_array_ref (accounts);
  self->existing = existing != NULL ? g_ptr_array_ref (existing) : g_ptr_array_new ();
  self->steps = g_array_sized_new (FALSE, FALSE, sizeof (Step), accounts->len);
  index_init (&there);
  index_init (&so_far);
  for (guint i = 0; i < self->existing->len; i++)
    index_add (&there, self->existing->pdata[i]);
  for (guint i = 0; i < accounts->len; i++)
    {
      const Step step = plan_step (&there, &so_far, accounts->pdata[i]);

      g_array_append_val (self->steps, step);
      index_add (&so_far, accounts->pdata[i]);
    }
  index_clear (&so_far);
  index_clear (&there);

  return self;
}

void
fob_import_plan_free (FobImportPlan *self)
{
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->existing, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_free (self);
}

FobImportStatus
fob_import_plan_get_status (FobImportPlan *self, guint position, FobAccount **other)
{
  const Step *step;

  g_return_val_if_fail (position < self->steps->len, FOB_IMPORT_NEW);

  step = &g_array_index (self->steps, Step, position);
  if (other != NULL)
    *other = step->other;

  return step->status;
}
