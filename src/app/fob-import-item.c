/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-import-item.h"

struct _FobImportItem
{
  GObject parent_instance;

  FobAccount *account;
  FobAccount *other;
  FobImportStatus status;
  gboolean selected;
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FobImportItem, fob_import_item, G_TYPE_OBJECT)

static void
fob_import_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FobImportItem *self = FOB_IMPORT_ITEM (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_boolean (value, self->selected);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_import_item_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  FobImportItem *self = FOB_IMPORT_ITEM (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      fob_import_item_set_selected (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_import_item_finalize (GObject *object)
{
  FobImportItem *self = FOB_IMPORT_ITEM (object);

  g_clear_object (&self->account);
  g_clear_object (&self->other);

  G_OBJECT_CLASS (fob_import_item_parent_class)->finalize (object);
}

static void
fob_import_item_class_init (FobImportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fob_import_item_get_property;
  object_class->set_property = fob_import_item_set_property;
  object_class->finalize = fob_import_item_finalize;

  properties[PROP_SELECTED] =
    g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fob_import_item_init (FobImportItem *self)
{
}

FobImportItem *
fob_import_item_new (FobAccount *account, FobImportStatus status, FobAccount *other)
{
  FobImportItem *self = g_object_new (FOB_TYPE_IMPORT_ITEM, NULL);

  self->account = g_object_ref (account);
  g_set_object (&self->other, other);
  self->status = status;
  self->selected = status != FOB_IMPORT_DUPLICATE;

  return self;
}

FobAccount *
fob_import_item_get_account (FobImportItem *self)
{
  g_return_val_if_fail (FOB_IS_IMPORT_ITEM (self), NULL);

  return self->account;
}

FobImportStatus
fob_import_item_get_status (FobImportItem *self)
{
  g_return_val_if_fail (FOB_IS_IMPORT_ITEM (self), FOB_IMPORT_NEW);

  return self->status;
}

FobAccount *
fob_import_item_get_other (FobImportItem *self)
{
  g_return_val_if_fail (FOB_IS_IMPORT_ITEM (self), NULL);

  return self->other;
}

gboolean
fob_import_item_get_selected (FobImportItem *self)
{
  g_return_val_if_fail (FOB_IS_IMPORT_ITEM (self), FALSE);

  return self->selected;
}

void
fob_import_item_set_selected (FobImportItem *self, gboolean selected)
{
  g_return_if_fail (FOB_IS_IMPORT_ITEM (self));

  if (self->selected == selected)
    return;

  self->selected = selected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}
