/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-vault-work.h"
#include "fob-vault.h"

G_BEGIN_DECLS

/* Has @work done when it is its turn; @task returns then. @work: (transfer full): the data of @task
 * from now on */
void fob_vault_enqueue (FobVault *self, GTask *task, FobVaultWork *work);

/* The state of a vault that was asked to open. */
void fob_vault_begin_opening (FobVault *self);

G_END_DECLS
