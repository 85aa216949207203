/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-doctor.h"

#include <glib/gi18n-lib.h>

#include "fob-vault-error.h"

/* Whether somebody only has to open it. */
static gboolean
is_closed (const GError *error)
{
  return error == NULL || g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED) ||
         g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_PASSPHRASE) ||
         g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT) ||
         g_error_matches (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NO_SERVICE);
}

/* Accounts are counted and never named: what somebody has accounts at is nobody's business in a
 * bug report. */

FobFinding *
fob_doctor_judge_readable (FobPayload *payload, const GError *error)
{
  static const char *const id = "accounts";
  guint n_accounts;
  guint n_unreadable;

  if (payload == NULL && !is_closed (error))
    return fob_finding_new (id, FOB_SEVERITY_PROBLEM, g_strdup (error->message),
                            _ ("Open Keyfob’s window: it offers the newest backup."));
  if (payload == NULL)
    return fob_finding_new (
      id, FOB_SEVERITY_UNKNOWN,
      g_strdup (_ ("The accounts were not looked at: the vault is not open.")), NULL);

  n_accounts = fob_payload_get_n_accounts (payload);
  n_unreadable = fob_payload_get_n_unreadable (payload);
  if (n_unreadable > 0)
    return fob_finding_new (
      id, FOB_SEVERITY_WARNING,
      g_strdup_printf (ngettext ("%u entry of the vault cannot be read. It is kept as it is.",
                                 "%u entries of the vault cannot be read. They are kept as they "
                                 "are.",
                                 n_unreadable),
                       n_unreadable),
      _ ("A newer Keyfob may know what they are."));

  return fob_finding_new (id, FOB_SEVERITY_OK,
                          g_strdup_printf (ngettext ("The vault holds %u account.",
                                                     "The vault holds %u accounts.", n_accounts),
                                           n_accounts),
                          NULL);
}

/* Seeded anew in every process: a hash that stays behind in memory says nothing about its key. */
static guint
hash_secret (gconstpointer key)
{
  static guint32 seed = 0;
  gsize size;
  const guint8 *data = fob_secret_get_data ((FobSecret *) key, &size);
  guint hash;

  if (seed == 0)
    seed = g_random_int () | 1;
  hash = seed;
  for (gsize i = 0; i < size; i++)
    hash = (hash ^ data[i]) * 16777619;

  return hash;
}

static gboolean
same_secret (gconstpointer a, gconstpointer b)
{
  return fob_secret_equal ((FobSecret *) a, (FobSecret *) b);
}

/* Returns: how many accounts have a secret that another one before them has. */
static guint
count_repeated (FobPayload *payload)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_secret, same_secret);
  guint n_repeated = 0;

  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    {
      FobAccount *account = fob_payload_get_account (payload, i);

      if (!g_hash_table_add (seen, fob_otp_get_secret (fob_account_get_otp (account))))
        n_repeated++;
    }

  return n_repeated;
}

FobFinding *
fob_doctor_judge_duplicates (FobPayload *payload)
{
  static const char *const id = "duplicates";
  guint n_repeated;

  n_repeated = count_repeated (payload);
  if (n_repeated > 0)
    return fob_finding_new (
      id, FOB_SEVERITY_WARNING,
      g_strdup_printf (ngettext ("%u account has the same secret as another one.",
                                 "%u accounts have the same secret as another one.", n_repeated),
                       n_repeated),
      _ ("If they were imported twice, remove one of each: fob remove."));

  return fob_finding_new (id, FOB_SEVERITY_OK,
                          g_strdup (_ ("No two accounts have the same secret.")), NULL);
}

FobFinding *
fob_doctor_judge_secrets (FobPayload *payload)
{
  static const char *const id = "weak-secrets";
  guint n_weak = 0;

  for (guint i = 0; i < fob_payload_get_n_accounts (payload); i++)
    {
      if (fob_otp_is_weak (fob_account_get_otp (fob_payload_get_account (payload, i))))
        n_weak++;
    }
  if (n_weak > 0)
    return fob_finding_new (
      id, FOB_SEVERITY_WARNING,
      g_strdup_printf (ngettext ("%u account has a secret of less than 128 bits.",
                                 "%u accounts have a secret of less than 128 bits.", n_weak),
                       n_weak),
      _ ("The services chose them; some give a longer one when two-step login is set up anew."));

  return fob_finding_new (id, FOB_SEVERITY_OK, g_strdup (_ ("Every secret has 128 bits or more.")),
                          NULL);
}
