/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-merge.h"

#include "fob-merge-account.h"

/* An item, and what it comes to. */
typedef struct
{
  FobMergeItem public;
  FobAccount *result; /* (nullable): of what is new or changed */
} Item;

struct _FobMerge
{
  FobMergeMode mode;
  FobPayload *ours;
  FobPayload *theirs;
  GArray *items; /* of Item */
};

/* While a plan is made. */
typedef struct
{
  FobMerge *merge;
  GHashTable *ours_by_id;
  GHashTable *theirs_by_id;
  GHashTable *ours_by_names; /* issuer, line break, name → GPtrArray of those not matched yet */
  GHashTable *matched;       /* ids of ours */
} Planner;

static void
clear_item (gpointer data)
{
  g_clear_object (&((Item *) data)->result);
}

/* Planning */

static char *
dup_names (FobAccount *account)
{
  return g_strconcat (fob_account_get_issuer (account), "\n", fob_account_get_name (account), NULL);
}

static GHashTable *
index_by_id (FobPayload *payload)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    {
      FobAccount *account = fob_payload_get_account (payload, i);

      g_hash_table_insert (index, (gpointer) fob_account_get_id (account), account);
    }

  return index;
}

static void
planner_init (Planner *planner, FobMerge *merge)
{
  planner->merge = merge;
  planner->ours_by_id = index_by_id (merge->ours);
  planner->theirs_by_id = index_by_id (merge->theirs);
  planner->ours_by_names =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  planner->matched = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fob_payload_get_n_accounts (merge->ours); i++)
    {
      FobAccount *account = fob_payload_get_account (merge->ours, i);
      g_autofree char *names = dup_names (account);
      GPtrArray *same = g_hash_table_lookup (planner->ours_by_names, names);

      if (g_hash_table_contains (planner->theirs_by_id, fob_account_get_id (account)))
        continue;
      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (planner->ours_by_names, g_steal_pointer (&names), same);
        }
      g_ptr_array_add (same, account);
    }
}

static void
planner_clear (Planner *planner)
{
  g_clear_pointer (&planner->ours_by_id, g_hash_table_unref);
  g_clear_pointer (&planner->theirs_by_id, g_hash_table_unref);
  g_clear_pointer (&planner->ours_by_names, g_hash_table_unref);
  g_clear_pointer (&planner->matched, g_hash_table_unref);
}

/* Returns: (nullable): ours that is the same as @theirs. Each is the same as one at most. */
static FobAccount *
match (Planner *planner, FobAccount *theirs)
{
  g_autofree char *names = dup_names (theirs);
  FobAccount *ours = g_hash_table_lookup (planner->ours_by_id, fob_account_get_id (theirs));
  GPtrArray *same = g_hash_table_lookup (planner->ours_by_names, names);

  for (guint i = 0; ours == NULL && same != NULL && i < same->len; i++)
    {
      if (fob_merge_account_is_same (same->pdata[i], theirs))
        ours = g_ptr_array_steal_index (same, i);
    }
  if (ours != NULL)
    g_hash_table_add (planner->matched, (gpointer) fob_account_get_id (ours));

  return ours;
}

static Item
plan_both (FobMerge *self, FobAccount *ours, FobAccount *theirs)
{
  Item item = { { FOB_MERGE_IDENTICAL, ours, theirs, fob_merge_account_compare (ours, theirs) },
                NULL };
  const gboolean is_theirs_newer =
    fob_account_get_modified (theirs) > fob_account_get_modified (ours);
  FobAccount *winner = self->mode == FOB_MERGE_REPLACE || is_theirs_newer ? theirs : ours;
  g_autoptr (FobAccount) result = NULL;

  if (item.public.fields == 0)
    return item;
  result = fob_merge_account_combine (ours, theirs, winner, self->mode);
  if (fob_merge_account_compare (ours, result) == 0)
    item.public.status = FOB_MERGE_KEPT;
  else
    {
      item.public.status = FOB_MERGE_CHANGED;
      item.result = g_steal_pointer (&result);
    }

  return item;
}

static Item
plan_theirs (FobMerge *self, FobAccount *theirs)
{
  const gint64 deleted = fob_payload_get_deletion (self->ours, fob_account_get_id (theirs));
  Item item = { { FOB_MERGE_NEW, NULL, theirs, 0 }, NULL };

  if (deleted == 0)
    item.result = g_object_ref (theirs);
  else if (self->mode != FOB_MERGE_SYNC)
    /* Wanted again now, which is later than it was deleted: the vault fills in when. */
    item.result = fob_account_with_modified (theirs, 0);
  else if (fob_account_get_modified (theirs) > deleted)
    item.result = g_object_ref (theirs);
  else
    item.public.status = FOB_MERGE_KEPT;

  return item;
}

static void
plan_ours (FobMerge *self, FobAccount *ours)
{
  const gint64 deleted = fob_payload_get_deletion (self->theirs, fob_account_get_id (ours));
  const Item item = { { FOB_MERGE_REMOVED, ours, NULL, 0 }, NULL };

  if (self->mode == FOB_MERGE_REPLACE ||
      (self->mode == FOB_MERGE_SYNC && deleted > 0 && deleted >= fob_account_get_modified (ours)))
    g_array_append_val (self->items, item);
}

