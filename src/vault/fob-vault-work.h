/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-edit-private.h"
#include "fob-payload.h"
#include "fob-store.h"
#include "fob-vault-loss.h"

G_BEGIN_DECLS

typedef enum
{
  FOB_VAULT_WORK_OPEN,
  FOB_VAULT_WORK_RELOAD,
  FOB_VAULT_WORK_EDIT,
  FOB_VAULT_WORK_PASSPHRASE,
  FOB_VAULT_WORK_MOVE,
  FOB_VAULT_WORK_FORGET,
} FobVaultWorkKind;

/**
 * FobVaultWork:
 *
 * One thing that FobVault has done in a worker thread: what it starts from, and what came of it.
 * The worker touches nothing else.
 */
typedef struct
{
  FobVaultWorkKind kind;
  FobStore *store;
  guint epoch;           /* of the vault when it was asked for */
  FobSecret *passphrase; /* open: the one that it has; passphrase, move: the new one; may be NULL */
  FobSecret *current;    /* passphrase: the one before; may be NULL */
  gboolean interactive;  /* open: whether the person may be asked */
  gboolean accept;       /* open: take what is there, even if it is less than there was, and set
                            aside what cannot be read */
  FobStore *to;          /* move: the new place */
  FobEdit *edit;
  FobPayload *known; /* what the vault holds; NULL if nothing */
  guint64 known_generation;

  FobPayload *payload; /* what it holds afterwards */
  guint64 generation;
  FobEnvelope *envelope; /* of the store; NULL if it has none */
  FobEdit *inverse;
  FobOtp *taken;
  FobVaultLoss *loss; /* open that failed: what is missing; NULL if nothing is */
  char *notice;       /* nullable: what the store has to say although all went well */
} FobVaultWork;

FobVaultWork *fob_vault_work_new (FobVaultWorkKind kind, FobStore *store);
void fob_vault_work_free (FobVaultWork *work);

/* Blocks. Errors are FOB_VAULT_ERROR, FOB_OTP_ERROR or cancellation; when it fails nothing has
 * changed. */
gboolean fob_vault_work_run (FobVaultWork *work, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobVaultWork, fob_vault_work_free)

G_END_DECLS
