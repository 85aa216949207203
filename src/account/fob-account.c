/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-account-private.h"

#include <string.h>

#include "fob-random.h"
#include "fob-wipe.h"

struct _FobAccount
{
  GObject parent_instance;

  char *id;
  char *issuer;
  char *name;
  char *note;
  gboolean pinned;
  GStrv tags;
  GBytes *icon;
  char *icon_type;
  gint64 modified;
  FobOtp *otp;
  FobRecoveryCodes *recovery;
  char *extra;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_ISSUER,
  PROP_NAME,
  PROP_NOTE,
  PROP_PINNED,
  PROP_OTP,
  PROP_TAGS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FobAccount, fob_account, G_TYPE_OBJECT)

static FobAccountFields
fob_account_get_fields (FobAccount *self)
{
  return (FobAccountFields){
    .id = self->id,
    .issuer = self->issuer,
    .name = self->name,
    .note = self->note,
    .pinned = self->pinned,
    .tags = (const char *const *) self->tags,
    .icon = self->icon,
    .icon_type = self->icon_type,
    .modified = self->modified,
    .otp = self->otp,
    .recovery = self->recovery,
    .extra = self->extra,
  };
}

static void
fob_account_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FobAccount *self = FOB_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_ISSUER:
      g_value_set_string (value, self->issuer);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, self->pinned);
      break;
    case PROP_OTP:
      g_value_set_boxed (value, self->otp);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, self->tags);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_account_finalize (GObject *object)
{
  FobAccount *self = FOB_ACCOUNT (object);

  /* Names say where somebody has accounts: they go from memory with the accounts. */
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->issuer, fob_wipe_free_string);
  g_clear_pointer (&self->name, fob_wipe_free_string);
  g_clear_pointer (&self->note, fob_wipe_free_string);
  for (gsize i = 0; self->tags[i] != NULL; i++)
    fob_wipe (self->tags[i], strlen (self->tags[i]));
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->icon, g_bytes_unref);
  g_clear_pointer (&self->icon_type, g_free);
  g_clear_pointer (&self->otp, fob_otp_unref);
  g_clear_pointer (&self->recovery, fob_recovery_codes_unref);
  g_clear_pointer (&self->extra, fob_wipe_free_string);

  G_OBJECT_CLASS (fob_account_parent_class)->finalize (object);
}

static void
fob_account_class_init (FobAccountClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fob_account_get_property;
  object_class->finalize = fob_account_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_ISSUER] = g_param_spec_string ("issuer", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, flags);
  properties[PROP_OTP] = g_param_spec_boxed ("otp", NULL, NULL, FOB_TYPE_OTP, flags);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fob_account_init (FobAccount *self)
{
}

/* Blank and repeated tags are left out. */
static GStrv
copy_tags (const char *const *tags)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      g_autofree char *tag = g_strstrip (g_strdup (tags[i]));

      if (*tag != '\0' && !g_ptr_array_find_with_equal_func (copy, tag, g_str_equal, NULL))
        g_ptr_array_add (copy, g_steal_pointer (&tag));
    }
  g_ptr_array_add (copy, NULL);

  return (GStrv) g_ptr_array_steal (copy, NULL);
}

FobAccount *
fob_account_new_from_fields (const FobAccountFields *fields)
{
  FobAccount *self = g_object_new (FOB_TYPE_ACCOUNT, NULL);

  self->id = fields->id != NULL ? g_strdup (fields->id) : fob_random_uuid ();
  self->issuer = g_strdup (fields->issuer != NULL ? fields->issuer : "");
  self->name = g_strdup (fields->name != NULL ? fields->name : "");
  self->note = g_strdup (fields->note != NULL ? fields->note : "");
  self->pinned = fields->pinned;
  self->tags = copy_tags (fields->tags);
  if (fields->icon != NULL && fields->icon_type != NULL)
    {
      self->icon = g_bytes_ref (fields->icon);
      self->icon_type = g_strdup (fields->icon_type);
    }
  self->modified = fields->modified;
  self->otp = fob_otp_ref (fields->otp);
  if (fields->recovery != NULL)
    self->recovery = fob_recovery_codes_ref (fields->recovery);
  self->extra = g_strdup (fields->extra);

  return self;
}

