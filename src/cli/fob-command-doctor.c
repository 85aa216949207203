/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "fob-account-json.h"
#include "fob-backup-key.h"
#include "fob-cli-vault.h"
#include "fob-deadline.h"
#include "fob-doctor.h"
#include "fob-file-store.h"
#include "fob-json.h"
#include "fob-passphrase.h"
#include "fob-store-place.h"

/* How long a keyring may take for all of its checks together. */
#define KEYRING_MILLISECONDS 30000

typedef struct
{
  FobCliVault vault;
  GPtrArray *findings; /* (element-type FobFinding) */
} Doctor;

static void
doctor_clear (Doctor *self)
{
  fob_cli_vault_clear (&self->vault);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Doctor, doctor_clear)

static void
take (Doctor *self, FobFinding *finding)
{
  g_ptr_array_add (self->findings, finding);
}

/* Without asking anybody: the passphrase is the one that was given, or there is none. */
static gboolean
open_vault (Doctor *self, FobStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (FobSecret) passphrase = NULL;

  self->vault.session = fob_vault_session_new (store);
  if (fob_vault_session_open (self->vault.session, NULL, FALSE, cancellable, error))
    return TRUE;
  if (self->vault.passphrase_file == NULL || !fob_store_needs_passphrase (store) ||
      !g_error_matches (*error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED))
    return FALSE;

  g_clear_error (error);
  passphrase = fob_passphrase_read (self->vault.passphrase_file, error);

  return passphrase != NULL &&
         fob_vault_session_open (self->vault.session, passphrase, FALSE, cancellable, error);
}

static void
check_backup (Doctor *self, FobStore *store, GCancellable *cancellable)
{
  FobPayload *payload = fob_cli_vault_get_payload (&self->vault);
  const guint64 generation = fob_vault_session_get_generation (self->vault.session);
  g_autoptr (FobEnvelope) envelope = fob_store_ref_envelope (store);
  g_auto (FobBackupStatus) status = { 0 };

  fob_backup_status_read (&status, fob_payload_get_vault_id (payload));
  take (self, fob_doctor_judge_backup (&status, generation, g_get_real_time () / G_USEC_PER_SEC));
  if (status.made == 0)
    return;

  if (envelope == NULL && !fob_backup_key_load (fob_payload_get_vault_id (payload), FALSE,
                                                &envelope, cancellable, NULL))
    g_debug ("The key of the backups is not to be had");
  take (self, fob_doctor_check_backup_opens (&status, payload, generation, envelope, cancellable));
}

static void
check_accounts (Doctor *self, FobStore *store, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  FobPayload *payload = NULL;

  if (open_vault (self, store, cancellable, &error))
    payload = fob_cli_vault_get_payload (&self->vault);
  take (self, fob_doctor_judge_readable (payload, error));
  if (payload == NULL)
    return;

  take (self, fob_doctor_judge_duplicates (payload));
  take (self, fob_doctor_judge_secrets (payload));
  check_backup (self, store, cancellable);
}

static void
check_keyring (Doctor *self, FobStore *store)
{
  g_autoptr (FobDeadline) deadline = fob_deadline_new (KEYRING_MILLISECONDS);
  GCancellable *cancellable = fob_deadline_get_cancellable (deadline);
  FobKeyringState state;

  take (self, fob_doctor_check_service (cancellable));
  take (self, fob_doctor_check_collection (&state, cancellable));
  take (self, fob_doctor_check_probe (state, cancellable));
  take (self, fob_doctor_check_slots (state, cancellable));
  take (self, fob_doctor_check_space (g_get_user_data_dir ()));
  if (state == FOB_KEYRING_OPEN)
    check_accounts (self, store, cancellable);
  else
    take (self, fob_doctor_judge_readable (NULL, NULL));
}

static void
check_file (Doctor *self, FobStore *store)
{
  const char *path = fob_file_store_get_path (FOB_FILE_STORE (store));
  g_autofree char *folder = g_path_get_dirname (path);

  take (self, fob_doctor_check_file (path));
  take (self, fob_doctor_check_folder (folder));
  take (self, fob_doctor_check_space (folder));
  take (self, fob_doctor_check_locks ("vault-locks", folder));
  check_accounts (self, store, NULL);
}

static void
check_system (Doctor *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "keyfob", NULL);

  take (self, fob_doctor_check_locks ("runtime-locks", folder));
  take (self, fob_doctor_check_clock (NULL));
  take (self, fob_doctor_check_memory ());
  take (self, fob_doctor_describe_versions ());
}

/* Output */

static gboolean
print_text (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const FobFinding *finding = g_ptr_array_index (findings, i);

      printf ("%-8s %s\n", fob_severity_to_string (finding->severity), finding->sentence);
      if (finding->advice != NULL)
        printf ("%-8s → %s\n", "", finding->advice);
    }

  return fflush (stdout) == 0;
}

static gboolean
print_json (GPtrArray *findings, gboolean healthy)
{
  json_t *checks;

  fob_json_init ();
  checks = json_array ();
  for (guint i = 0; i < findings->len; i++)
    {
      const FobFinding *finding = g_ptr_array_index (findings, i);

      json_array_append_new (checks,
                             json_pack ("{s:s, s:s, s:s, s:s?}", "id", finding->id, "severity",
                                        fob_severity_to_string (finding->severity), "sentence",
                                        finding->sentence, "advice", finding->advice));
    }

  return fob_account_json_print (
    json_pack ("{s:b, s:o}", "healthy", (int) healthy, "checks", checks));
}

static gboolean
is_healthy (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const FobFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == FOB_SEVERITY_PROBLEM)
        return FALSE;
    }

  return TRUE;
}

static int
examine (Doctor *self)
{
  g_autoptr (FobStore) store = fob_store_new_for_place (self->vault.place);
  gboolean healthy;

  if (FOB_IS_FILE_STORE (store))
    check_file (self, store);
  else
    check_keyring (self, store);
  check_system (self);

  healthy = is_healthy (self->findings);
  if (!(self->vault.json ? print_json (self->findings, healthy) : print_text (self->findings)))
    return FOB_EXIT_FAILED;

  return healthy ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

int
fob_command_doctor_run (int argc, char **argv)
{
  g_auto (Doctor)
    self = { .findings = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_finding_free) };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    NULL, N_ ("Looks whether everything that the accounts depend on works, and says what to do "
              "about what does not. What it prints holds no secret and no name of an account."));

  fob_cli_vault_add_to (&self.vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc > 1)
    return fob_cli_fail_usage (_ ("There is nothing more to say to this command."));

  return examine (&self);
}
