/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-otp.h"

#include <string.h>

/* What may stand before the hash in other people's spelling: `HmacSHA1`, `Algorithm.sha1`. */
static const char *const algorithm_prefixes[] = { "ALGORITHM.", "HMAC" };

static const char *const algorithm_names[] = {
  [FOB_OTP_ALGORITHM_SHA1] = "SHA1",
  [FOB_OTP_ALGORITHM_SHA256] = "SHA256",
  [FOB_OTP_ALGORITHM_SHA512] = "SHA512",
};

static const char *const kind_names[] = {
  [FOB_OTP_KIND_TOTP] = "totp",
  [FOB_OTP_KIND_HOTP] = "hotp",
};

/* Upper case, without dashes, underscores and prefixes. */
static char *
normalize_algorithm (const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);
  const char *start = g_strstrip (upper);
  GString *plain = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (algorithm_prefixes); i++)
    {
      if (g_str_has_prefix (start, algorithm_prefixes[i]))
        start += strlen (algorithm_prefixes[i]);
    }

  plain = g_string_new (NULL);
  for (; *start != '\0'; start++)
    {
      if (*start != '-' && *start != '_')
        g_string_append_c (plain, *start);
    }

  return g_string_free (plain, FALSE);
}

const char *
fob_otp_algorithm_to_string (FobOtpAlgorithm algorithm)
{
  g_return_val_if_fail (algorithm < G_N_ELEMENTS (algorithm_names), NULL);

  return algorithm_names[algorithm];
}

gboolean
fob_otp_algorithm_from_string (const char *name, FobOtpAlgorithm *algorithm)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (algorithm != NULL, FALSE);

  plain = normalize_algorithm (name);
  for (gsize i = 0; i < G_N_ELEMENTS (algorithm_names); i++)
    {
      if (strcmp (plain, algorithm_names[i]) == 0)
        {
          *algorithm = (FobOtpAlgorithm) i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
fob_otp_kind_to_string (FobOtpKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

gboolean
fob_otp_kind_from_string (const char *name, FobOtpKind *kind)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_ascii_strcasecmp (name, kind_names[i]) == 0)
        {
          *kind = (FobOtpKind) i;
          return TRUE;
        }
    }

  return FALSE;
}
