/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <jansson.h>

#include "fob-deadline.h"
#include "fob-doctor.h"
#include "fob-keyring-store.h"
#include "fob-store.h"

/* How long a keyring may take for all of its checks together. */
#define KEYRING_MILLISECONDS 30000

/* Without asking anybody: what needs a passphrase stays closed. */
static FobPayload *
load_payload (FobStore *store, GCancellable *cancellable)
{
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  FobPayload *payload = NULL;

  if (!fob_store_load (store, NULL, FALSE, &content, cancellable, &error))
    {
      g_debug ("The vault did not open: %s", error->message);
      return NULL;
    }
  if (content.payload == NULL)
    return fob_payload_new ();

  payload = fob_payload_parse (content.payload, &error);
  if (payload == NULL)
    g_debug ("The vault could not be read: %s", error->message);

  return payload;
}

static void
check_accounts (GPtrArray *findings, FobPayload *payload)
{
  g_ptr_array_add (findings, fob_doctor_judge_readable (payload));
  if (payload == NULL)
    return;
  g_ptr_array_add (findings, fob_doctor_judge_duplicates (payload));
  g_ptr_array_add (findings, fob_doctor_judge_secrets (payload));
}

static void
check_keyring (GPtrArray *findings)
{
  g_autoptr (FobDeadline) deadline = fob_deadline_new (KEYRING_MILLISECONDS);
  GCancellable *cancellable = fob_deadline_get_cancellable (deadline);
  g_autoptr (FobPayload) payload = NULL;
  FobKeyringState state;

  g_ptr_array_add (findings, fob_doctor_check_service (cancellable));
  g_ptr_array_add (findings, fob_doctor_check_collection (&state, cancellable));
  g_ptr_array_add (findings, fob_doctor_check_probe (state, cancellable));
  g_ptr_array_add (findings, fob_doctor_check_slots (state, cancellable));
  g_ptr_array_add (findings, fob_doctor_check_space (g_get_user_data_dir ()));

  if (state == FOB_KEYRING_OPEN)
    {
      g_autoptr (FobStore) store = fob_keyring_store_new ();

      payload = load_payload (store, cancellable);
    }
  check_accounts (findings, payload);
}

static void
check_file (GPtrArray *findings, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_ptr_array_add (findings, fob_doctor_check_file (path));
  g_ptr_array_add (findings, fob_doctor_check_folder (folder));
  g_ptr_array_add (findings, fob_doctor_check_space (folder));
  g_ptr_array_add (findings, fob_doctor_check_locks ("vault-locks", folder));
  check_accounts (findings, NULL);
}

static void
check_system (GPtrArray *findings)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "keyfob", NULL);

  g_ptr_array_add (findings, fob_doctor_check_locks ("runtime-locks", folder));
  g_ptr_array_add (findings, fob_doctor_check_clock (NULL));
  g_ptr_array_add (findings, fob_doctor_check_memory ());
  g_ptr_array_add (findings, fob_doctor_describe_versions ());
}

/* Output */

static void
print_text (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const FobFinding *finding = g_ptr_array_index (findings, i);

      printf ("%-8s %s\n", fob_severity_to_string (finding->severity), finding->sentence);
      if (finding->advice != NULL)
        printf ("%-8s → %s\n", "", finding->advice);
    }
}

static void
print_json (GPtrArray *findings, gboolean healthy)
{
  json_t *checks = json_array ();
  json_t *root = json_object ();

  for (guint i = 0; i < findings->len; i++)
    {
      const FobFinding *finding = g_ptr_array_index (findings, i);
      json_t *check = json_object ();

      json_object_set_new (check, "id", json_string (finding->id));
      json_object_set_new (check, "severity",
                           json_string (fob_severity_to_string (finding->severity)));
      json_object_set_new (check, "sentence", json_string (finding->sentence));
      json_object_set_new (check, "advice",
                           finding->advice != NULL ? json_string (finding->advice) : json_null ());
      json_array_append_new (checks, check);
    }
  json_object_set_new (root, "healthy", json_boolean (healthy));
  json_object_set_new (root, "checks", checks);
  json_dumpf (root, stdout, JSON_INDENT (2) | JSON_ENSURE_ASCII);
  printf ("\n");
  json_decref (root);
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

int
fob_command_doctor_run (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) findings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_finding_free);
  g_autoptr (GError) error = NULL;
  const char *vault = g_getenv ("KEYFOB_VAULT");
  gboolean healthy;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (
    context, N_ ("Looks whether everything that the accounts depend on works, and says what to do "
                 "about what does not. What it prints holds no secret and no name of an account."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 1)
    {
      g_printerr ("fob: %s\n", error != NULL ? error->message : _ ("No argument is wanted."));
      return FOB_EXIT_USAGE;
    }

  if (vault == NULL || *vault == '\0' || strcmp (vault, "keyring") == 0)
    check_keyring (findings);
  else
    check_file (findings, vault);
  check_system (findings);

  healthy = is_healthy (findings);
  if (json)
    print_json (findings, healthy);
  else
    print_text (findings);

  return healthy ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}
