/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-store.h"

G_BEGIN_DECLS

/**
 * fob_demo_store_new:
 *
 * Returns: (transfer full): a vault in memory with twelve varied sample accounts, for trying things
 * out and for pictures.
 */
FobStore *fob_demo_store_new (void);

G_END_DECLS
