/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-query.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-command.h"
#include "fob-display-text.h"
#include "fob-search.h"

/* So many candidates say enough. */
#define MOST_CANDIDATES 20

char *
fob_query_dup_title (FobAccount *account)
{
  const char *issuer = fob_account_get_issuer (account);
  const char *name = fob_account_get_name (account);

  if (*issuer == '\0')
    return g_strdup (name);
  if (*name == '\0')
    return g_strdup (issuer);

  return g_strconcat (issuer, ":", name, NULL);
}

/* @folded: the query */
static gboolean
is_exact (FobAccount *account, const char *folded)
{
  g_autofree char *title = fob_query_dup_title (account);
  g_autofree char *folded_title = fob_search_fold (title);
  g_autofree char *folded_issuer = fob_search_fold (fob_account_get_issuer (account));
  g_autofree char *folded_name = fob_search_fold (fob_account_get_name (account));

  return g_str_equal (folded_title, folded) || g_str_equal (folded_issuer, folded) ||
         g_str_equal (folded_name, folded);
}

/* @all: (transfer full): of FobAccount */
static GPtrArray *
list_matching (GPtrArray *all, const char *query)
{
  g_autoptr (GPtrArray) accounts = all;
  g_autoptr (GPtrArray) exact = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FobSearch) search = NULL;
  g_autofree char *folded = NULL;

  if (query == NULL || *query == '\0')
    return g_steal_pointer (&accounts);
  if (strlen (query) > FOB_QUERY_SIZE_MAX)
    return g_steal_pointer (&found);

  search = fob_search_new (query);
  folded = fob_search_fold (query);
  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *account = accounts->pdata[i];

      if (g_ascii_strcasecmp (fob_account_get_id (account), query) == 0)
        {
          g_ptr_array_set_size (found, 0);
          g_ptr_array_add (found, g_object_ref (account));
          return g_steal_pointer (&found);
        }
      if (is_exact (account, folded))
        g_ptr_array_add (exact, g_object_ref (account));
      if (fob_search_matches (search, account))
        g_ptr_array_add (found, g_object_ref (account));
    }

  return exact->len > 0 ? g_steal_pointer (&exact) : g_steal_pointer (&found);
}

GPtrArray *
fob_query_list (FobPayload *payload, const char *query)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    g_ptr_array_add (all, g_object_ref (fob_payload_get_account (payload, i)));

  return list_matching (all, query);
}

GPtrArray *
fob_query_list_trash (FobPayload *payload, const char *query)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < fob_payload_get_n_trashed (payload); i++)
    g_ptr_array_add (all, g_object_ref (fob_payload_get_trashed (payload, i, NULL)));

  return list_matching (all, query);
}

static void
print_candidates (GPtrArray *matches)
{
  fprintf (stderr, "fob: %s\n",
           _ ("Several accounts fit. Say more of the name, or give the id of one:"));
  for (guint i = 0; i < matches->len && i < MOST_CANDIDATES; i++)
    {
      g_autofree char *title = fob_query_dup_title (matches->pdata[i]);
      g_autofree char *shown = fob_display_text (title);

      fprintf (stderr, "  %s  %s\n", fob_account_get_id (matches->pdata[i]), shown);
    }
  if (matches->len > MOST_CANDIDATES)
    {
      const guint n_more = matches->len - MOST_CANDIDATES;

      fprintf (stderr, ngettext ("  and %u more\n", "  and %u more\n", n_more), n_more);
    }
}

FobAccount *
fob_query_pick (GPtrArray *matches, int *status)
{
  if (matches->len == 1)
    return matches->pdata[0];

  if (matches->len == 0)
    {
      fprintf (stderr, "fob: %s\n", _ ("No account fits. “fob list” shows those that are there."));
      *status = FOB_EXIT_FAILED;
    }
  else
    {
      print_candidates (matches);
      *status = FOB_EXIT_USAGE;
    }

  return NULL;
}
