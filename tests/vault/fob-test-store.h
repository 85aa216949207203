/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-store.h"

G_BEGIN_DECLS

typedef enum
{
  FOB_TEST_STEP_LOCK,
  FOB_TEST_STEP_LOCKED,
  FOB_TEST_STEP_LOAD,
  FOB_TEST_STEP_LOADED,
  FOB_TEST_STEP_COMMIT,
  FOB_TEST_STEP_COMMITTED,
  FOB_TEST_STEP_UNLOCK,
  FOB_TEST_STEP_UNLOCKED,
  FOB_TEST_N_STEPS,
} FobTestStep;

/* @generation: that was loaded or committed; 0 for other steps. Returns: FALSE with an error for a
 * step that fails: one that has not begun does not happen, one that has ended is called failed all
 * the same. Unlocking cannot fail. */
typedef gboolean (*FobTestHook) (FobTestStep step,
                                 guint64 generation,
                                 gpointer user_data,
                                 GError **error);

#define FOB_TYPE_TEST_STORE (fob_test_store_get_type ())
G_DECLARE_FINAL_TYPE (FobTestStore, fob_test_store, FOB, TEST_STORE, GObject)

/* Another store, with somebody who looks on at every step. @hook: called in the thread that works.
 */
FobStore *fob_test_store_new (FobStore *inner, FobTestHook hook, gpointer user_data);

G_END_DECLS
