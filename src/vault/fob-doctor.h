/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-backup-status.h"
#include "fob-envelope.h"
#include "fob-finding.h"
#include "fob-payload.h"

G_BEGIN_DECLS

/* The checks of `fob doctor`. Each returns one finding, (transfer full), and none of them changes
 * anything, asks anybody for a passphrase, or says anything that is secret. Where a judgement needs
 * no look at the world it is a function of its own: fob_doctor_judge_*. */

/* fob-doctor-keyring.c. They block; what has not answered when @cancellable is cancelled counts as
 * a problem. */

/**
 * FobKeyringState:
 * @FOB_KEYRING_ABSENT: no service, or no default collection
 * @FOB_KEYRING_LOCKED: there, and locked
 * @FOB_KEYRING_OPEN: there, and can be read and written without asking
 *
 * How far the checks of the keyring may go.
 */
typedef enum
{
  FOB_KEYRING_ABSENT,
  FOB_KEYRING_LOCKED,
  FOB_KEYRING_OPEN,
} FobKeyringState;

FobFinding *fob_doctor_check_service (GCancellable *cancellable);

/* @state: (out) */
FobFinding *fob_doctor_check_collection (FobKeyringState *state, GCancellable *cancellable);
FobFinding *fob_doctor_check_probe (FobKeyringState state, GCancellable *cancellable);
FobFinding *fob_doctor_check_slots (FobKeyringState state, GCancellable *cancellable);

/* @looks: (element-type FobKeyringSlotLook) */
FobFinding *fob_doctor_judge_slots (GPtrArray *looks);

/* fob-doctor-place.c: files and folders. @id: static; @path may begin with the home folder, which
 * is then shown as `~`. */

FobFinding *fob_doctor_check_file (const char *path);
FobFinding *fob_doctor_check_folder (const char *path);
FobFinding *fob_doctor_check_space (const char *folder);
FobFinding *fob_doctor_check_locks (const char *id, const char *folder);

/* @mode: of struct stat */
FobFinding *fob_doctor_judge_file (const char *path, guint mode, gboolean is_own);
FobFinding *fob_doctor_judge_folder (const char *path, guint mode, gboolean is_own);
FobFinding *fob_doctor_judge_space (guint64 free_bytes);

/* fob-doctor-system.c: the clock, memory, versions. */

/**
 * FobSynchronised:
 *
 * What one of the sources says about the clock.
 */
typedef enum
{
  FOB_SYNCHRONISED_UNKNOWN,
  FOB_SYNCHRONISED_NO,
  FOB_SYNCHRONISED_YES,
} FobSynchronised;

FobFinding *fob_doctor_check_clock (GCancellable *cancellable);
FobFinding *fob_doctor_judge_clock (FobSynchronised kernel, FobSynchronised service);
FobFinding *fob_doctor_check_memory (void);

/* @limit: of locked memory, in bytes */
FobFinding *fob_doctor_judge_memory (gboolean has_heap, gboolean is_locked, guint64 limit);
FobFinding *fob_doctor_describe_versions (void);

/* fob-doctor-accounts.c. */

/* @payload: (nullable): NULL if the vault is not open; @error: (nullable): then, why not */
FobFinding *fob_doctor_judge_readable (FobPayload *payload, const GError *error);
FobFinding *fob_doctor_judge_duplicates (FobPayload *payload);
FobFinding *fob_doctor_judge_secrets (FobPayload *payload);

/* fob-doctor-backup.c. @generation: of the vault now; @now: Unix seconds. */

FobFinding *fob_doctor_judge_backup (const FobBackupStatus *status, guint64 generation, gint64 now);

/* @envelope: (nullable): the key of the backups, if it is at hand. Blocks. */
FobFinding *fob_doctor_check_backup_opens (const FobBackupStatus *status,
                                           FobPayload *payload,
                                           guint64 generation,
                                           FobEnvelope *envelope,
                                           GCancellable *cancellable);

G_END_DECLS
