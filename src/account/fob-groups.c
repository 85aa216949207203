/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-groups.h"

#include "fob-random.h"

typedef struct
{
  char *uuid;
  char *name;
  gboolean used;
} Group;

struct _FobGroups
{
  GPtrArray *groups;   /* of Group, in order */
  GHashTable *by_uuid; /* borrowed */
  GHashTable *by_name; /* borrowed; of several with one name, the first */
};

static void
group_free (Group *group)
{
  g_clear_pointer (&group->uuid, g_free);
  g_clear_pointer (&group->name, g_free);
  g_free (group);
}

static Group *
add_group (FobGroups *self, const char *uuid, const char *name)
{
  Group *group = g_new0 (Group, 1);

  group->uuid = g_strdup (uuid);
  group->name = g_strdup (name);
  g_ptr_array_add (self->groups, group);
  g_hash_table_insert (self->by_uuid, group->uuid, group);
  if (!g_hash_table_contains (self->by_name, group->name))
    g_hash_table_insert (self->by_name, group->name, group);

  return group;
}

FobGroups *
fob_groups_new (json_t *groups)
{
  FobGroups *self = g_new0 (FobGroups, 1);
  gsize i;
  json_t *group;

  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  json_array_foreach (groups, i, group)
  {
    const char *uuid = json_string_value (json_object_get (group, "uuid"));
    const char *name = json_string_value (json_object_get (group, "name"));

    if (uuid != NULL && name != NULL && !g_hash_table_contains (self->by_uuid, uuid))
      add_group (self, uuid, name);
  }

  return self;
}

void
fob_groups_free (FobGroups *self)
{
  g_clear_pointer (&self->by_uuid, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}

const char *
fob_groups_get_name (FobGroups *self, const char *uuid)
{
  Group *group = g_hash_table_lookup (self->by_uuid, uuid);

  return group != NULL ? group->name : NULL;
}

const char *
fob_groups_use (FobGroups *self, const char *name)
{
  Group *group = g_hash_table_lookup (self->by_name, name);

  if (group == NULL)
    {
      g_autofree char *uuid = fob_random_uuid ();

      group = add_group (self, uuid, name);
    }
  group->used = TRUE;

  return group->uuid;
}

json_t *
fob_groups_format (FobGroups *self, gboolean all)
{
  json_t *groups = json_array ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];

      if (all || group->used)
        json_array_append_new (groups,
                               json_pack ("{s:s, s:s}", "uuid", group->uuid, "name", group->name));
    }

  return groups;
}
