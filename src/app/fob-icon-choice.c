/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-choice.h"

struct _FobIconChoice
{
  GObject parent_instance;

  FobIconPack *pack;
  guint icon;
};

G_DEFINE_FINAL_TYPE (FobIconChoice, fob_icon_choice, G_TYPE_OBJECT)

static void
fob_icon_choice_finalize (GObject *object)
{
  FobIconChoice *self = FOB_ICON_CHOICE (object);

  g_clear_pointer (&self->pack, fob_icon_pack_unref);

  G_OBJECT_CLASS (fob_icon_choice_parent_class)->finalize (object);
}

static void
fob_icon_choice_class_init (FobIconChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_icon_choice_finalize;
}

static void
fob_icon_choice_init (FobIconChoice *self)
{
}

FobIconChoice *
fob_icon_choice_new (FobIconPack *pack, guint icon)
{
  FobIconChoice *self = g_object_new (FOB_TYPE_ICON_CHOICE, NULL);

  self->pack = fob_icon_pack_ref (pack);
  self->icon = icon;

  return self;
}

FobIconPack *
fob_icon_choice_get_pack (FobIconChoice *self)
{
  g_assert (FOB_IS_ICON_CHOICE (self));

  return self->pack;
}

guint
fob_icon_choice_get_icon (FobIconChoice *self)
{
  g_return_val_if_fail (FOB_IS_ICON_CHOICE (self), 0);

  return self->icon;
}
