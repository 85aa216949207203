/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-vault-work.h"

#include <glib/gi18n-lib.h>

#include "fob-backup-key.h"
#include "fob-last-seen.h"
#include "fob-store-move.h"
#include "fob-vault-error.h"

/* Under the writers' lock a conflict can only come from a program that does not take it. */
#define MOST_TRIES 5

FobVaultWork *
fob_vault_work_new (FobVaultWorkKind kind, FobStore *store)
{
  FobVaultWork *work = g_new0 (FobVaultWork, 1);

  work->kind = kind;
  work->store = g_object_ref (store);

  return work;
}

void
fob_vault_work_free (FobVaultWork *work)
{
  g_clear_object (&work->store);
  g_clear_object (&work->to);
  g_clear_pointer (&work->passphrase, fob_secret_unref);
  g_clear_pointer (&work->current, fob_secret_unref);
  g_clear_pointer (&work->edit, fob_edit_unref);
  g_clear_pointer (&work->known, fob_payload_unref);
  g_clear_pointer (&work->payload, fob_payload_unref);
  g_clear_pointer (&work->envelope, fob_envelope_unref);
  g_clear_pointer (&work->inverse, fob_edit_unref);
  g_clear_pointer (&work->taken, fob_otp_unref);
  g_clear_pointer (&work->loss, fob_vault_loss_free);
  g_clear_pointer (&work->notice, g_free);
  g_free (work);
}

/* A store that has gone back in time, or holds another vault, is nothing to build upon. */
static gboolean
check_generation (FobVaultWork *work, guint64 generation, FobPayload *payload, GError **error)
{
  if (work->known == NULL || work->accept ||
      (generation >= work->known_generation &&
       (payload == NULL || work->known_generation == 0 ||
        g_str_equal (fob_payload_get_vault_id (payload), fob_payload_get_vault_id (work->known)))))
    return TRUE;

  g_set_error_literal (
    error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
    _ ("What is stored now is older than what is on screen, or another vault. Nothing was "
       "changed; the accounts on screen are still good."));

  return FALSE;
}

static FobPayload *
parse_payload (FobVaultWork *work, FobStoreContent *content, GError **error)
{
  g_autoptr (FobPayload) payload = NULL;
  g_autoptr (GError) cause = NULL;

  if (content->payload == NULL)
    return work->known != NULL && work->known_generation == 0 ? fob_payload_ref (work->known)
                                                              : fob_payload_new ();
  payload = fob_payload_parse (content->payload, &cause);
  if (payload == NULL)
    {
      const gboolean newer = g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION);

      g_set_error_literal (error, FOB_VAULT_ERROR,
                           newer ? FOB_VAULT_ERROR_VERSION : FOB_VAULT_ERROR_DAMAGED,
                           cause->message);
      return NULL;
    }

  return fob_payload_with_known (payload, work->known);
}

static gboolean
load (FobVaultWork *work, gboolean interactive, GCancellable *cancellable, GError **error)
{
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (FobPayload) payload = NULL;

  if (!fob_store_load (work->store, work->passphrase, interactive, &content, cancellable, error) ||
      !check_generation (work, content.generation, NULL, error))
    return FALSE;
  payload = parse_payload (work, &content, error);
  if (payload == NULL || !check_generation (work, content.generation, payload, error))
    return FALSE;

  g_clear_pointer (&work->payload, fob_payload_unref);
  work->payload = g_steal_pointer (&payload);
  work->generation = content.generation;

  return TRUE;
}

static gboolean
commit (FobVaultWork *work, FobPayload *payload, GError **error)
{
  g_autoptr (GBytes) text = fob_payload_format (payload);

  /* Once a write has begun it is seen through: half of one is nobody's wish. */
  if (!fob_store_commit (work->store, text, work->generation, NULL, error))
    return FALSE;

  fob_payload_ref (payload);
  g_clear_pointer (&work->payload, fob_payload_unref);
  work->payload = payload;
  work->generation++;

  return TRUE;
}

/* A file vault that was just made is written at once, so that its passphrase holds from now on. */
static gboolean
settle (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  gboolean done;

  if (!fob_store_lock_writers (work->store, cancellable, error))
    return FALSE;
  done = commit (work, work->payload, error);
  fob_store_unlock_writers (work->store);

  return done;
}

/* @seen: what is remembered now, or nothing. Writes only what is new. */
static void
remember (FobVaultWork *work, const FobLastSeen *seen)
{
  const char *place = fob_store_get_place (work->store);
  FobLastSeen now = { 0 };

  if (place == NULL)
    return;
  if (work->generation > 0)
    now = (FobLastSeen){ (char *) fob_payload_get_vault_id (work->payload), work->generation,
                         fob_payload_get_n_accounts (work->payload),
                         g_get_real_time () / G_USEC_PER_SEC };
  if (g_strcmp0 (now.vault_id, seen->vault_id) != 0 || now.generation != seen->generation ||
      now.n_accounts != seen->n_accounts)
    fob_last_seen_write (place, &now);
}

/* Is it what was seen, or what came after it? Else notes what is missing. */
static gboolean
check_loss (FobVaultWork *work, const FobLastSeen *seen, GError **error)
{
  const char *vault_id = work->generation > 0 ? fob_payload_get_vault_id (work->payload) : NULL;
  FobVaultFound found = FOB_VAULT_FOUND_OLDER;

  if (work->accept || work->known != NULL ||
      fob_last_seen_check (seen, vault_id, work->generation, error))
    return TRUE;

  if (vault_id == NULL)
    found = FOB_VAULT_FOUND_NOTHING;
  else if (g_strcmp0 (vault_id, seen->vault_id) != 0)
    found = FOB_VAULT_FOUND_OTHER;
  work->loss = fob_vault_loss_new (seen, found);
  work->loss->found_generation = work->generation;
  work->loss->found_n_accounts = fob_payload_get_n_accounts (work->payload);
  g_clear_pointer (&work->payload, fob_payload_unref);

  return FALSE;
}

