/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-list.h"

#include <adwaita.h>

#include "fob-account-order.h"
#include "fob-account-row.h"
#include "fob-list-search.h"
#include "fob-row-drag.h"
#include "fob-search.h"
#include "fob-settings.h"
#include "fob-shortcuts.h"

struct _FobAccountList
{
  GtkWidget parent_instance;

  GtkListView *list_view;

  FobClock *clock;
  FobCounterCodes *counter_codes;
  FobSelection *selection;
  FobUsage *usage;
  FobListSearch *search;
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GPtrArray *items; /* of GtkListItem: those with an account; borrowed */
  gboolean hints;
  gboolean usage_changed; /* since the accounts were put in order */
  char *tag;              /* of the accounts that are shown; NULL for all */
  char *moved_id;         /* the account that was just moved by keyboard, until it has the focus */
  guint focus_source;     /* gives it the focus */
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

  return (self->tag == NULL || g_strv_contains (fob_account_get_tags (item), self->tag)) &&
         fob_search_matches (fob_list_search_get (self->search), item);
}

static void
fob_account_list_sort (FobAccountList *self)
{
  g_autoptr (GtkSorter) sorter = NULL;

  if (self->usage == NULL)
    return;

  self->usage_changed = FALSE;
  sorter = fob_account_order_create (self->search, fob_settings_get_sort (), self->usage);
  gtk_sort_list_model_set_sorter (self->sorted, sorter);
}

static void
fob_account_list_usage_noted_cb (FobAccountList *self)
{
  self->usage_changed = TRUE;
}

static void
fob_account_list_compact_cb (FobAccountList *self)
{
  if (fob_settings_get_compact ())
    gtk_widget_add_css_class (GTK_WIDGET (self->list_view), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->list_view), "compact");
}

static void
fob_account_list_items_changed_cb (FobAccountList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SHOWN]);
}

static void
fob_account_list_setup_item_cb (FobAccountList *self, GtkListItem *item)
{
  GtkWidget *row =
    fob_account_row_new (self->clock, self->counter_codes, self->selection, self->search);

  fob_row_drag_add (FOB_ACCOUNT_ROW (row));
  gtk_list_item_set_child (item, row);
}

static void
fob_account_list_update_hint (FobAccountList *self, GtkListItem *item)
{
  const guint position = gtk_list_item_get_position (item);

  fob_account_row_set_hint (FOB_ACCOUNT_ROW (gtk_list_item_get_child (item)),
                            self->hints && position < FOB_ACCOUNT_LIST_N_HINTS ? position + 1 : 0);
}

/* What was moved keeps the focus, so that it can be moved on. */
static gboolean
fob_account_list_focus_cb (gpointer user_data)
{
  FobAccountList *self = user_data;

  self->focus_source = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      GtkWidget *row = gtk_list_item_get_child (self->items->pdata[i]);
      FobAccount *account = gtk_list_item_get_item (self->items->pdata[i]);

      if (g_strcmp0 (self->moved_id, fob_account_get_id (account)) == 0)
        gtk_widget_grab_focus (gtk_widget_get_parent (row));
    }
  g_clear_pointer (&self->moved_id, g_free);

  return G_SOURCE_REMOVE;
}

static void
fob_account_list_bind_item_cb (FobAccountList *self, GtkListItem *item)
{
  g_ptr_array_add (self->items, item);
  fob_account_row_set_account (FOB_ACCOUNT_ROW (gtk_list_item_get_child (item)),
                               FOB_ACCOUNT (gtk_list_item_get_item (item)));
  fob_account_list_update_hint (self, item);
  if (self->moved_id != NULL && self->focus_source == 0)
    self->focus_source = g_idle_add (fob_account_list_focus_cb, self);
}

static void
fob_account_list_unbind_item_cb (FobAccountList *self, GtkListItem *item)
{
  g_ptr_array_remove_fast (self->items, item);
  fob_account_row_set_account (FOB_ACCOUNT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
fob_account_list_reveal (FobAccountList *self, guint position)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      if (gtk_list_item_get_position (self->items->pdata[i]) == position)
        fob_account_row_reveal (FOB_ACCOUNT_ROW (gtk_list_item_get_child (self->items->pdata[i])));
    }
}

static void
fob_account_list_activate_cb (FobAccountList *self, guint position)
{
  g_autoptr (FobAccount) account = fob_account_list_dup_shown (self, position);

  if (account == NULL)
    return;
  if (fob_selection_get_active (self->selection))
    {
      fob_selection_set (self->selection, account,
                         !fob_selection_contains (self->selection, account));
      return;
    }
  fob_account_list_reveal (self, position);
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

static guint
fob_account_list_get_position (FobAccountList *self, FobAccountRow *row)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      if (gtk_list_item_get_child (self->items->pdata[i]) == GTK_WIDGET (row))
        return gtk_list_item_get_position (self->items->pdata[i]);
    }

  return GTK_INVALID_LIST_POSITION;
}