FobAccount *
fob_account_new (const char *issuer, const char *name, FobOtp *otp)
{
  const FobAccountFields fields = { .issuer = issuer, .name = name, .otp = otp };

  return fob_account_new_from_fields (&fields);
}

const char *
fob_account_get_id (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->id;
}

const char *
fob_account_get_issuer (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->issuer;
}

const char *
fob_account_get_name (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->name;
}

const char *
fob_account_get_note (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->note;
}

gboolean
fob_account_get_pinned (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), FALSE);

  return self->pinned;
}

FobOtp *
fob_account_get_otp (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->otp;
}

const char *const *
fob_account_get_tags (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return (const char *const *) self->tags;
}

gboolean
fob_account_has_tag (FobAccount *self, const char *tag)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), FALSE);

  return g_strv_contains ((const char *const *) self->tags, tag);
}

GBytes *
fob_account_get_icon (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->icon;
}

const char *
fob_account_get_icon_type (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->icon_type;
}

FobRecoveryCodes *
fob_account_get_recovery (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->recovery;
}

gint64
fob_account_get_modified (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), 0);

  return self->modified;
}

const char *
fob_account_get_extra (FobAccount *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  return self->extra;
}

FobAccount *
fob_account_with_names (FobAccount *self, const char *issuer, const char *name)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.issuer = issuer;
  fields.name = name;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_with_note (FobAccount *self, const char *note)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.note = note;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_with_pinned (FobAccount *self, gboolean pinned)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.pinned = pinned;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_with_otp (FobAccount *self, FobOtp *otp)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.otp = otp;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_with_tags (FobAccount *self, const char *const *tags)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.tags = tags;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_with_tag_replaced (FobAccount *self, const char *tag, const char *new_tag)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  const char *const *tags;

  g_return_val_if_fail (FOB_IS_ACCOUNT (self), NULL);

  tags = fob_account_get_tags (self);
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      const char *kept = g_str_equal (tags[i], tag) ? new_tag : tags[i];

      if (kept != NULL && !g_ptr_array_find_with_equal_func (changed, kept, g_str_equal, NULL))
        g_ptr_array_add (changed, (gpointer) kept);
    }
  g_ptr_array_add (changed, NULL);

  return fob_account_with_tags (self, (const char *const *) changed->pdata);
}

FobAccount *
fob_account_with_icon (FobAccount *self, GBytes *icon, const char *icon_type)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.icon = icon;
  fields.icon_type = icon_type;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_with_recovery (FobAccount *self, FobRecoveryCodes *recovery)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.recovery = recovery;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_with_modified (FobAccount *self, gint64 modified)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.modified = modified;

  return fob_account_new_from_fields (&fields);
}

FobAccount *
fob_account_copy (FobAccount *self)
{
  FobAccountFields fields = fob_account_get_fields (self);

  fields.id = NULL;

  return fob_account_new_from_fields (&fields);
}

static gboolean
icons_equal (FobAccount *a, FobAccount *b)
{
  if (a->icon == NULL || b->icon == NULL)
    return a->icon == b->icon;

  return g_str_equal (a->icon_type, b->icon_type) && g_bytes_equal (a->icon, b->icon);
}

gboolean
fob_account_equal (FobAccount *a, FobAccount *b)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT (a), FALSE);
  g_return_val_if_fail (FOB_IS_ACCOUNT (b), FALSE);

  return g_str_equal (a->id, b->id) && g_str_equal (a->issuer, b->issuer) &&
         g_str_equal (a->name, b->name) && g_str_equal (a->note, b->note) &&
         a->pinned == b->pinned && a->modified == b->modified &&
         g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags) &&
         icons_equal (a, b) && g_strcmp0 (a->extra, b->extra) == 0 &&
         fob_recovery_codes_equal (a->recovery, b->recovery) && fob_otp_equal (a->otp, b->otp);
}
