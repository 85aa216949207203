/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-backup-name.h"
#include "fob-envelope.h"
#include "fob-payload.h"

G_BEGIN_DECLS

/* Copies of a vault, each an Aegis-format encrypted file. All of these block, for a worker thread;
 * errors are FOB_VAULT_ERROR, of which _ABSENT says that the folder is not there right now. */

/**
 * fob_backup_seal:
 *
 * Returns: (transfer full) (nullable): the bytes of a backup of @payload without its trash.
 */
GBytes *fob_backup_seal (FobPayload *payload,
                         guint64 generation,
                         FobEnvelope *envelope,
                         GError **error);

/* Returns: (transfer full) (nullable): what fob_backup_seal () put into @file;
 * FOB_VAULT_ERROR_PASSPHRASE when @envelope is not what it was made with, _DAMAGED. */
FobPayload *fob_backup_unseal (GBytes *file, FobEnvelope *envelope, GError **error);

/**
 * fob_backup_run:
 * @folder: chosen by the person; FOB_VAULT_ERROR_ABSENT when it is not there
 * @generation: of @payload
 * @envelope: whose passphrase opens the copy
 * @now: Unix seconds
 * @written: (out caller-allocates): the name of the new copy
 *
 * Writes one more copy, reads it back, decrypts it and compares it account by account, and only
 * then deletes copies of this vault that are no longer kept (fob_backup_retention ()): such alone
 * as open with @envelope. Whatever else is in the folder is left alone, also copies made with
 * another passphrase.
 */
gboolean fob_backup_run (GFile *folder,
                         FobPayload *payload,
                         guint64 generation,
                         FobEnvelope *envelope,
                         gint64 now,
                         FobBackupName *written,
                         GCancellable *cancellable,
                         GError **error);

/**
 * fob_backup_open:
 *
 * Returns: (transfer full) (nullable): what is in the copy; FOB_VAULT_ERROR_PASSPHRASE when
 * @envelope is not what it was made with, _DAMAGED.
 */
FobPayload *fob_backup_open (GFile *folder,
                             const FobBackupName *name,
                             FobEnvelope *envelope,
                             GCancellable *cancellable,
                             GError **error);

/**
 * fob_backup_drill:
 * @name: (out caller-allocates): the copy that was opened
 * @generation: of @payload
 *
 * The restore drill: opens the copy of this generation and compares it with @payload account by
 * account; where there is none, opens the newest. FOB_VAULT_ERROR_NOT_FOUND when there is no copy.
 */
gboolean fob_backup_drill (GFile *folder,
                           FobPayload *payload,
                           guint64 generation,
                           FobEnvelope *envelope,
                           FobBackupName *name,
                           GCancellable *cancellable,
                           GError **error);

/**
 * fob_backup_open_file:
 * @passphrase: what the person typed
 *
 * Returns: (transfer full) (nullable): what is in an Aegis-format encrypted file, ours or another
 * program's; FOB_VAULT_ERROR_PASSPHRASE, _DAMAGED, _VERSION.
 */
FobPayload *fob_backup_open_file (GBytes *file, FobSecret *passphrase, GError **error);

/**
 * fob_backup_same:
 *
 * Returns: whether two payloads have the same accounts in the same order, every field the same, and
 * as many entries that could not be read.
 */
gboolean fob_backup_same (FobPayload *a, FobPayload *b);

G_END_DECLS
