/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-list.h"

#include <adwaita.h>

#include "fob-account-row.h"
#include "fob-search.h"
#include "fob-shortcuts.h"

struct _FobAccountList
{
  GtkWidget parent_instance;

  GtkListView *list_view;

  FobClock *clock;
  FobCounterCodes *counter_codes;
  FobSelection *selection;
  FobSearch *search;
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
};

enum
{
  PROP_0,
  PROP_N_SHOWN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FobAccountList, fob_account_list, GTK_TYPE_WIDGET)

static gboolean
fob_account_list_filter_cb (gpointer item, gpointer user_data)
{
  FobAccountList *self = user_data;

  return self->search == NULL || fob_search_matches (self->search, item);
}

/* Pinned ones first; the sort is stable, so the rest keeps the order of the vault. */
static int
fob_account_list_compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return fob_account_get_pinned ((FobAccount *) b) - fob_account_get_pinned ((FobAccount *) a);
}

static void
fob_account_list_items_changed_cb (FobAccountList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SHOWN]);
}

static void
fob_account_list_setup_item_cb (FobAccountList *self, GtkListItem *item)
{
  gtk_list_item_set_child (item,
                           fob_account_row_new (self->clock, self->counter_codes, self->selection));
}

static void
fob_account_list_bind_item_cb (FobAccountList *self, GtkListItem *item)
{
  fob_account_row_set_account (FOB_ACCOUNT_ROW (gtk_list_item_get_child (item)),
                               FOB_ACCOUNT (gtk_list_item_get_item (item)));
}

static void
fob_account_list_unbind_item_cb (FobAccountList *self, GtkListItem *item)
{
  fob_account_row_set_account (FOB_ACCOUNT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
fob_account_list_activate_cb (FobAccountList *self, guint position)
{
  g_autoptr (FobAccount) account = fob_account_list_dup_shown (self, position);

  if (account == NULL)
    return;
  if (fob_selection_get_active (self->selection))
    fob_selection_set (self->selection, account,
                       !fob_selection_contains (self->selection, account));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.copy", "s", fob_account_get_id (account));
}

/* The row inside the item that has the keyboard focus, or around the button that has it. */
static FobAccountRow *
fob_account_list_get_focused_row (FobAccountList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_view)))
    return NULL;

  row = gtk_widget_get_ancestor (focus, FOB_TYPE_ACCOUNT_ROW);
  if (row == NULL)
    row = gtk_widget_get_first_child (focus);

  return FOB_IS_ACCOUNT_ROW (row) ? FOB_ACCOUNT_ROW (row) : NULL;
}

/* list.edit → row.edit of the focused row, and so on. */
static void
fob_account_list_forward_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobAccountRow *row = fob_account_list_get_focused_row (FOB_ACCOUNT_LIST (widget));
  g_autofree char *row_action = NULL;

  if (row == NULL)
    return;

  row_action = g_strconcat ("row.", action_name + strlen ("list."), NULL);
  gtk_widget_activate_action (GTK_WIDGET (row), row_action, NULL);
}

static gboolean
fob_account_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FOB_ACCOUNT_LIST (widget)->list_view));
}

static void
fob_account_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_SHOWN:
      g_value_set_uint (value, fob_account_list_get_n_shown (FOB_ACCOUNT_LIST (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_account_list_dispose (GObject *object)
{
  FobAccountList *self = FOB_ACCOUNT_LIST (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->search, fob_search_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->counter_codes);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fob_account_list_parent_class)->dispose (object);
}

static void
fob_account_list_class_init (FobAccountListClass *klass)
{
  static const char *const forwarded[] = { "list.copy", "list.copy-next", "list.edit",
                                           "list.menu", "list.delete",    "list.next-counter" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_account_list_dispose;
  object_class->get_property = fob_account_list_get_property;

  widget_class->grab_focus = fob_account_list_grab_focus;

  properties[PROP_N_SHOWN] =
    g_param_spec_uint ("n-shown", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-account-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FobAccountList, list_view);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_list_activate_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_class_install_action (widget_class, forwarded[i], NULL,
                                     fob_account_list_forward_action);
  fob_shortcuts_add_to_class (widget_class, FOB_SHORTCUT_LIST);
}

static void
fob_account_list_init (FobAccountList *self)
{
  GtkSorter *sorter;
  GtkSelectionModel *selection;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = GTK_FILTER (gtk_custom_filter_new (fob_account_list_filter_cb, self, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, NULL);
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  sorter = GTK_SORTER (gtk_custom_sorter_new (fob_account_list_compare_cb, NULL, NULL));
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filtered)), sorter);
  g_signal_connect_object (self->filtered, "notify::pending",
                           G_CALLBACK (fob_account_list_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sorted, "items-changed",
                           G_CALLBACK (fob_account_list_items_changed_cb), self, G_CONNECT_SWAPPED);
  selection =
    GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->sorted))));
  gtk_list_view_set_model (self->list_view, selection);
  g_object_unref (selection);
}

void
fob_account_list_setup (FobAccountList *self,
                        FobClock *clock,
                        FobCounterCodes *counter_codes,
                        FobSelection *selection)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));
  g_return_if_fail (self->clock == NULL);

  self->clock = g_object_ref (clock);
  self->counter_codes = g_object_ref (counter_codes);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (factory, "setup", G_CALLBACK (fob_account_list_setup_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (fob_account_list_bind_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (fob_account_list_unbind_item_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
}

void
fob_account_list_set_model (FobAccountList *self, GListModel *model)
{
  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));

  gtk_filter_list_model_set_model (self->filtered, model);
}

void
fob_account_list_set_search (FobAccountList *self, const char *text)
{
  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));

  g_clear_pointer (&self->search, fob_search_free);
  self->search = fob_search_new (text);
  /* Without a filter all rows are there at once; with one they come in small portions. */
  if (fob_search_is_empty (self->search))
    gtk_filter_list_model_set_filter (self->filtered, NULL);
  else if (gtk_filter_list_model_get_filter (self->filtered) == NULL)
    gtk_filter_list_model_set_filter (self->filtered, self->filter);
  else
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

guint
fob_account_list_get_n_shown (FobAccountList *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_LIST (self), 0);

  return self->sorted != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) : 0;
}

gboolean
fob_account_list_is_searching (FobAccountList *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_LIST (self), FALSE);

  return gtk_filter_list_model_get_pending (self->filtered) > 0;
}

FobAccount *
fob_account_list_dup_shown (FobAccountList *self, guint position)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_LIST (self), NULL);

  return g_list_model_get_item (G_LIST_MODEL (self->sorted), position);
}

GListModel *
fob_account_list_get_shown (FobAccountList *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_LIST (self), NULL);

  return G_LIST_MODEL (self->sorted);
}
