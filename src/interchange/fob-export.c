/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-export.h"

#include <glib/gi18n-lib.h>

struct _FobExport
{
  gatomicrefcount ref_count;

  const FobFormat *format;
  GPtrArray *accounts; /* of FobAccount: those that can be written */
  guint n_left_out;
  GPtrArray *losses; /* of FobExportLoss, in the order in which they were met */
};

static void
loss_free (FobExportLoss *loss)
{
  g_clear_pointer (&loss->reason, g_free);
  g_free (loss);
}

static void
add_losses (FobExport *self, GHashTable *by_reason, GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      FobExportLoss *loss = g_hash_table_lookup (by_reason, reasons->pdata[i]);

      if (loss == NULL)
        {
          loss = g_new0 (FobExportLoss, 1);
          loss->reason = g_strdup (reasons->pdata[i]);
          g_ptr_array_add (self->losses, loss);
          g_hash_table_insert (by_reason, loss->reason, loss);
        }
      loss->n_accounts++;
    }
}

FobExport *
fob_export_new (const FobFormat *format, GPtrArray *accounts)
{
  FobExport *self = g_new0 (FobExport, 1);
  g_autoptr (GHashTable) by_reason = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);

  g_atomic_ref_count_init (&self->ref_count);
  self->format = format;
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->losses = g_ptr_array_new_with_free_func ((GDestroyNotify) loss_free);
  for (guint i = 0; i < accounts->len; i++)
    {
      g_ptr_array_set_size (reasons, 0);
      if (format->lost == NULL || format->lost (accounts->pdata[i], reasons))
        g_ptr_array_add (self->accounts, g_object_ref (accounts->pdata[i]));
      else
        self->n_left_out++;
      add_losses (self, by_reason, reasons);
    }

  return self;
}

FobExport *
fob_export_ref (FobExport *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_export_unref (FobExport *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->losses, g_ptr_array_unref);
  g_free (self);
}

guint
fob_export_get_n_accounts (FobExport *self)
{
  return self->accounts->len;
}

guint
fob_export_get_n_left_out (FobExport *self)
{
  return self->n_left_out;
}

guint
fob_export_get_n_losses (FobExport *self)
{
  return self->losses->len;
}

const FobExportLoss *
fob_export_get_loss (FobExport *self, guint position)
{
  g_return_val_if_fail (position < self->losses->len, NULL);

  return self->losses->pdata[position];
}

GBytes *
fob_export_serialise (FobExport *self, FobSecret *passphrase, GError **error)
{
  if (self->accounts->len == 0)
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_EXPRESS,
                           _ ("This format can hold none of these accounts. Choose another one."));
      return NULL;
    }

  return self->format->serialise (self->accounts, passphrase, error);
}
