/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-seconds-row.h"

typedef struct
{
  const guint *seconds;
  gsize n_seconds;
} Choices;

static guint
find (const Choices *choices, guint value)
{
  guint selected = 0;

  for (gsize i = 0; i < choices->n_seconds; i++)
    {
      if (choices->seconds[i] <= value)
        selected = (guint) i;
    }

  return selected;
}

static gboolean
get_mapping (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_uint (value, find (user_data, g_variant_get_uint32 (variant)));

  return TRUE;
}

static GVariant *
set_mapping (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const Choices *choices = user_data;
  const guint selected = g_value_get_uint (value);

  return selected < choices->n_seconds ? g_variant_new_uint32 (choices->seconds[selected]) : NULL;
}

void
fob_seconds_row_bind (AdwComboRow *row,
                      GSettings *settings,
                      const char *key,
                      const guint *seconds,
                      gsize n_seconds)
{
  Choices *choices;

  g_return_if_fail (ADW_IS_COMBO_ROW (row) && seconds != NULL && n_seconds > 0);

  choices = g_new (Choices, 1);
  *choices = (Choices){ seconds, n_seconds };
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_mapping, set_mapping, choices, g_free);
}
