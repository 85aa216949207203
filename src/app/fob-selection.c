/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-selection.h"

struct _FobSelection
{
  GObject parent_instance;

  GHashTable *ids; /* of char */
  gboolean active;
};

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobSelection, fob_selection, G_TYPE_OBJECT)

static void
fob_selection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, fob_selection_get_active (FOB_SELECTION (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_selection_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ACTIVE:
      fob_selection_set_active (FOB_SELECTION (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_selection_finalize (GObject *object)
{
  g_clear_pointer (&FOB_SELECTION (object)->ids, g_hash_table_unref);

  G_OBJECT_CLASS (fob_selection_parent_class)->finalize (object);
}

static void
fob_selection_class_init (FobSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fob_selection_get_property;
  object_class->set_property = fob_selection_set_property;
  object_class->finalize = fob_selection_finalize;

  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_selection_init (FobSelection *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

FobSelection *
fob_selection_new (void)
{
  return g_object_new (FOB_TYPE_SELECTION, NULL);
}

gboolean
fob_selection_get_active (FobSelection *self)
{
  g_return_val_if_fail (FOB_IS_SELECTION (self), FALSE);

  return self->active;
}

void
fob_selection_set_active (FobSelection *self, gboolean active)
{
  g_return_if_fail (FOB_IS_SELECTION (self));

  if (self->active == active)
    return;

  self->active = active;
  g_hash_table_remove_all (self->ids);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
fob_selection_contains (FobSelection *self, FobAccount *account)
{
  g_return_val_if_fail (FOB_IS_SELECTION (self), FALSE);

  return g_hash_table_contains (self->ids, fob_account_get_id (account));
}

void
fob_selection_set (FobSelection *self, FobAccount *account, gboolean selected)
{
  g_return_if_fail (FOB_IS_SELECTION (self));

  if (selected == fob_selection_contains (self, account))
    return;

  if (selected)
    g_hash_table_add (self->ids, g_strdup (fob_account_get_id (account)));
  else
    g_hash_table_remove (self->ids, fob_account_get_id (account));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
fob_selection_toggle_all (FobSelection *self, GListModel *accounts)
{
  const guint n_accounts = g_list_model_get_n_items (accounts);
  g_autoptr (GPtrArray) selected = fob_selection_list (self, accounts);

  const gboolean all = selected->len == n_accounts;

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (accounts, i);

      if (all)
        g_hash_table_remove (self->ids, fob_account_get_id (account));
      else
        g_hash_table_add (self->ids, g_strdup (fob_account_get_id (account)));
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

GPtrArray *
fob_selection_list (FobSelection *self, GListModel *accounts)
{
  const guint n_accounts = g_list_model_get_n_items (accounts);
  GPtrArray *selected = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_accounts; i++)
    {
      FobAccount *account = g_list_model_get_item (accounts, i);

      if (fob_selection_contains (self, account))
        g_ptr_array_add (selected, account);
      else
        g_object_unref (account);
    }

  return selected;
}
