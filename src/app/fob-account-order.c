/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-order.h"

#include "fob-account.h"
#include "fob-search.h"

/* What fits best comes first, then what is pinned; the sort is stable, so the rest keeps the order
 * of the vault. */
static guint
get_rank_cb (FobAccount *account, FobListSearch *search)
{
  const guint rank = fob_search_rank (fob_list_search_get (search), account);

  if (rank == FOB_SEARCH_NO_MATCH)
    return FOB_SEARCH_NO_MATCH;

  return 2 * rank + (fob_account_get_pinned (account) ? 0 : 1);
}

static char *
get_name_cb (FobAccount *account, gpointer user_data)
{
  /* Issuers come first, and a name alone stands among them. */
  return g_strconcat (fob_account_get_issuer (account), " ", fob_account_get_name (account), NULL);
}

static gint64
get_value_cb (FobAccount *account, GHashTable *values)
{
  const gint64 *value = g_hash_table_lookup (values, fob_account_get_id (account));

  return value != NULL ? *value : 0;
}

static void
free_object (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

static void
free_table (gpointer data, GClosure *closure)
{
  g_hash_table_unref (data);
}

static GtkSorter *
create_name_sorter (void)
{
  return GTK_SORTER (gtk_string_sorter_new (gtk_cclosure_expression_new (
    G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_name_cb), NULL, NULL)));
}

static GtkSorter *
create_usage_sorter (GHashTable *values)
{
  GtkNumericSorter *sorter = gtk_numeric_sorter_new (gtk_cclosure_expression_new (
    G_TYPE_INT64, NULL, 0, NULL, G_CALLBACK (get_value_cb), g_hash_table_ref (values), free_table));

  gtk_numeric_sorter_set_sort_order (sorter, GTK_SORT_DESCENDING);

  return GTK_SORTER (sorter);
}

GtkSorter *
fob_account_order_create (FobListSearch *search, FobSort sort, FobUsage *usage)
{
  GtkMultiSorter *sorter = gtk_multi_sorter_new ();

  /* Keys are worked out once for each account, not for each comparison. */
  gtk_multi_sorter_append (sorter, GTK_SORTER (gtk_numeric_sorter_new (gtk_cclosure_expression_new (
                                     G_TYPE_UINT, NULL, 0, NULL, G_CALLBACK (get_rank_cb),
                                     g_object_ref (search), free_object))));
  if (sort == FOB_SORT_NAME)
    gtk_multi_sorter_append (sorter, create_name_sorter ());
  else if (sort != FOB_SORT_MANUAL)
    {
      g_autoptr (GHashTable) values = fob_usage_dup_values (usage, sort == FOB_SORT_RECENTLY_USED);

      gtk_multi_sorter_append (sorter, create_usage_sorter (values));
    }

  return GTK_SORTER (sorter);
}
