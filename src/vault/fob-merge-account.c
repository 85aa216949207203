/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-merge-account.h"

/* Whatever the counters say. */
static gboolean
same_token (FobOtp *a, FobOtp *b)
{
  const guint64 counter = fob_otp_get_counter (a);
  g_autoptr (FobOtp) other = NULL;

  if (counter == fob_otp_get_counter (b))
    return fob_otp_equal (a, b);
  other = fob_otp_with_counter (b, counter, NULL);

  return other != NULL && fob_otp_equal (a, other);
}

/* In whatever order. */
static gboolean
same_tags (FobAccount *a, FobAccount *b)
{
  const char *const *tags_a = fob_account_get_tags (a);
  const char *const *tags_b = fob_account_get_tags (b);

  if (g_strv_length ((char **) tags_a) != g_strv_length ((char **) tags_b))
    return FALSE;
  for (gsize i = 0; tags_a[i] != NULL; i++)
    {
      if (!fob_account_has_tag (b, tags_a[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
same_icon (FobAccount *a, FobAccount *b)
{
  GBytes *icon_a = fob_account_get_icon (a);
  GBytes *icon_b = fob_account_get_icon (b);

  if (icon_a == NULL || icon_b == NULL)
    return icon_a == icon_b;

  return g_bytes_equal (icon_a, icon_b) &&
         g_str_equal (fob_account_get_icon_type (a), fob_account_get_icon_type (b));
}

static guint
flag (gboolean same, FobMergeField field)
{
  return same ? 0 : (guint) field;
}

guint
fob_merge_account_compare (FobAccount *a, FobAccount *b)
{
  FobOtp *otp_a = fob_account_get_otp (a);
  FobOtp *otp_b = fob_account_get_otp (b);

  return flag (g_str_equal (fob_account_get_issuer (a), fob_account_get_issuer (b)),
               FOB_MERGE_FIELD_ISSUER) |
         flag (g_str_equal (fob_account_get_name (a), fob_account_get_name (b)),
               FOB_MERGE_FIELD_NAME) |
         flag (same_token (otp_a, otp_b), FOB_MERGE_FIELD_TOKEN) |
         flag (fob_otp_get_counter (otp_a) == fob_otp_get_counter (otp_b),
               FOB_MERGE_FIELD_COUNTER) |
         flag (g_str_equal (fob_account_get_note (a), fob_account_get_note (b)),
               FOB_MERGE_FIELD_NOTE) |
         flag (fob_account_get_pinned (a) == fob_account_get_pinned (b), FOB_MERGE_FIELD_PIN) |
         flag (same_tags (a, b), FOB_MERGE_FIELD_TAGS) |
         flag (same_icon (a, b), FOB_MERGE_FIELD_ICON) |
         flag (fob_recovery_codes_match (fob_account_get_recovery (a),
                                         fob_account_get_recovery (b)),
               FOB_MERGE_FIELD_RECOVERY);
}

gboolean
fob_merge_account_is_same (FobAccount *a, FobAccount *b)
{
  return g_str_equal (fob_account_get_issuer (a), fob_account_get_issuer (b)) &&
         g_str_equal (fob_account_get_name (a), fob_account_get_name (b)) &&
         same_token (fob_account_get_otp (a), fob_account_get_otp (b));
}

/* A counter belongs to its secret: with another secret it means nothing. */
static FobOtp *
combine_otp (FobOtp *ours, FobOtp *theirs, FobOtp *winner)
{
  const guint64 counter = MAX (fob_otp_get_counter (ours), fob_otp_get_counter (theirs));
  FobOtp *combined = NULL;

  if (fob_otp_get_counter (winner) < counter &&
      fob_otp_get_kind (ours) == fob_otp_get_kind (theirs) &&
      fob_secret_equal (fob_otp_get_secret (ours), fob_otp_get_secret (theirs)))
    combined = fob_otp_with_counter (winner, counter, NULL);

  return combined != NULL ? combined : fob_otp_ref (winner);
}

static FobRecoveryCodes *
combine_recovery (FobRecoveryCodes *ours, FobRecoveryCodes *theirs, FobMergeMode mode)
{
  return mode == FOB_MERGE_REPLACE ? fob_recovery_codes_mark (theirs, ours)
                                   : fob_recovery_codes_unite (ours, theirs);
}

FobAccount *
fob_merge_account_combine (FobAccount *ours,
                           FobAccount *theirs,
                           FobAccount *winner,
                           FobMergeMode mode)
{
  g_autoptr (FobOtp) otp = combine_otp (fob_account_get_otp (ours), fob_account_get_otp (theirs),
                                        fob_account_get_otp (winner));
  g_autoptr (FobRecoveryCodes) recovery =
    combine_recovery (fob_account_get_recovery (ours), fob_account_get_recovery (theirs), mode);
  g_autoptr (FobAccount) with_recovery = fob_account_with_recovery (ours, recovery);
  g_autoptr (FobAccount) with_otp = fob_account_with_otp (with_recovery, otp);
  g_autoptr (FobAccount) with_names = fob_account_with_names (
    with_otp, fob_account_get_issuer (winner), fob_account_get_name (winner));
  g_autoptr (FobAccount) with_note =
    fob_account_with_note (with_names, fob_account_get_note (winner));
  g_autoptr (FobAccount) with_pin =
    fob_account_with_pinned (with_note, fob_account_get_pinned (winner));
  g_autoptr (FobAccount) with_tags =
    fob_account_with_tags (with_pin, fob_account_get_tags (winner));

  return fob_account_with_icon (with_tags, fob_account_get_icon (winner),
                                fob_account_get_icon_type (winner));
}
