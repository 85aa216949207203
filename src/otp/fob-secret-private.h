/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-secret.h"

G_BEGIN_DECLS

/* The size of OpenSSL's secure heap. */
#define FOB_SECRET_HEAP_SIZE (1024 * 1024)

/**
 * fob_secret_new_uninitialized:
 * @data: (out): @size bytes to fill before anyone else sees the secret
 */
FobSecret *fob_secret_new_uninitialized (gsize size, guint8 **data);

/**
 * fob_secret_is_locked:
 *
 * Returns: whether the bytes are in the secure heap, rather than in ordinary memory because it
 * was full.
 */
gboolean fob_secret_is_locked (FobSecret *self);

G_END_DECLS
