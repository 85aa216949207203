/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-recovery-codes.h"

#include <glib/gi18n-lib.h>

#include "fob-account-error.h"

struct _FobRecoveryCodes
{
  gatomicrefcount ref_count;
  GArray *codes; /* of FobRecoveryCode */
};

static void
clear_code (gpointer data)
{
  FobRecoveryCode *code = data;

  g_clear_pointer (&code->text, fob_secret_unref);
}

static FobRecoveryCodes *
create (void)
{
  FobRecoveryCodes *self = g_new0 (FobRecoveryCodes, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->codes = g_array_new (FALSE, FALSE, sizeof (FobRecoveryCode));
  g_array_set_clear_func (self->codes, clear_code);

  return self;
}

/* Returns: (transfer full) (nullable): @self, if there is anything in it. */
static FobRecoveryCodes *
finish (FobRecoveryCodes *self)
{
  if (self->codes->len > 0)
    return self;
  fob_recovery_codes_unref (self);

  return NULL;
}

static gboolean
is_separator (char letter)
{
  return letter == ' ' || letter == '-';
}

/* One page shows "1234 5678" and takes "12345678" as well. */
static gboolean
is_same_code (FobSecret *a, FobSecret *b)
{
  gsize size_a;
  gsize size_b;
  const char *text_a = fob_secret_get_data (a, &size_a);
  const char *text_b = fob_secret_get_data (b, &size_b);
  gsize i = 0;
  gsize j = 0;

  for (;; i++, j++)
    {
      while (i < size_a && is_separator (text_a[i]))
        i++;
      while (j < size_b && is_separator (text_b[j]))
        j++;
      if (i == size_a || j == size_b)
        return i == size_a && j == size_b;
      if (text_a[i] != text_b[j])
        return FALSE;
    }
}

/* @self: (nullable) */
static FobRecoveryCode *
find (FobRecoveryCodes *self, FobSecret *text)
{
  for (guint i = 0; self != NULL && i < self->codes->len; i++)
    {
      FobRecoveryCode *code = &g_array_index (self->codes, FobRecoveryCode, i);

      if (is_same_code (code->text, text))
        return code;
    }

  return NULL;
}

/* Only for what nobody else has seen yet. */
static void
append (FobRecoveryCodes *self, FobSecret *text, gboolean used)
{
  FobRecoveryCode *present = find (self, text);
  FobRecoveryCode code = { text, used != FALSE };

  if (present != NULL)
    {
      present->used = present->used || used;
      return;
    }
  if (self->codes->len == FOB_RECOVERY_CODES_STORED_MAX)
    return;

  fob_secret_ref (text);
  g_array_append_val (self->codes, code);
}

static void
append_all (FobRecoveryCodes *self, FobRecoveryCodes *other)
{
  for (guint i = 0; i < fob_recovery_codes_get_size (other); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (other, i);

      append (self, code->text, code->used);
    }
}

FobRecoveryCodes *
fob_recovery_codes_new (const FobRecoveryCode *codes, gsize n)
{
  FobRecoveryCodes *self = create ();

  for (gsize i = 0; i < n; i++)
    append (self, codes[i].text, codes[i].used);

  return finish (self);
}

FobRecoveryCodes *
fob_recovery_codes_ref (FobRecoveryCodes *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_recovery_codes_unref (FobRecoveryCodes *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->codes, g_array_unref);
  g_free (self);
}

guint
fob_recovery_codes_get_size (FobRecoveryCodes *self)
{
  return self != NULL ? self->codes->len : 0;
}

guint
fob_recovery_codes_get_n_left (FobRecoveryCodes *self)
{
  guint n = 0;

  for (guint i = 0; i < fob_recovery_codes_get_size (self); i++)
    n += fob_recovery_codes_get (self, i)->used ? 0 : 1;

  return n;
}

const FobRecoveryCode *
fob_recovery_codes_get (FobRecoveryCodes *self, guint position)
{
  g_return_val_if_fail (position < fob_recovery_codes_get_size (self), NULL);

  return &g_array_index (self->codes, FobRecoveryCode, position);
}

gboolean
fob_recovery_codes_equal (FobRecoveryCodes *a, FobRecoveryCodes *b)
{
  if (fob_recovery_codes_get_size (a) != fob_recovery_codes_get_size (b))
    return FALSE;
  for (guint i = 0; i < fob_recovery_codes_get_size (a); i++)
    {
      const FobRecoveryCode *code_a = fob_recovery_codes_get (a, i);
      const FobRecoveryCode *code_b = fob_recovery_codes_get (b, i);

      if (code_a->used != code_b->used || !fob_secret_equal (code_a->text, code_b->text))
        return FALSE;
    }

  return TRUE;
}

gboolean
fob_recovery_codes_match (FobRecoveryCodes *a, FobRecoveryCodes *b)
{
  if (fob_recovery_codes_get_size (a) != fob_recovery_codes_get_size (b))
    return FALSE;
  for (guint i = 0; i < fob_recovery_codes_get_size (a); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (a, i);
      const FobRecoveryCode *other = find (b, code->text);

      if (other == NULL || other->used != code->used)
        return FALSE;
    }

  return TRUE;
}

FobRecoveryCodes *
fob_recovery_codes_with_used (FobRecoveryCodes *self, guint position, gboolean used)
{
  FobRecoveryCodes *changed = create ();

  g_return_val_if_fail (position < fob_recovery_codes_get_size (self), NULL);

  append_all (changed, self);
  g_array_index (changed->codes, FobRecoveryCode, position).used = used != FALSE;

  return changed;
}

FobRecoveryCodes *
fob_recovery_codes_without (FobRecoveryCodes *self, guint position)
{
  FobRecoveryCodes *changed = create ();

  append_all (changed, self);
  g_array_remove_index (changed->codes, position);

  return finish (changed);
}

FobRecoveryCodes *
fob_recovery_codes_add (FobRecoveryCodes *self, FobRecoveryCodes *more, GError **error)
{
  g_autoptr (FobRecoveryCodes) all = fob_recovery_codes_unite (self, more);

  /* What a merge brought together stays, and is no reason to refuse what is in it already. */
  if (fob_recovery_codes_get_size (all) > FOB_RECOVERY_CODES_MAX &&
      fob_recovery_codes_get_size (all) > fob_recovery_codes_get_size (self))
    {
      g_set_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_RECOVERY,
                   ngettext ("An account can have %d recovery code at most.",
                             "An account can have %d recovery codes at most.",
                             FOB_RECOVERY_CODES_MAX),
                   FOB_RECOVERY_CODES_MAX);
      return NULL;
    }

  return g_steal_pointer (&all);
}

