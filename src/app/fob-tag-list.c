/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-tag-list.h"

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
fob_tag_list_new (GListModel *accounts)
{
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);
  const guint n_accounts = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (accounts, i);
      const char *const *own = fob_account_get_tags (account);

      for (guint j = 0; own[j] != NULL; j++)
        {
          if (g_hash_table_contains (met, own[j]))
            continue;
          g_ptr_array_add (tags, g_strdup (own[j]));
          g_hash_table_add (met, tags->pdata[tags->len - 1]);
        }
    }
  g_ptr_array_sort (tags, compare_tags);

  return tags;
}

guint
fob_tag_list_count (GListModel *accounts, const char *tag)
{
  const guint n_accounts = g_list_model_get_n_items (accounts);
  guint n_tagged = 0;

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (accounts, i);

      n_tagged += fob_account_has_tag (account, tag) ? 1 : 0;
    }

  return n_tagged;
}

FobEdit *
fob_tag_list_replace (GListModel *accounts, const char *tag, const char *new_tag)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);
  const guint n_accounts = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (accounts, i);
      g_autoptr (FobAccount) changed = NULL;

      if (!fob_account_has_tag (account, tag))
        continue;
      changed = fob_account_with_tag_replaced (account, tag, new_tag);
      g_ptr_array_add (edits, fob_edit_new_update (account, changed));
    }

  return edits->len > 0 ? fob_edit_new_batch (edits) : NULL;
}
