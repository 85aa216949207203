/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOB_TYPE_AUTO_LOCK (fob_auto_lock_get_type ())
G_DECLARE_FINAL_TYPE (FobAutoLock, fob_auto_lock, FOB, AUTO_LOCK, GObject)

/**
 * FobAutoLockReason:
 *
 * Why it is time to lock.
 */
typedef enum
{
  FOB_AUTO_LOCK_REASON_IDLE,
  FOB_AUTO_LOCK_REASON_SCREEN,
  FOB_AUTO_LOCK_REASON_SLEEP,
} FobAutoLockReason;

/**
 * FobAutoLock:
 *
 * Says when the accounts should be locked without anybody asking for it, as the settings want it:
 * after a while without input, with the screen, before sleep.
 *
 * Signals: "lock" (int: FobAutoLockReason); "screen-unlocked": whoever is there has shown the
 * desktop who they are.
 */
FobAutoLock *fob_auto_lock_new (void);

G_END_DECLS
