/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-window.h"

G_BEGIN_DECLS

#define FOB_TYPE_CODE_SERVICE (fob_code_service_get_type ())
G_DECLARE_FINAL_TYPE (FobCodeService, fob_code_service, FOB, CODE_SERVICE, GObject)

/**
 * FobCodeService:
 *
 * What the window does for `fob` on the session bus: interface io.github.keyfob.Keyfob.Codes with
 * the method `Copy (account id, whether the next code) → (seconds until it is taken back, 0 for
 * never)`. No code and no secret ever goes over the bus, and nothing opens a vault that is not
 * open.
 */
FobCodeService *fob_code_service_new (void);

/* @path: of the object; the application's own */
gboolean fob_code_service_export (FobCodeService *self,
                                  GDBusConnection *connection,
                                  const char *path,
                                  GError **error);
void fob_code_service_unexport (FobCodeService *self);

/* @window: (nullable): the one that is there; not kept alive */
void fob_code_service_set_window (FobCodeService *self, FobWindow *window);

G_END_DECLS
