/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-store-move.h"

#include <glib/gi18n-lib.h>

#include "fob-last-seen.h"
#include "fob-payload.h"
#include "fob-vault-error.h"

static gboolean
fail (FobVaultError code, const char *message, GError **error)
{
  g_set_error_literal (error, FOB_VAULT_ERROR, (gint) code, message);

  return FALSE;
}

/* Nothing is ever written over: whatever is there, readable or not, is in the way. */
static gboolean
check_empty (FobStore *to, GCancellable *cancellable, GError **error)
{
  g_auto (FobStoreContent) content = { 0 };
  g_autoptr (GError) cause = NULL;

  if (fob_store_load (to, NULL, TRUE, &content, cancellable, &cause))
    {
      if (content.generation == 0)
        return TRUE;
    }
  else if (g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_ABSENT))
    return TRUE;
  else if (!g_error_matches (cause, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED) ||
           !fob_store_needs_passphrase (to))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  return fail (FOB_VAULT_ERROR_CONFLICT,
               _ ("There are accounts already where these should go. Restore a backup of these "
                  "there to merge the two, or choose another place."),
               error);
}

static gboolean
write_new (FobStore *to,
           GBytes *payload,
           FobSecret *passphrase,
           GCancellable *cancellable,
           GError **error)
{
  g_auto (FobStoreContent) empty = { 0 };

  /* A file gets its key here; the keyring has none until it gets one. */
  if (!fob_store_load (to, passphrase, TRUE, &empty, cancellable, error) ||
      !fob_store_commit (to, payload, 0, cancellable, error))
    return FALSE;
  if (passphrase == NULL || fob_store_needs_passphrase (to))
    return TRUE;

  return FOB_STORE_GET_IFACE (to)->change_passphrase (to, passphrase, cancellable, error);
}

static gboolean
read_again (FobStore *to,
            FobSecret *passphrase,
            FobStoreContent *found,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) cause = NULL;

  fob_store_forget (to);
  if (fob_store_load (to, passphrase, FALSE, found, cancellable, &cause) && found->payload != NULL)
    return TRUE;
  if (cause != NULL)
    g_debug ("What was written could not be read again: %s", cause->message);

  return fail (FOB_VAULT_ERROR_STORAGE,
               _ ("The accounts did not arrive as they were sent. They are still where they "
                  "were; please try again."),
               error);
}

static gboolean
verify (GBytes *payload, const FobStoreContent *found, GError **error)
{
  if (g_bytes_equal (found->payload, payload))
    return TRUE;

  return fail (FOB_VAULT_ERROR_CONFLICT,
               _ ("Another program wrote to the new place at the same moment. Your accounts are "
                  "still where they were, and what it wrote was left as it is."),
               error);
}

/* Nothing was there before, so what the store wrote last is ours, and half of it helps nobody. What
 * anybody else wrote stays. */
static void
withdraw (FobStore *to)
{
  g_autoptr (GError) error = NULL;

  if (!fob_store_clear (to, NULL, &error))
    g_debug ("What had arrived was not deleted: %s", error->message);
}

static void
remember (FobStore *to, const FobStoreContent *content)
{
  g_autoptr (FobPayload) payload = fob_payload_parse (content->payload, NULL);

  if (payload != NULL && fob_store_get_place (to) != NULL)
    {
      const FobLastSeen seen = { (char *) fob_payload_get_vault_id (payload), content->generation,
                                 fob_payload_get_n_accounts (payload),
                                 g_get_real_time () / G_USEC_PER_SEC };

      fob_last_seen_write (fob_store_get_place (to), &seen);
    }
}

static gboolean
empty_old (FobStore *from, GCancellable *cancellable, GError **error)
{
  const FobLastSeen nothing = { 0 };
  g_autoptr (GError) cause = NULL;

  if (!fob_store_clear (from, cancellable, &cause))
    {
      g_debug ("The old place was not emptied: %s", cause->message);
      return fail (FOB_VAULT_ERROR_STORAGE,
                   _ ("The accounts are in their new place, and still in the old one too, which "
                      "could not be emptied. Delete them there yourself."),
                   error);
    }
  if (fob_store_get_place (from) != NULL)
    fob_last_seen_write (fob_store_get_place (from), &nothing);

  return TRUE;
}

static gboolean
move_locked (FobStore *from,
             FobStore *to,
             FobSecret *passphrase,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (FobStoreContent) content = { 0 };
  g_auto (FobStoreContent) found = { 0 };

  if (!fob_store_load (from, NULL, TRUE, &content, cancellable, error) ||
      !check_empty (to, cancellable, error))
    return FALSE;
  if (content.payload == NULL)
    {
      g_autoptr (FobPayload) empty = fob_payload_new ();

      content.payload = fob_payload_format (empty);
    }
  if (!write_new (to, content.payload, passphrase, cancellable, error) ||
      !read_again (to, passphrase, &found, cancellable, error))
    {
      withdraw (to);
      return FALSE;
    }
  if (!verify (content.payload, &found, error))
    return FALSE;
  remember (to, &found);

  return empty_old (from, cancellable, error);
}

gboolean
fob_store_move (FobStore *from,
                FobStore *to,
                FobSecret *passphrase,
                GCancellable *cancellable,
                GError **error)
{
  gboolean done;

  g_return_val_if_fail (FOB_IS_STORE (from) && FOB_IS_STORE (to), FALSE);

  if (g_strcmp0 (fob_store_get_place (from), fob_store_get_place (to)) == 0)
    return fail (FOB_VAULT_ERROR_CONFLICT, _ ("The accounts are in this place already."), error);
  if (!fob_store_lock_writers (from, cancellable, error))
    return FALSE;
  done = fob_store_lock_writers (to, cancellable, error);
  if (done)
    {
      done = move_locked (from, to, passphrase, cancellable, error);
      fob_store_unlock_writers (to);
    }
  fob_store_unlock_writers (from);

  return done;
}
