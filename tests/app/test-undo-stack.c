/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-undo-stack.h"

static void
test_last_first (void)
{
  g_autoptr (FobUndoStack) stack = fob_undo_stack_new ();
  FobEdit *first = fob_edit_new_remove ("first");
  FobEdit *second = fob_edit_new_remove ("second");
  g_autoptr (FobEdit) taken_second = NULL;
  g_autoptr (FobEdit) taken_first = NULL;

  g_assert_true (fob_undo_stack_is_empty (stack));
  fob_undo_stack_push (stack, first);
  fob_undo_stack_push (stack, second);
  g_assert_false (fob_undo_stack_is_empty (stack));
  taken_second = fob_undo_stack_take (stack, 0);
  taken_first = fob_undo_stack_take (stack, 0);
  g_assert_true (taken_second == second);
  g_assert_true (taken_first == first);
  g_assert_true (fob_undo_stack_is_empty (stack));
  g_assert_null (fob_undo_stack_take (stack, 0));
}

/* The button of an older toast takes its own edit, once. */
static void
test_by_serial (void)
{
  g_autoptr (FobUndoStack) stack = fob_undo_stack_new ();
  FobEdit *edits[3];
  guint serials[3];
  g_autoptr (FobEdit) taken = NULL;
  g_autoptr (FobEdit) last = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      edits[i] = fob_edit_new_remove ("x");
      serials[i] = fob_undo_stack_push (stack, edits[i]);
      g_assert_cmpuint (serials[i], !=, 0);
    }
  g_assert_cmpuint (serials[0], !=, serials[1]);
  g_assert_cmpuint (serials[1], !=, serials[2]);

  taken = fob_undo_stack_take (stack, serials[1]);
  g_assert_true (taken == edits[1]);
  g_assert_null (fob_undo_stack_take (stack, serials[1]));
  g_assert_null (fob_undo_stack_take (stack, serials[2] + 1));
  last = fob_undo_stack_take (stack, 0);
  g_assert_true (last == edits[2]);
}

/* Deleted accounts are held with their secrets, so only a few are. */
static void
test_bounded (void)
{
  g_autoptr (FobUndoStack) stack = fob_undo_stack_new ();
  const guint first = fob_undo_stack_push (stack, fob_edit_new_remove ("first"));
  guint n_held = 0;

  for (guint i = 0; i < 100; i++)
    fob_undo_stack_push (stack, fob_edit_new_remove ("later"));
  g_assert_null (fob_undo_stack_take (stack, first));
  while (!fob_undo_stack_is_empty (stack))
    {
      g_autoptr (FobEdit) edit = fob_undo_stack_take (stack, 0);

      g_assert_nonnull (edit);
      n_held++;
    }
  g_assert_cmpuint (n_held, >=, 1);
  g_assert_cmpuint (n_held, <=, 20);
}

static void
test_clear (void)
{
  g_autoptr (FobUndoStack) stack = fob_undo_stack_new ();
  const guint serial = fob_undo_stack_push (stack, fob_edit_new_remove ("x"));
  guint other;

  fob_undo_stack_clear (stack);
  g_assert_true (fob_undo_stack_is_empty (stack));
  g_assert_null (fob_undo_stack_take (stack, serial));

  /* A toast of before must not undo something that came after. */
  other = fob_undo_stack_push (stack, fob_edit_new_remove ("y"));
  g_assert_cmpuint (other, !=, serial);
  g_assert_null (fob_undo_stack_take (stack, serial));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/undo-stack/last-first", test_last_first);
  g_test_add_func ("/app/undo-stack/by-serial", test_by_serial);
  g_test_add_func ("/app/undo-stack/bounded", test_bounded);
  g_test_add_func ("/app/undo-stack/clear", test_clear);

  return g_test_run ();
}
