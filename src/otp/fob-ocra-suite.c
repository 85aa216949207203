/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-ocra-suite.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define SESSION_SIZE_DEFAULT 64
#define TIME_STEP_DEFAULT    60

#define DIGITS_MIN 4

static const char challenge_formats[] = {
  [FOB_OCRA_FORMAT_NUMERIC] = 'N',
  [FOB_OCRA_FORMAT_ALPHANUMERIC] = 'A',
  [FOB_OCRA_FORMAT_HEX] = 'H',
};

typedef struct
{
  char letter;
  guint64 seconds;
  guint64 max;
} TimeUnit;

/* RFC 6287 section 6.3. */
static const TimeUnit time_units[] = {
  { 'S', 1, 59 },
  { 'M', 60, 59 },
  { 'H', 3600, 48 },
};

/* All readers take what they know from the front of @text and say whether it was there. */
static gboolean
read_literal (const char **text, const char *literal)
{
  gsize length = strlen (literal);

  if (g_ascii_strncasecmp (*text, literal, length) != 0)
    return FALSE;

  *text += length;
  return TRUE;
}

static gboolean
read_number (const char **text, gsize max_digits, guint64 min, guint64 max, guint64 *number)
{
  gsize n_digits = 0;

  *number = 0;
  while (n_digits < max_digits && g_ascii_isdigit ((*text)[n_digits]))
    {
      *number = *number * 10 + (guint64) g_ascii_digit_value ((*text)[n_digits]);
      n_digits++;
    }
  *text += n_digits;

  return n_digits > 0 && *number >= min && *number <= max;
}

static gboolean
read_hash (const char **text, FobOtpAlgorithm *algorithm)
{
  for (FobOtpAlgorithm i = FOB_OTP_ALGORITHM_SHA1; i <= FOB_OTP_ALGORITHM_SHA512; i++)
    {
      if (read_literal (text, fob_otp_algorithm_to_string (i)))
        {
          *algorithm = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* `HOTP-SHA256-8`, RFC 6287 section 6.2. */
static gboolean
read_crypto_function (const char **text, FobOcraSuite *suite)
{
  guint64 digits = 0;

  if (!read_literal (text, "HOTP-") || !read_hash (text, &suite->algorithm) ||
      !read_literal (text, "-") || !read_number (text, 2, 0, FOB_OTP_DIGITS_MAX, &digits))
    return FALSE;

  suite->digits = (guint) digits;
  return digits == 0 || digits >= DIGITS_MIN;
}

/* `QN08`. */
static gboolean
read_challenge (const char **text, FobOcraSuite *suite)
{
  guint64 length = 0;

  if (!read_literal (text, "Q"))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (challenge_formats); i++)
    {
      if (g_ascii_toupper (**text) != challenge_formats[i])
        continue;

      (*text)++;
      if (!read_number (text, 2, FOB_OCRA_CHALLENGE_SIZE_MIN, FOB_OCRA_CHALLENGE_SIZE_MAX, &length))
        return FALSE;

      suite->challenge_format = (FobOcraFormat) i;
      suite->challenge_length = (gsize) length;
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_session (const char **text, FobOcraSuite *suite)
{
  guint64 size = SESSION_SIZE_DEFAULT;

  if (g_ascii_isdigit (**text) && !read_number (text, 3, 1, FOB_OCRA_SESSION_SIZE_MAX, &size))
    return FALSE;

  suite->session_size = (gsize) size;
  return TRUE;
}

static gboolean
read_time_step (const char **text, FobOcraSuite *suite)
{
  guint64 number = 1;

  suite->time_step = TIME_STEP_DEFAULT;
  if (!g_ascii_isdigit (**text))
    return TRUE;
  if (!read_number (text, 2, 1, G_MAXUINT, &number))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (time_units); i++)
    {
      if (g_ascii_toupper (**text) == time_units[i].letter)
        {
          (*text)++;
          suite->time_step = number * time_units[i].seconds;
          return number <= time_units[i].max;
        }
    }

  return FALSE;
}

/* `C-QN08-PSHA1-S064-T1M`, RFC 6287 section 6.3: only the challenge is a must, the order is fixed.
 */
static gboolean
read_data_input (const char **text, FobOcraSuite *suite)
{
  suite->has_counter = read_literal (text, "C-");

  if (!read_challenge (text, suite))
    return FALSE;

  suite->has_pin = read_literal (text, "-P");
  if (suite->has_pin && !read_hash (text, &suite->pin_algorithm))
    return FALSE;

  if (read_literal (text, "-S") && !read_session (text, suite))
    return FALSE;

  return !read_literal (text, "-T") || read_time_step (text, suite);
}

gboolean
fob_ocra_suite_parse (const char *text, FobOcraSuite *suite, GError **error)
{
  const char *rest = text;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (suite != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  memset (suite, 0, sizeof *suite);

  if (text[0] == '\0')
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SUITE,
                           _ ("The OCRA suite is missing."));
      return FALSE;
    }
  if (strlen (text) > FOB_OCRA_SUITE_SIZE_MAX || !read_literal (&rest, "OCRA-1:") ||
      !read_crypto_function (&rest, suite) || !read_literal (&rest, ":") ||
      !read_data_input (&rest, suite) || *rest != '\0')
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SUITE,
                           _ ("The OCRA suite is not valid. A suite looks like "
                              "“OCRA-1:HOTP-SHA1-6:QN08”."));
      return FALSE;
    }

  g_strlcpy (suite->text, text, sizeof suite->text);
  return TRUE;
}
