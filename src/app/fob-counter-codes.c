/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-counter-codes.h"

struct _FobCounterCodes
{
  GObject parent_instance;

  GHashTable *otps; /* account id → FobOtp */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobCounterCodes, fob_counter_codes, G_TYPE_OBJECT)

static void
fob_counter_codes_finalize (GObject *object)
{
  FobCounterCodes *self = FOB_COUNTER_CODES (object);

  g_clear_pointer (&self->otps, g_hash_table_unref);

  G_OBJECT_CLASS (fob_counter_codes_parent_class)->finalize (object);
}

static void
fob_counter_codes_class_init (FobCounterCodesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fob_counter_codes_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
fob_counter_codes_init (FobCounterCodes *self)
{
  self->otps =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) fob_otp_unref);
}

FobCounterCodes *
fob_counter_codes_new (void)
{
  return g_object_new (FOB_TYPE_COUNTER_CODES, NULL);
}

FobOtp *
fob_counter_codes_lookup (FobCounterCodes *self, const char *account_id)
{
  g_return_val_if_fail (FOB_IS_COUNTER_CODES (self), NULL);

  return g_hash_table_lookup (self->otps, account_id);
}

void
fob_counter_codes_set (FobCounterCodes *self, const char *account_id, FobOtp *otp)
{
  g_return_if_fail (FOB_IS_COUNTER_CODES (self));

  g_hash_table_replace (self->otps, g_strdup (account_id), fob_otp_ref (otp));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, account_id);
}

void
fob_counter_codes_clear (FobCounterCodes *self)
{
  g_return_if_fail (FOB_IS_COUNTER_CODES (self));

  g_hash_table_remove_all (self->otps);
}
