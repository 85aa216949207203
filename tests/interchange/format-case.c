/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "format-case.h"

#include <string.h>

GBytes *
format_case_load (const FormatCase *self)
{
  gsize size;
  guchar *data;

  if (self->text != NULL)
    return g_bytes_new (self->text, strlen (self->text));

  data = g_base64_decode (self->base64, &size);

  return g_bytes_new_take (data, size);
}

FobImport *
import_bytes (GBytes *bytes, const char *passphrase, GError **error)
{
  g_autoptr (FobSecret) secret =
    passphrase != NULL ? fob_secret_new (passphrase, strlen (passphrase)) : NULL;

  return fob_format_import (bytes, NULL, secret, NULL, error);
}

char *
describe_account (FobAccount *account)
{
  FobOtp *otp = fob_account_get_otp (account);
  FobSecret *pin = fob_otp_get_pin (otp);
  const char *const *tags = fob_account_get_tags (account);
  g_autofree char *base32 = fob_secret_dup_base32 (fob_otp_get_secret (otp));
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s|%s|%s|%s|%s|%u|%" G_GUINT64_FORMAT "|%" G_GUINT64_FORMAT,
                          fob_otp_kind_to_string (fob_otp_get_kind (otp)),
                          fob_account_get_issuer (account), fob_account_get_name (account), base32,
                          fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp)),
                          fob_otp_get_digits (otp), fob_otp_get_period (otp),
                          fob_otp_get_counter (otp));
  if (pin != NULL)
    {
      gsize size;
      const char *data = fob_secret_get_data (pin, &size);

      g_string_append_printf (text, "|pin %.*s", (int) size, data);
    }
  for (gsize i = 0; tags[i] != NULL; i++)
    g_string_append_printf (text, "|#%s", tags[i]);
  if (*fob_account_get_note (account) != '\0')
    g_string_append_printf (text, "|note %s", fob_account_get_note (account));
  if (fob_account_get_icon (account) != NULL)
    g_string_append_printf (text, "|icon %s", fob_account_get_icon_type (account));
  if (fob_account_get_pinned (account))
    g_string_append (text, "|*");
  g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}

char *
describe_import (FobImport *import)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fob_import_get_n_accounts (import); i++)
    {
      g_autofree char *line = describe_account (fob_import_get_account (import, i));

      g_string_append (text, line);
    }
  for (guint i = 0; i < fob_import_get_n_skipped (import); i++)
    {
      const FobImportSkip *skip = fob_import_get_skipped (import, i);

      g_assert_cmpstr (skip->reason, !=, "");
      g_string_append_printf (text, "skip|%s\n", skip->name);
    }

  return g_string_free (text, FALSE);
}