/* To the place of the row above or below, among the pinned ones or among the others. */
static void
fob_account_list_move_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobAccountList *self = FOB_ACCOUNT_LIST (widget);
  const gboolean up = g_str_equal (action_name, "list.move-up");
  FobAccountRow *row = fob_account_list_get_focused_row (self);
  FobAccount *account = row != NULL ? fob_account_row_get_account (row) : NULL;
  const guint position = row != NULL ? fob_account_list_get_position (self, row) : 0;
  g_autoptr (FobAccount) other = NULL;

  if (account == NULL || (up && position == 0))
    return;
  other = fob_account_list_dup_shown (self, up ? position - 1 : position + 1);
  if (other == NULL || fob_account_get_pinned (other) != fob_account_get_pinned (account))
    return;

  g_free (self->moved_id);
  self->moved_id = g_strdup (fob_account_get_id (account));
  gtk_widget_activate_action (widget, "win.move", "(ss)", fob_account_get_id (account),
                              fob_account_get_id (other));
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
  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->search);
  g_clear_object (&self->usage);
  g_clear_object (&self->selection);
  g_clear_object (&self->counter_codes);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fob_account_list_parent_class)->dispose (object);
}

static void
fob_account_list_finalize (GObject *object)
{
  g_clear_pointer (&FOB_ACCOUNT_LIST (object)->items, g_ptr_array_unref);
  g_clear_pointer (&FOB_ACCOUNT_LIST (object)->moved_id, g_free);
  g_clear_pointer (&FOB_ACCOUNT_LIST (object)->tag, g_free);

  G_OBJECT_CLASS (fob_account_list_parent_class)->finalize (object);
}

static void
fob_account_list_class_init (FobAccountListClass *klass)
{
  static const char *const forwarded[] = { "list.copy", "list.copy-next", "list.edit",
                                           "list.menu", "list.delete",    "list.next-counter" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_account_list_dispose;
  object_class->finalize = fob_account_list_finalize;
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
  gtk_widget_class_install_action (widget_class, "list.move-up", NULL,
                                   fob_account_list_move_action);
  gtk_widget_class_install_action (widget_class, "list.move-down", NULL,
                                   fob_account_list_move_action);
  fob_shortcuts_add_to_class (widget_class, FOB_SHORTCUT_LIST);
}

static void
fob_account_list_init (FobAccountList *self)
{
  GtkSelectionModel *selection;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_ptr_array_new ();
  self->search = fob_list_search_new ();
  self->filter = GTK_FILTER (gtk_custom_filter_new (fob_account_list_filter_cb, self, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, NULL);
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filtered)), NULL);
  g_signal_connect_object (self->filtered, "notify::pending",
                           G_CALLBACK (fob_account_list_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sorted, "items-changed",
                           G_CALLBACK (fob_account_list_items_changed_cb), self, G_CONNECT_SWAPPED);
  selection =
    GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->sorted))));
  gtk_list_view_set_model (self->list_view, selection);
  g_object_unref (selection);
  fob_settings_connect ("sort", G_CALLBACK (fob_account_list_sort), self);
  fob_settings_connect ("compact", G_CALLBACK (fob_account_list_compact_cb), self);
  fob_account_list_compact_cb (self);
}

void
fob_account_list_setup (FobAccountList *self,
                        FobClock *clock,
                        FobCounterCodes *counter_codes,
                        FobSelection *selection,
                        FobUsage *usage)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));
  g_return_if_fail (self->clock == NULL);

  self->clock = g_object_ref (clock);
  self->counter_codes = g_object_ref (counter_codes);
  self->selection = g_object_ref (selection);
  self->usage = g_object_ref (usage);
  g_signal_connect_object (usage, "noted", G_CALLBACK (fob_account_list_usage_noted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (usage, "loaded", G_CALLBACK (fob_account_list_sort), self,
                           G_CONNECT_SWAPPED);
  fob_account_list_sort (self);
  g_signal_connect_object (factory, "setup", G_CALLBACK (fob_account_list_setup_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (fob_account_list_bind_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (fob_account_list_unbind_item_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
}

void
fob_account_list_settle (FobAccountList *self)
{
  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));

  if (self->usage_changed)
    fob_account_list_sort (self);
}

void
fob_account_list_set_model (FobAccountList *self, GListModel *model)
{
  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));

  gtk_filter_list_model_set_model (self->filtered, model);
}

static void
fob_account_list_update_filter (FobAccountList *self)
{
  /* Without a filter all rows are there at once; with one they come in small portions. */
  if (self->tag == NULL && fob_search_is_empty (fob_list_search_get (self->search)))
    gtk_filter_list_model_set_filter (self->filtered, NULL);
  else if (gtk_filter_list_model_get_filter (self->filtered) == NULL)
    gtk_filter_list_model_set_filter (self->filtered, self->filter);
  else
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

void
fob_account_list_set_search (FobAccountList *self, const char *text)
{
  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));

  fob_list_search_set_text (self->search, text);
  fob_account_list_update_filter (self);
  fob_account_list_sort (self);
}

void
fob_account_list_set_tag (FobAccountList *self, const char *tag)
{
  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));

  g_free (self->tag);
  self->tag = g_strdup (tag);
  fob_account_list_update_filter (self);
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

void
fob_account_list_set_hints (FobAccountList *self, gboolean hints)
{
  g_return_if_fail (FOB_IS_ACCOUNT_LIST (self));

  if (self->hints == hints)
    return;

  self->hints = hints;
  for (guint i = 0; i < self->items->len; i++)
    fob_account_list_update_hint (self, self->items->pdata[i]);
}