/* The person knows what is missing, and goes on without. */
static void
forget_loss (FobVaultWork *work)
{
  const char *place = fob_store_get_place (work->store);
  const FobLastSeen nothing = { 0 };

  if (place != NULL)
    fob_last_seen_write (place, &nothing);
}

/* Somebody else may have mended or set aside what is there: it is looked at again under the
 * lock. */
static gboolean
set_aside (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean done;

  if (!fob_store_lock_writers (work->store, cancellable, error))
    return FALSE;
  done = load (work, work->interactive, cancellable, &cause) ||
         !g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED) ||
         fob_store_set_aside (work->store, cancellable, error);
  fob_store_unlock_writers (work->store);
  if (!done)
    return FALSE;
  forget_loss (work);

  return load (work, work->interactive, cancellable, error);
}

/* A file that is not there is a vault to make, unless there was one. @cause: (transfer full) */
static gboolean
fail_absent (FobVaultWork *work, const FobLastSeen *seen, GError *cause, GError **error)
{
  if (work->accept)
    forget_loss (work);
  if (work->accept || fob_last_seen_check (seen, NULL, 0, error))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_error_free (cause);
  work->loss = fob_vault_loss_new (seen, FOB_VAULT_FOUND_NOTHING);

  return FALSE;
}

static gboolean
load_first (FobVaultWork *work, const FobLastSeen *seen, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  if (load (work, work->interactive, cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT))
    return fail_absent (work, seen, cause, error);
  if (!g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (work->accept)
    {
      g_error_free (cause);
      return set_aside (work, cancellable, error);
    }
  work->loss = fob_vault_loss_new (seen, FOB_VAULT_FOUND_DAMAGED);
  g_propagate_error (error, cause);

  return FALSE;
}

static gboolean
open_store (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  const char *place = fob_store_get_place (work->store);
  g_auto (FobLastSeen) seen = { 0 };

  /* Before the load: what another process commits in between is no loss. */
  if (place != NULL)
    fob_last_seen_read (place, &seen);
  if (!load_first (work, &seen, cancellable, error) || !check_loss (work, &seen, error))
    return FALSE;
  remember (work, &seen);

  return work->generation > 0 || !fob_store_needs_passphrase (work->store) ||
         settle (work, cancellable, error);
}

static gboolean
try_edit (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  g_autoptr (FobPayload) edited = NULL;

  g_clear_pointer (&work->inverse, fob_edit_unref);
  g_clear_pointer (&work->taken, fob_otp_unref);
  if (!load (work, TRUE, cancellable, error))
    return FALSE;
  edited = fob_edit_apply (work->edit, work->payload, g_get_real_time () / G_USEC_PER_SEC,
                           &work->inverse, &work->taken, error);

  return edited != NULL && commit (work, edited, error);
}

static gboolean
edit_store (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  gboolean done = FALSE;

  if (!fob_store_lock_writers (work->store, cancellable, error))
    return FALSE;

  for (guint i = 0; !done && i < MOST_TRIES; i++)
    {
      g_autoptr (GError) cause = NULL;

      done = try_edit (work, cancellable, &cause);
      if (!done && (i + 1 == MOST_TRIES ||
                    !g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_CONFLICT)))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          break;
        }
    }
  if (done)
    {
      const FobLastSeen nothing = { 0 };

      remember (work, &nothing);
    }
  fob_store_unlock_writers (work->store);

  return done;
}

static gboolean
change_passphrase (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  g_autoptr (FobSecret) passphrase = g_steal_pointer (&work->passphrase);
  const FobLastSeen nothing = { 0 };
  g_autoptr (GError) cause = NULL;

  if (!fob_store_change_passphrase (work->store, work->current, passphrase, cancellable, error) ||
      !load (work, FALSE, cancellable, error))
    return FALSE;
  remember (work, &nothing);
  if (passphrase != NULL &&
      !fob_backup_key_delete (fob_payload_get_vault_id (work->payload), cancellable, &cause))
    g_debug ("The key of the backups stays: %s", cause->message);

  return TRUE;
}

static gboolean
run (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  switch (work->kind)
    {
    case FOB_VAULT_WORK_OPEN:
      return open_store (work, cancellable, error);
    case FOB_VAULT_WORK_RELOAD:
      return load (work, FALSE, cancellable, error);
    case FOB_VAULT_WORK_EDIT:
      return edit_store (work, cancellable, error);
    case FOB_VAULT_WORK_PASSPHRASE:
      return change_passphrase (work, cancellable, error);
    case FOB_VAULT_WORK_MOVE:
      return fob_store_move (work->store, work->to, work->passphrase, cancellable, error);
    case FOB_VAULT_WORK_FORGET:
      fob_store_forget (work->store);
      return TRUE;

    default:
      g_assert_not_reached ();
    }
}

gboolean
fob_vault_work_run (FobVaultWork *work, GCancellable *cancellable, GError **error)
{
  const gboolean done = run (work, cancellable, error);

  if (done)
    {
      work->notice = fob_store_dup_notice (work->store);
      work->envelope = fob_store_ref_envelope (work->store);
    }

  return done;
}
