/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-health-check.h"

#include "fob-deadline.h"
#include "fob-keyring-store.h"

/* How long a keyring may take to answer. */
#define KEYRING_MILLISECONDS 10000

typedef struct
{
  FobPayload *payload;
  guint64 generation;
  gboolean in_keyring;
} Work;

static void
work_free (Work *work)
{
  g_clear_pointer (&work->payload, fob_payload_unref);
  g_free (work);
}

static void
check_keyring (GPtrArray *findings)
{
  g_autoptr (FobDeadline) deadline = fob_deadline_new (KEYRING_MILLISECONDS);
  GCancellable *cancellable = fob_deadline_get_cancellable (deadline);
  FobKeyringState state;

  g_ptr_array_add (findings, fob_doctor_check_collection (&state, cancellable));
}

static guint
get_order (const FobFinding *finding)
{
  switch (finding->severity)
    {
    case FOB_SEVERITY_PROBLEM:
      return 0;
    case FOB_SEVERITY_WARNING:
      return 1;
    case FOB_SEVERITY_UNKNOWN:
      return 2;
    case FOB_SEVERITY_OK:
    default:
      return 3;
    }
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const guint one = get_order (*(FobFinding *const *) a);
  const guint other = get_order (*(FobFinding *const *) b);

  return one < other ? -1 : one > other;
}

static void
check_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_finding_free);
  g_auto (FobBackupStatus) status = { 0 };

  fob_backup_status_read (&status, fob_payload_get_vault_id (work->payload));
  g_ptr_array_add (findings, fob_doctor_judge_backup (&status, work->generation,
                                                      g_get_real_time () / G_USEC_PER_SEC));
  g_ptr_array_add (findings, fob_doctor_check_clock (cancellable));
  if (work->in_keyring)
    check_keyring (findings);
  g_ptr_array_add (findings, fob_doctor_judge_readable (work->payload, NULL));
  g_ptr_array_add (findings, fob_doctor_judge_duplicates (work->payload));
  g_ptr_array_add (findings, fob_doctor_judge_secrets (work->payload));
  g_ptr_array_sort (findings, compare_findings);
  g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
}

void
fob_health_check_async (FobVault *vault,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  g_return_if_fail (fob_vault_get_state (vault) == FOB_VAULT_STATE_READY);

  work->payload = fob_payload_ref (fob_vault_get_payload (vault));
  work->generation = fob_vault_get_generation (vault);
  work->in_keyring = FOB_IS_KEYRING_STORE (fob_vault_get_store (vault));
  g_task_set_source_tag (task, fob_health_check_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, check_in_thread);
}

GPtrArray *
fob_health_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
