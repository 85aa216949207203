/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-edit-private.h"

#include <glib/gi18n-lib.h>

#include "fob-vault-error.h"

typedef enum
{
  EDIT_ADD,
  EDIT_UPDATE,
  EDIT_REMOVE,
  EDIT_MOVE,
  EDIT_ADVANCE,
} EditKind;

struct _FobEdit
{
  gatomicrefcount ref_count;

  EditKind kind;
  char *account_id;
  FobAccount *before; /* update */
  FobAccount *after;  /* add, update */
  guint position;     /* add, move */
};

G_DEFINE_BOXED_TYPE (FobEdit, fob_edit, fob_edit_ref, fob_edit_unref)

static FobEdit *
fob_edit_create (EditKind kind, const char *account_id)
{
  FobEdit *self = g_new0 (FobEdit, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->account_id = g_strdup (account_id);

  return self;
}

FobEdit *
fob_edit_new_add (FobAccount *account, guint position)
{
  FobEdit *self = fob_edit_create (EDIT_ADD, fob_account_get_id (account));

  self->after = g_object_ref (account);
  self->position = position;

  return self;
}

FobEdit *
fob_edit_new_update (FobAccount *before, FobAccount *after)
{
  FobEdit *self = fob_edit_create (EDIT_UPDATE, fob_account_get_id (after));

  g_return_val_if_fail (g_str_equal (fob_account_get_id (before), fob_account_get_id (after)),
                        NULL);

  self->before = g_object_ref (before);
  self->after = g_object_ref (after);

  return self;
}

FobEdit *
fob_edit_new_remove (const char *account_id)
{
  return fob_edit_create (EDIT_REMOVE, account_id);
}

FobEdit *
fob_edit_new_move (const char *account_id, guint position)
{
  FobEdit *self = fob_edit_create (EDIT_MOVE, account_id);

  self->position = position;

  return self;
}

FobEdit *
fob_edit_new_advance (const char *account_id)
{
  return fob_edit_create (EDIT_ADVANCE, account_id);
}

FobEdit *
fob_edit_ref (FobEdit *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_edit_unref (FobEdit *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->account_id, g_free);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_free (self);
}

/* The token of an update. A counter only ever moves on behind the back of a person who edits
 * something else. */
static FobOtp *
merge_otp (FobAccount *before, FobAccount *after, FobAccount *current)
{
  FobOtp *otp_before = fob_account_get_otp (before);
  FobOtp *otp_after = fob_account_get_otp (after);
  FobOtp *otp_current = fob_account_get_otp (current);
  FobOtp *merged = NULL;

  if (fob_otp_equal (otp_before, otp_after))
    return fob_otp_ref (otp_current);
  if (fob_otp_get_counter (otp_before) == fob_otp_get_counter (otp_after))
    merged = fob_otp_with_counter (otp_after, fob_otp_get_counter (otp_current), NULL);

  return merged != NULL ? merged : fob_otp_ref (otp_after);
}

static const char *
merge_text (const char *before, const char *after, const char *current)
{
  return g_str_equal (before, after) ? current : after;
}

static FobAccount *
merge_account (FobAccount *before, FobAccount *after, FobAccount *current)
{
  g_autoptr (FobOtp) otp = merge_otp (before, after, current);
  g_autoptr (FobAccount) with_otp = fob_account_with_otp (current, otp);
  g_autoptr (FobAccount) with_names = NULL;
  g_autoptr (FobAccount) with_note = NULL;
  const gboolean pinned = fob_account_get_pinned (before) == fob_account_get_pinned (after)
                            ? fob_account_get_pinned (current)
                            : fob_account_get_pinned (after);

  with_names = fob_account_with_names (
    with_otp,
    merge_text (fob_account_get_issuer (before), fob_account_get_issuer (after),
                fob_account_get_issuer (current)),
    merge_text (fob_account_get_name (before), fob_account_get_name (after),
                fob_account_get_name (current)));
  with_note = fob_account_with_note (with_names, merge_text (fob_account_get_note (before),
                                                             fob_account_get_note (after),
                                                             fob_account_get_note (current)));

  return fob_account_with_pinned (with_note, pinned);
}

static FobPayload *
apply_add (FobEdit *self, FobPayload *payload, FobEdit **inverse)
{
  /* An undo that was already undone: there is nothing to do twice. */
  if (!fob_payload_find (payload, self->account_id, NULL))
    payload = fob_payload_with_insert (payload, self->position, self->after);
  else
    payload = fob_payload_ref (payload);
  *inverse = fob_edit_new_remove (self->account_id);

  return payload;
}

static FobPayload *
apply_move (FobEdit *self, FobPayload *payload, guint position, FobEdit **inverse)
{
  FobAccount *account = fob_payload_get_account (payload, position);
  g_autoptr (FobPayload) without = fob_payload_with_remove (payload, position);

  *inverse = fob_edit_new_move (self->account_id, position);

  return fob_payload_with_insert (without, self->position, account);
}

static FobPayload *
apply_advance (FobPayload *payload, guint position, FobOtp **taken, GError **error)
{
  FobAccount *account = fob_payload_get_account (payload, position);
  FobOtp *otp = fob_account_get_otp (account);
  const guint64 counter = fob_otp_get_counter (otp);
  g_autoptr (FobOtp) next = NULL;
  g_autoptr (FobAccount) changed = NULL;

  if (counter == G_MAXUINT64)
    {
      g_set_error_literal (
        error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER,
        _ ("The counter of this account is at its end. Ask the service for a new one."));
      return NULL;
    }
  next = fob_otp_with_counter (otp, counter + 1, error);
  if (next == NULL)
    return NULL;

  *taken = fob_otp_ref (otp);
  changed = fob_account_with_otp (account, next);

  return fob_payload_with_replace (payload, position, changed);
}

FobPayload *
fob_edit_apply (FobEdit *self,
                FobPayload *payload,
                FobEdit **inverse,
                FobOtp **taken,
                GError **error)
{
  g_autoptr (FobAccount) merged = NULL;
  FobAccount *current;
  guint position;

  *inverse = NULL;
  *taken = NULL;
  if (self->kind == EDIT_ADD)
    return apply_add (self, payload, inverse);
  if (!fob_payload_find (payload, self->account_id, &position))
    {
      g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND,
                           _ ("This account is not there any more. It was deleted elsewhere."));
      return NULL;
    }

  current = fob_payload_get_account (payload, position);
  switch (self->kind)
    {
    case EDIT_UPDATE:
      merged = merge_account (self->before, self->after, current);
      *inverse = fob_edit_new_update (merged, current);
      return fob_payload_with_replace (payload, position, merged);
    case EDIT_REMOVE:
      *inverse = fob_edit_new_add (current, position);
      return fob_payload_with_remove (payload, position);
    case EDIT_MOVE:
      return apply_move (self, payload, position, inverse);
    case EDIT_ADVANCE:
      return apply_advance (payload, position, taken, error);

    case EDIT_ADD:
    default:
      g_assert_not_reached ();
    }
}
