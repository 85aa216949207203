/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-export-lost.h"

#include <glib/gi18n-lib.h>

static const char *const kind_reasons[] = {
  [FOB_OTP_KIND_TOTP] = N_ ("Time-based accounts (TOTP) cannot be written in this format."),
  [FOB_OTP_KIND_HOTP] = N_ ("Counter-based accounts (HOTP) cannot be written in this format."),
  [FOB_OTP_KIND_STEAM] = N_ ("Steam accounts cannot be written in this format."),
  [FOB_OTP_KIND_MOTP] = N_ ("Mobile-OTP accounts cannot be written in this format."),
  [FOB_OTP_KIND_YANDEX] = N_ ("Yandex accounts cannot be written in this format."),
  [FOB_OTP_KIND_OCRA] = N_ ("Challenge-response accounts (OCRA) cannot be written in this format."),
};

void
fob_export_add_reason (GPtrArray *reasons, const char *reason)
{
  g_ptr_array_add (reasons, g_strdup (reason));
}

const char *
fob_export_get_issuer (FobAccount *account)
{
  const char *issuer = fob_account_get_issuer (account);

  return *issuer != '\0' ? issuer : fob_account_get_name (account);
}

static void
lost_tags (FobAccount *account, FobExportParts parts, GPtrArray *reasons)
{
  const char *const *tags = fob_account_get_tags (account);

  if (tags[0] == NULL || (parts & FOB_EXPORT_TAGS) != 0)
    return;
  if ((parts & FOB_EXPORT_ONE_TAG) == 0)
    fob_export_add_reason (reasons, _ ("Tags are left out, because this format has none."));
  else if (tags[1] != NULL)
    fob_export_add_reason (
      reasons, _ ("Of several tags only the first is written, because this format has but one."));
}

void
fob_export_lost_parts (FobAccount *account, FobExportParts parts, GPtrArray *reasons)
{
  lost_tags (account, parts, reasons);
  if (*fob_account_get_note (account) != '\0' && (parts & FOB_EXPORT_NOTE) == 0)
    fob_export_add_reason (reasons, _ ("Notes are left out, because this format has none."));
  if (fob_account_get_pinned (account) && (parts & FOB_EXPORT_PINNED) == 0)
    fob_export_add_reason (reasons,
                           _ ("Pinned accounts are not marked, because this format cannot tell."));
  if (fob_account_get_icon (account) != NULL && (parts & FOB_EXPORT_ICON) == 0)
    fob_export_add_reason (reasons, _ ("Icons are left out, because this format has none."));
  /* No format of another program has a word for them. */
  if (fob_account_get_recovery (account) != NULL)
    fob_export_add_reason (reasons,
                           _ ("Recovery codes are left out, because this format has none."));
  if (*fob_account_get_issuer (account) == '\0' && *fob_account_get_name (account) != '\0' &&
      (parts & FOB_EXPORT_NO_ISSUER) == 0)
    fob_export_add_reason (
      reasons, _ ("Where there is no issuer, the account name takes its place as well."));
}

gboolean
fob_export_has_kind (FobAccount *account, guint kinds, GPtrArray *reasons)
{
  FobOtp *otp = fob_account_get_otp (account);
  const FobOtpKind kind = fob_otp_get_kind (otp);

  if ((kinds & FOB_EXPORT_KIND (kind)) == 0)
    fob_export_add_reason (reasons, _ (kind_reasons[kind]));
  else if (fob_otp_get_counter (otp) > G_MAXINT64)
    fob_export_add_reason (reasons, _ ("A counter this large cannot be written in this format."));
  else
    return TRUE;

  return FALSE;
}

gboolean
fob_export_has_digits (FobAccount *account, guint min, guint max, GPtrArray *reasons)
{
  const guint digits = fob_otp_get_digits (fob_account_get_otp (account));
  g_autofree char *reason = NULL;

  if (digits >= min && digits <= max)
    return TRUE;
  /* Translators: the least and the greatest number of digits */
  reason = g_strdup_printf (_ ("This format only has codes of %u to %u digits."), min, max);
  fob_export_add_reason (reasons, reason);

  return FALSE;
}
