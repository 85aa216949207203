/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-doctor.h"
#include "fob-vault.h"

G_BEGIN_DECLS

/**
 * fob_health_check_async:
 * @vault: that is open
 *
 * Looks in a worker at what may make codes wrong or accounts get lost: the clock, the backups, the
 * secrets, the keyring. Changes nothing.
 */
void fob_health_check_async (FobVault *vault,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Returns: (transfer full) (nullable) (element-type FobFinding): the worst first; G_IO_ERROR. */
GPtrArray *fob_health_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