FobRecoveryCodes *
fob_recovery_codes_unite (FobRecoveryCodes *a, FobRecoveryCodes *b)
{
  FobRecoveryCodes *all = create ();

  append_all (all, a);
  append_all (all, b);

  return finish (all);
}

FobRecoveryCodes *
fob_recovery_codes_mark (FobRecoveryCodes *self, FobRecoveryCodes *marks)
{
  FobRecoveryCodes *marked = create ();

  for (guint i = 0; i < fob_recovery_codes_get_size (self); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (self, i);
      const FobRecoveryCode *mark = find (marks, code->text);

      append (marked, code->text, code->used || (mark != NULL && mark->used));
    }

  return finish (marked);
}

FobRecoveryCodes *
fob_recovery_codes_rebase (FobRecoveryCodes *before,
                           FobRecoveryCodes *after,
                           FobRecoveryCodes *current)
{
  FobRecoveryCodes *rebased = create ();

  for (guint i = 0; i < fob_recovery_codes_get_size (after); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (after, i);
      const FobRecoveryCode *old = find (before, code->text);
      const FobRecoveryCode *present = find (current, code->text);

      if (old == NULL)
        append (rebased, code->text, code->used || (present != NULL && present->used));
      else if (present != NULL)
        append (rebased, code->text, code->used != old->used ? code->used : present->used);
    }
  for (guint i = 0; i < fob_recovery_codes_get_size (current); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (current, i);

      if (find (before, code->text) == NULL)
        append (rebased, code->text, code->used);
    }

  return finish (rebased);
}
