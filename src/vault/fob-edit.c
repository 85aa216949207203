/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-edit-private.h"

#include <glib/gi18n-lib.h>

#include "fob-account-private.h"
#include "fob-payload-draft.h"
#include "fob-vault-error.h"

typedef enum
{
  EDIT_ADD,
  EDIT_UPDATE,
  EDIT_REMOVE,
  EDIT_RESTORE,
  EDIT_DISCARD,
  EDIT_PURGE,
  EDIT_MOVE,
  EDIT_ADVANCE,
  EDIT_BATCH,
} EditKind;

struct _FobEdit
{
  gatomicrefcount ref_count;

  EditKind kind;
  char *account_id;
  FobAccount *before; /* update */
  FobAccount *after;  /* add, update; restore, in case that the trash was emptied, or NULL */
  guint position;     /* add, restore, move */
  GPtrArray *edits;   /* batch: of FobEdit, in order */
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
fob_edit_new_restore (const char *account_id, guint position)
{
  FobEdit *self = fob_edit_create (EDIT_RESTORE, account_id);

  self->position = position;

  return self;
}

FobEdit *
fob_edit_new_purge (const char *account_id)
{
  return fob_edit_create (EDIT_PURGE, account_id);
}

FobEdit *
fob_edit_new_batch (GPtrArray *edits)
{
  FobEdit *self = fob_edit_create (EDIT_BATCH, NULL);

  self->edits = g_ptr_array_new_full (edits->len, (GDestroyNotify) fob_edit_unref);
  for (guint i = 0; i < edits->len; i++)
    g_ptr_array_add (self->edits, fob_edit_ref (edits->pdata[i]));

  return self;
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
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_free (self);
}

/* A counter that is to move on may have been overtaken meanwhile. One that is set back is meant to
 * be, and one with another secret means something else. */
static gboolean
is_raised_further (FobOtp *before, FobOtp *after, FobOtp *current)
{
  return fob_otp_get_counter (after) > fob_otp_get_counter (before) &&
         fob_otp_get_counter (current) > fob_otp_get_counter (after) &&
         fob_secret_equal (fob_otp_get_secret (after), fob_otp_get_secret (current));
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
  if (fob_otp_get_counter (otp_before) == fob_otp_get_counter (otp_after) ||
      is_raised_further (otp_before, otp_after, otp_current))
    merged = fob_otp_with_counter (otp_after, fob_otp_get_counter (otp_current), NULL);

  return merged != NULL ? merged : fob_otp_ref (otp_after);
}

static const char *
merge_text (const char *before, const char *after, const char *current)
{
  return g_str_equal (before, after) ? current : after;
}

/* Tags that were added or taken away stay so, whatever happened to the others. */
static GPtrArray *
merge_tags (FobAccount *before, FobAccount *after, FobAccount *current)
{
  const char *const *tags_after = fob_account_get_tags (after);
  const char *const *tags_current = fob_account_get_tags (current);
  GPtrArray *tags = g_ptr_array_new ();

  for (gsize i = 0; tags_after[i] != NULL; i++)
    {
      if (!fob_account_has_tag (before, tags_after[i]) ||
          fob_account_has_tag (current, tags_after[i]))
        g_ptr_array_add (tags, (gpointer) tags_after[i]);
    }
  for (gsize i = 0; tags_current[i] != NULL; i++)
    {
      if (!fob_account_has_tag (before, tags_current[i]) &&
          !fob_account_has_tag (after, tags_current[i]))
        g_ptr_array_add (tags, (gpointer) tags_current[i]);
    }
  g_ptr_array_add (tags, NULL);

  return tags;
}

static gboolean
same_icon (FobAccount *a, FobAccount *b)
{
  GBytes *icon_a = fob_account_get_icon (a);
  GBytes *icon_b = fob_account_get_icon (b);

  return icon_a == icon_b || (icon_a != NULL && icon_b != NULL && g_bytes_equal (icon_a, icon_b));
}

static FobAccount *
merge_account (FobAccount *before, FobAccount *after, FobAccount *current, gint64 now)
{
  g_autoptr (FobOtp) otp = merge_otp (before, after, current);
  g_autoptr (GPtrArray) tags = merge_tags (before, after, current);
  g_autoptr (FobRecoveryCodes) recovery =
    fob_recovery_codes_rebase (fob_account_get_recovery (before), fob_account_get_recovery (after),
                               fob_account_get_recovery (current));
  FobAccount *pinned =
    fob_account_get_pinned (before) == fob_account_get_pinned (after) ? current : after;
  FobAccount *icon = same_icon (before, after) ? current : after;
  const FobAccountFields fields = {
    .id = fob_account_get_id (current),
    .issuer = merge_text (fob_account_get_issuer (before), fob_account_get_issuer (after),
                          fob_account_get_issuer (current)),
    .name = merge_text (fob_account_get_name (before), fob_account_get_name (after),
                        fob_account_get_name (current)),
    .note = merge_text (fob_account_get_note (before), fob_account_get_note (after),
                        fob_account_get_note (current)),
    .pinned = fob_account_get_pinned (pinned),
    .tags = (const char *const *) tags->pdata,
    .icon = fob_account_get_icon (icon),
    .icon_type = fob_account_get_icon_type (icon),
    .modified = now,
    .otp = otp,
    .recovery = recovery,
    .extra = fob_account_get_extra (current),
  };

  return fob_account_new_from_fields (&fields);
}

/* What an edit works on. */
typedef struct
{
  FobPayloadDraft *draft;
  gint64 now;
  FobEdit **inverse;
  FobOtp **taken;
} Target;

static gboolean
apply_add (FobEdit *self, Target *target)
{
  FobEdit *discard;

  /* An undo that was already undone: there is nothing to do twice. */
  if (!fob_payload_draft_find (target->draft, self->account_id, NULL))
    {
      g_autoptr (FobAccount) trashed =
        fob_payload_draft_take_trashed (target->draft, self->account_id);
      g_autoptr (FobAccount) stamped = fob_account_get_modified (self->after) > 0
                                         ? g_object_ref (self->after)
                                         : fob_account_with_modified (self->after, target->now);

      fob_payload_draft_insert (target->draft, self->position, stamped);
    }
  discard = fob_edit_create (EDIT_DISCARD, self->account_id);
  *target->inverse = discard;

  return TRUE;
}

static gboolean
fail_not_found (GError **error)
{
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_NOT_FOUND,
                       _ ("This account is not there any more. It was deleted elsewhere."));

