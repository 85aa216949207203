/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-otp-uri-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

gsize
fob_otp_uri_find_glued_period (FobUriSpan issuer)
{
  return fob_uri_span_find_text (issuer, "period=");
}

static gboolean
check_name (const char *name, gsize length, GError **error)
{
  if (length > FOB_OTP_LABEL_SIZE_MAX)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL,
                   _ ("A name in the link is too long: at most %d bytes are allowed."),
                   FOB_OTP_LABEL_SIZE_MAX);
      return FALSE;
    }
  /* Embedded NULs are refused here, too. */
  if (!g_utf8_validate_len (name, length, NULL))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL,
                           _ ("A name in the link is not valid text."));
      return FALSE;
    }

  return TRUE;
}

static char *
parse_name_value (const FobOtpUriParts *parts, const char *key, GError **error)
{
  g_autofree char *name = NULL;
  FobUriSpan value;
  gsize length = 0;

  if (!fob_uri_span_get_value (parts->query, key, &value))
    return g_strdup ("");

  if (strcmp (key, "issuer") == 0)
    value = fob_uri_span_first (value, fob_otp_uri_find_glued_period (value));

  name = fob_uri_span_decode (value, TRUE, &length);
  return check_name (name, length, error) ? g_steal_pointer (&name) : NULL;
}

static char *
parse_label (const FobOtpUriParts *parts, GError **error)
{
  g_autofree char *label = NULL;
  FobUriSpan value = parts->label;
  gsize length = 0;

  while (fob_uri_span_has_prefix (value, "/"))
    value = fob_uri_span_after (value, 1);

  /* A plus stays one: mail addresses have them. */
  label = fob_uri_span_decode (value, FALSE, &length);
  if (strlen (label) != length || !g_utf8_validate_len (label, length, NULL))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL,
                           _ ("A name in the link is not valid text."));
      return NULL;
    }

  return g_steal_pointer (&label);
}

static gboolean
equal_ignoring_case (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return strcmp (folded_a, folded_b) == 0;
}

/* Takes the account name out of `Issuer:account`. The parameter wins over the prefix, which is only
 * cut off where it says the same; a colon may be part of either name. */
static char *
split_label (const char *label, char **issuer)
{
  g_autofree char *prefix = NULL;
  const char *colon = strchr (label, ':');

  if (*issuer[0] != '\0' && g_str_has_prefix (label, *issuer) && label[strlen (*issuer)] == ':')
    return g_strstrip (g_strdup (label + strlen (*issuer) + 1));

  if (colon == NULL)
    return g_strstrip (g_strdup (label));

  prefix = g_strstrip (g_strndup (label, (gsize) (colon - label)));
  if (*issuer[0] != '\0' && prefix[0] != '\0' && !equal_ignoring_case (prefix, *issuer))
    return g_strstrip (g_strdup (label));

  if (*issuer[0] == '\0')
    {
      g_free (*issuer);
      *issuer = g_steal_pointer (&prefix);
    }

  return g_strstrip (g_strdup (colon + 1));
}

gboolean
fob_otp_uri_parse_names (const FobOtpUriParts *parts, char **issuer, char **account, GError **error)
{
  g_autofree char *label = parse_label (parts, error);
  g_autofree char *found_issuer = label != NULL ? parse_name_value (parts, "issuer", error) : NULL;
  g_autofree char *exact = found_issuer != NULL ? parse_name_value (parts, "account", error) : NULL;
  g_autofree char *found_account = NULL;
  g_autofree char *stripped = NULL;

  if (exact == NULL)
    return FALSE;

  found_account = split_label (label, &found_issuer);

  /* `steam://` has no names, and says whose it is. */
  if (parts->bare_secret.length > 0 && found_issuer[0] == '\0')
    {
      g_free (found_issuer);
      found_issuer = g_strdup ("Steam");
    }

  /* Our own parameter, for names that start or end with white space. */
  stripped = g_strstrip (g_strdup (exact));
  if (exact[0] != '\0' && strcmp (stripped, found_account) == 0)
    {
      g_free (found_account);
      found_account = g_steal_pointer (&exact);
    }

  if (!check_name (found_issuer, strlen (found_issuer), error) ||
      !check_name (found_account, strlen (found_account), error))
    return FALSE;

  *issuer = g_steal_pointer (&found_issuer);
  *account = g_steal_pointer (&found_account);
  return TRUE;
}