FobMerge *
fob_merge_new (FobPayload *ours, FobPayload *theirs, FobMergeMode mode)
{
  FobMerge *self = g_new0 (FobMerge, 1);
  Planner planner;

  self->mode = mode;
  self->ours = fob_payload_ref (ours);
  self->theirs = fob_payload_ref (theirs);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);

  planner_init (&planner, self);
  for (guint i = 0; i < fob_payload_get_n_accounts (theirs); i++)
    {
      FobAccount *account = fob_payload_get_account (theirs, i);
      FobAccount *same = match (&planner, account);
      const Item item =
        same != NULL ? plan_both (self, same, account) : plan_theirs (self, account);

      g_array_append_val (self->items, item);
    }
  for (guint i = 0; i < fob_payload_get_n_accounts (ours); i++)
    {
      FobAccount *account = fob_payload_get_account (ours, i);

      if (!g_hash_table_contains (planner.matched, fob_account_get_id (account)))
        plan_ours (self, account);
    }
  planner_clear (&planner);

  return self;
}

void
fob_merge_free (FobMerge *self)
{
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->ours, fob_payload_unref);
  g_clear_pointer (&self->theirs, fob_payload_unref);
  g_free (self);
}

guint
fob_merge_get_n_items (FobMerge *self)
{
  return self->items->len;
}

const FobMergeItem *
fob_merge_get_item (FobMerge *self, guint position)
{
  g_return_val_if_fail (position < self->items->len, NULL);

  return &g_array_index (self->items, Item, position).public;
}

guint
fob_merge_count (FobMerge *self, FobMergeStatus status)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += g_array_index (self->items, Item, i).public.status == status ? 1 : 0;

  return n;
}

guint
fob_merge_get_n_unreadable (FobMerge *self)
{
  return fob_payload_get_n_unreadable (self->theirs);
}

/* What stays here, in the order of the other side, against its order here. */
static gboolean
is_in_order (FobMerge *self)
{
  g_autoptr (GHashTable) removed = g_hash_table_new (NULL, NULL);
  guint position = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      if (item->public.status == FOB_MERGE_REMOVED)
        g_hash_table_add (removed, item->public.ours);
    }
  for (guint i = 0; i < fob_payload_get_n_accounts (self->ours); i++)
    {
      FobAccount *account = fob_payload_get_account (self->ours, i);

      if (g_hash_table_contains (removed, account))
        continue;
      while (position < self->items->len &&
             g_array_index (self->items, Item, position).public.ours == NULL)
        position++;
      if (position == self->items->len ||
          g_array_index (self->items, Item, position).public.ours != account)
        return FALSE;
      position++;
    }

  return TRUE;
}

gboolean
fob_merge_is_empty (FobMerge *self)
{
  return fob_merge_count (self, FOB_MERGE_NEW) == 0 &&
         fob_merge_count (self, FOB_MERGE_CHANGED) == 0 &&
         fob_merge_count (self, FOB_MERGE_REMOVED) == 0 &&
         (self->mode != FOB_MERGE_REPLACE || is_in_order (self));
}

/* Edits */

static FobEdit *
create_edit (const Item *item, guint position)
{
  switch (item->public.status)
    {
    case FOB_MERGE_NEW:
      return fob_edit_new_add (item->result, position);
    case FOB_MERGE_CHANGED:
      return fob_edit_new_update (item->public.ours, item->result);
    case FOB_MERGE_REMOVED:
      return fob_edit_new_remove (fob_account_get_id (item->public.ours));

    case FOB_MERGE_KEPT:
    case FOB_MERGE_IDENTICAL:
    case FOB_MERGE_N_STATUSES:
    default:
      return NULL;
    }
}

FobEdit *
fob_merge_dup_item_edit (FobMerge *self, guint position)
{
  g_return_val_if_fail (position < self->items->len, NULL);

  return create_edit (&g_array_index (self->items, Item, position), G_MAXUINT);
}

/* Adds the move, if any, that brings @id to @position. @order: ids as they stand by then. */
static void
add_move (GPtrArray *edits, GPtrArray *order, const char *id, guint position)
{
  guint from = position;

  while (from < order->len && !g_str_equal (order->pdata[from], id))
    from++;
  if (from == position || from == order->len)
    return;

  g_ptr_array_insert (order, (gint) position, g_ptr_array_steal_index (order, from));
  g_ptr_array_add (edits, fob_edit_new_move (id, position));
}

/* The order becomes that of the other side too. */
static void
add_replacing (FobMerge *self, GPtrArray *edits)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GHashTable) removed = g_hash_table_new (g_str_hash, g_str_equal);
  guint position = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      if (item->public.status != FOB_MERGE_REMOVED)
        continue;
      g_hash_table_add (removed, (gpointer) fob_account_get_id (item->public.ours));
      g_ptr_array_add (edits, create_edit (item, 0));
    }
  for (guint i = 0; i < fob_payload_get_n_accounts (self->ours); i++)
    {
      const char *id = fob_account_get_id (fob_payload_get_account (self->ours, i));

      if (!g_hash_table_contains (removed, id))
        g_ptr_array_add (order, (gpointer) id);
    }

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      if (item->public.status == FOB_MERGE_REMOVED)
        continue;
      if (item->public.ours == NULL)
        g_ptr_array_insert (order, (gint) position,
                            (gpointer) fob_account_get_id (item->public.theirs));
      else
        add_move (edits, order, fob_account_get_id (item->public.ours), position);
      if (item->result != NULL)
        g_ptr_array_add (edits, create_edit (item, position));
      position++;
    }
}

static void
add_merging (FobMerge *self, GPtrArray *edits)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      FobEdit *edit = create_edit (&g_array_index (self->items, Item, i), G_MAXUINT);

      if (edit != NULL)
        g_ptr_array_add (edits, edit);
    }
}

FobEdit *
fob_merge_dup_edit (FobMerge *self)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);

  if (self->mode == FOB_MERGE_REPLACE)
    add_replacing (self, edits);
  else
    add_merging (self, edits);

  return edits->len > 0 ? fob_edit_new_batch (edits) : NULL;
}
