/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-list-search.h"

struct _FobListSearch
{
  GObject parent_instance;

  FobSearch *search;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobListSearch, fob_list_search, G_TYPE_OBJECT)

static void
fob_list_search_finalize (GObject *object)
{
  g_clear_pointer (&FOB_LIST_SEARCH (object)->search, fob_search_free);

  G_OBJECT_CLASS (fob_list_search_parent_class)->finalize (object);
}

static void
fob_list_search_class_init (FobListSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_list_search_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_list_search_init (FobListSearch *self)
{
  self->search = fob_search_new ("");
}

FobListSearch *
fob_list_search_new (void)
{
  return g_object_new (FOB_TYPE_LIST_SEARCH, NULL);
}

void
fob_list_search_set_text (FobListSearch *self, const char *text)
{
  g_return_if_fail (FOB_IS_LIST_SEARCH (self));

  fob_search_free (self->search);
  self->search = fob_search_new (text);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

FobSearch *
fob_list_search_get (FobListSearch *self)
{
  g_assert (FOB_IS_LIST_SEARCH (self));

  return self->search;
}