  return FALSE;
}

static gboolean
apply_restore (FobEdit *self, Target *target, GError **error)
{
  g_autoptr (FobAccount) account = NULL;
  g_autoptr (FobAccount) stamped = NULL;

  if (!fob_payload_draft_find (target->draft, self->account_id, NULL))
    {
      account = fob_payload_draft_take_trashed (target->draft, self->account_id);
      if (account == NULL && self->after != NULL)
        account = g_object_ref (self->after);
      if (account == NULL)
        return fail_not_found (error);
      /* It is wanted later than it was deleted: so says the time of its last edit. */
      stamped = fob_account_with_modified (account, target->now);
      fob_payload_draft_insert (target->draft, self->position, stamped);
    }
  *target->inverse = fob_edit_new_remove (self->account_id);

  return TRUE;
}

static gboolean
apply_purge (FobEdit *self, Target *target, GError **error)
{
  g_autoptr (FobAccount) account = fob_payload_draft_take_trashed (target->draft, self->account_id);

  if (account == NULL)
    return fail_not_found (error);
  fob_payload_draft_remember_deletion (target->draft, self->account_id, target->now);

  return TRUE;
}

static void
apply_update (FobEdit *self, Target *target, guint position)
{
  g_autoptr (FobAccount) current =
    g_object_ref (fob_payload_draft_get_account (target->draft, position));
  g_autoptr (FobAccount) merged = merge_account (self->before, self->after, current, target->now);

  *target->inverse = fob_edit_new_update (merged, current);
  fob_payload_draft_replace (target->draft, position, merged);
}

static void
apply_remove (FobEdit *self, Target *target, guint position)
{
  FobEdit *restore = fob_edit_new_restore (self->account_id, position);

  restore->after = g_object_ref (fob_payload_draft_get_account (target->draft, position));
  *target->inverse = restore;
  fob_payload_draft_trash (target->draft, position, target->now);
}

