/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-undo-stack.h"

/* Deleted accounts rest here with their secrets: a few are a convenience, all of them a leak. */
#define MOST_EDITS 10

typedef struct
{
  guint serial;
  FobEdit *edit;
} Item;

struct _FobUndoStack
{
  GQueue items; /* the last one first */
  guint last_serial;
};

static void
item_free (Item *item)
{
  g_clear_pointer (&item->edit, fob_edit_unref);
  g_free (item);
}

FobUndoStack *
fob_undo_stack_new (void)
{
  FobUndoStack *self = g_new0 (FobUndoStack, 1);

  g_queue_init (&self->items);

  return self;
}

void
fob_undo_stack_free (FobUndoStack *self)
{
  fob_undo_stack_clear (self);
  g_free (self);
}

guint
fob_undo_stack_push (FobUndoStack *self, FobEdit *inverse)
{
  Item *item = g_new0 (Item, 1);

  self->last_serial++;
  item->serial = self->last_serial;
  item->edit = inverse;
  g_queue_push_head (&self->items, item);
  if (g_queue_get_length (&self->items) > MOST_EDITS)
    item_free (g_queue_pop_tail (&self->items));

  return item->serial;
}

FobEdit *
fob_undo_stack_take (FobUndoStack *self, guint serial)
{
  for (GList *l = self->items.head; l != NULL; l = l->next)
    {
      Item *item = l->data;

      if (serial == 0 || item->serial == serial)
        {
          FobEdit *edit = g_steal_pointer (&item->edit);

          item_free (item);
          g_queue_delete_link (&self->items, l);
          return edit;
        }
    }

  return NULL;
}

gboolean
fob_undo_stack_is_empty (FobUndoStack *self)
{
  return g_queue_is_empty (&self->items);
}

void
fob_undo_stack_clear (FobUndoStack *self)
{
  g_queue_clear_full (&self->items, (GDestroyNotify) item_free);
}
