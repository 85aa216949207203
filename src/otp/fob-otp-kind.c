/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-otp-private.h"

#include <string.h>

/* What may stand before the hash in other people's spelling: `HmacSHA1`, `Algorithm.sha1`. */
static const char *const algorithm_prefixes[] = { "ALGORITHM.", "HMAC" };

static const char *const algorithm_names[] = {
  [FOB_OTP_ALGORITHM_SHA1] = "SHA1",
  [FOB_OTP_ALGORITHM_SHA256] = "SHA256",
  [FOB_OTP_ALGORITHM_SHA512] = "SHA512",
  [FOB_OTP_ALGORITHM_MD5] = "MD5",
};

static const FobOtpKindInfo kinds[] = {
  [FOB_OTP_KIND_TOTP] = {
    .name = "totp",
    .digits = FOB_OTP_DIGITS_DEFAULT,
    .digits_min = FOB_OTP_DIGITS_MIN,
    .digits_max = FOB_OTP_DIGITS_MAX,
    .period = FOB_OTP_PERIOD_DEFAULT,
    .period_min = FOB_OTP_PERIOD_MIN,
    .period_max = FOB_OTP_PERIOD_MAX,
  },
  [FOB_OTP_KIND_HOTP] = {
    .name = "hotp",
    .digits = FOB_OTP_DIGITS_DEFAULT,
    .digits_min = FOB_OTP_DIGITS_MIN,
    .digits_max = FOB_OTP_DIGITS_MAX,
    .has_counter = TRUE,
  },
  [FOB_OTP_KIND_STEAM] = {
    .name = "steam",
    .algorithm_fixed = TRUE,
    .digits = FOB_OTP_STEAM_DIGITS,
    .digits_min = FOB_OTP_STEAM_DIGITS,
    .digits_max = FOB_OTP_STEAM_DIGITS,
    .period = FOB_OTP_PERIOD_DEFAULT,
    .period_min = FOB_OTP_PERIOD_DEFAULT,
    .period_max = FOB_OTP_PERIOD_DEFAULT,
  },
  [FOB_OTP_KIND_MOTP] = {
    .name = "motp",
    .algorithm = FOB_OTP_ALGORITHM_MD5,
    .algorithm_fixed = TRUE,
    .digits = FOB_OTP_MOTP_DIGITS,
    .digits_min = FOB_OTP_MOTP_DIGITS,
    .digits_max = FOB_OTP_MOTP_DIGITS,
    .period = FOB_OTP_MOTP_PERIOD,
    .period_min = FOB_OTP_MOTP_PERIOD,
    .period_max = FOB_OTP_MOTP_PERIOD,
    .has_pin = TRUE,
  },
  [FOB_OTP_KIND_YANDEX] = {
    .name = "yandex",
    .algorithm = FOB_OTP_ALGORITHM_SHA256,
    .algorithm_fixed = TRUE,
    .digits = FOB_OTP_YANDEX_DIGITS,
    .digits_min = FOB_OTP_YANDEX_DIGITS,
    .digits_max = FOB_OTP_YANDEX_DIGITS,
    .period = FOB_OTP_PERIOD_DEFAULT,
    .period_min = FOB_OTP_PERIOD_DEFAULT,
    .period_max = FOB_OTP_PERIOD_DEFAULT,
    .has_pin = TRUE,
  },
  [FOB_OTP_KIND_OCRA] = {
    .name = "ocra",
    .has_counter = TRUE,
    .has_pin = TRUE,
    .has_challenge = TRUE,
  },
};

/* The name in URIs, where it is another. */
#define YANDEX_URI_NAME "yaotp"

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

const FobOtpKindInfo *
fob_otp_kind_get_info (FobOtpKind kind)
{
  return kind < G_N_ELEMENTS (kinds) ? &kinds[kind] : NULL;
}

void
fob_otp_params_set_kind (FobOtpParams *params, FobOtpKind kind)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (kind);

  g_return_if_fail (params != NULL);
  g_return_if_fail (info != NULL);

  params->kind = kind;
  params->algorithm = info->algorithm;
  params->digits = info->digits;
  params->period = info->period;
}

const char *
fob_otp_kind_to_string (FobOtpKind kind)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (kind);

  g_return_val_if_fail (info != NULL, NULL);

  return info->name;
}

gboolean
fob_otp_kind_from_string (const char *name, FobOtpKind *kind)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  if (g_ascii_strcasecmp (name, YANDEX_URI_NAME) == 0)
    {
      *kind = FOB_OTP_KIND_YANDEX;
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_ascii_strcasecmp (name, kinds[i].name) == 0)
        {
          *kind = (FobOtpKind) i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
fob_otp_kind_to_uri_type (FobOtpKind kind)
{
  return kind == FOB_OTP_KIND_YANDEX ? YANDEX_URI_NAME : fob_otp_kind_to_string (kind);
}