static void
apply_discard (FobEdit *self, Target *target, guint position)
{
  *target->inverse =
    fob_edit_new_add (fob_payload_draft_get_account (target->draft, position), position);
  fob_payload_draft_discard (target->draft, position, target->now);
}

static gboolean
apply_advance (Target *target, guint position, GError **error)
{
  FobAccount *account = fob_payload_draft_get_account (target->draft, position);
  FobOtp *otp = fob_account_get_otp (account);
  const guint64 counter = fob_otp_get_counter (otp);
  g_autoptr (FobOtp) next = NULL;
  g_autoptr (FobAccount) changed = NULL;

  if (counter == G_MAXUINT64)
    {
      g_set_error_literal (
        error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER,
        _ ("The counter of this account is at its end. Ask the service for a new one."));
      return FALSE;
    }
  next = fob_otp_with_counter (otp, counter + 1, error);
  if (next == NULL)
    return FALSE;

  g_clear_pointer (target->taken, fob_otp_unref);
  *target->taken = fob_otp_ref (otp);
  changed = fob_account_with_otp (account, next);
  fob_payload_draft_replace (target->draft, position, changed);

  return TRUE;
}

static gboolean apply (FobEdit *self, Target *target, GError **error);

/* All or nothing: when one fails, the draft is dropped. */
static gboolean
apply_batch (FobEdit *self, Target *target, GError **error)
{
  g_autoptr (GPtrArray) inverses = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);

  for (guint i = 0; i < self->edits->len; i++)
    {
      g_autoptr (FobEdit) inverse = NULL;
      Target step = { target->draft, target->now, &inverse, target->taken };

      if (!apply (self->edits->pdata[i], &step, error))
        return FALSE;
      if (inverse != NULL)
        g_ptr_array_add (inverses, g_steal_pointer (&inverse));
    }
  for (guint i = 0, j = inverses->len; i + 1 < j; i++)
    {
      gpointer first = inverses->pdata[i];

      j--;
      inverses->pdata[i] = inverses->pdata[j];
      inverses->pdata[j] = first;
    }
  if (inverses->len > 0)
    *target->inverse = fob_edit_new_batch (inverses);

  return TRUE;
}

static gboolean
apply (FobEdit *self, Target *target, GError **error)
{
  guint position;

  if (self->kind == EDIT_ADD)
    return apply_add (self, target);
  if (self->kind == EDIT_RESTORE)
    return apply_restore (self, target, error);
  if (self->kind == EDIT_PURGE)
    return apply_purge (self, target, error);
  if (self->kind == EDIT_BATCH)
    return apply_batch (self, target, error);
  if (!fob_payload_draft_find (target->draft, self->account_id, &position))
    return fail_not_found (error);

  switch (self->kind)
    {
    case EDIT_UPDATE:
      apply_update (self, target, position);
      return TRUE;
    case EDIT_REMOVE:
      apply_remove (self, target, position);
      return TRUE;
    case EDIT_DISCARD:
      apply_discard (self, target, position);
      return TRUE;
    case EDIT_MOVE:
      *target->inverse = fob_edit_new_move (self->account_id, position);
      fob_payload_draft_move (target->draft, position, self->position);
      return TRUE;
    case EDIT_ADVANCE:
      return apply_advance (target, position, error);

    case EDIT_ADD:
    case EDIT_RESTORE:
    case EDIT_PURGE:
    case EDIT_BATCH:
    default:
      g_assert_not_reached ();
    }
}

FobPayload *
fob_edit_apply (FobEdit *self,
                FobPayload *payload,
                gint64 now,
                FobEdit **inverse,
                FobOtp **taken,
                GError **error)
{
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (payload);
  Target target = { draft, now, inverse, taken };

  *inverse = NULL;
  *taken = NULL;
  if (!apply (self, &target, error))
    {
      g_clear_pointer (inverse, fob_edit_unref);
      g_clear_pointer (taken, fob_otp_unref);
      return NULL;
    }
  fob_payload_draft_expire (draft, now);

  return fob_payload_draft_finish (draft);
}
