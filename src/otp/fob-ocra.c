/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-ocra.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>

#include "fob-hex.h"
#include "fob-otp-private.h"
#include "fob-wipe.h"

/* The question is filled with zeros to this size (RFC 6287 section 5.1). */
#define QUESTION_SIZE 128

/* Suite, NUL, counter, question, PIN hash, session, time. */
#define MESSAGE_SIZE_MAX                                                                           \
  (FOB_OCRA_SUITE_SIZE_MAX + 1 + 8 + QUESTION_SIZE + FOB_HASH_SIZE_MAX +                           \
   FOB_OCRA_SESSION_SIZE_MAX + 8)

typedef struct
{
  guint8 data[MESSAGE_SIZE_MAX];
  gsize size;
} Message;

static void
message_append (Message *message, gconstpointer data, gsize size)
{
  memcpy (message->data + message->size, data, size);
  message->size += size;
}

static void
message_append_zeros (Message *message, gsize size)
{
  memset (message->data + message->size, 0, size);
  message->size += size;
}

static void
message_append_number (Message *message, guint64 number)
{
  guint64 bytes = GUINT64_TO_BE (number);

  message_append (message, &bytes, sizeof bytes);
}

static gboolean
fits_format (char character, FobOcraFormat format)
{
  switch (format)
    {
    case FOB_OCRA_FORMAT_NUMERIC:
      return g_ascii_isdigit (character);
    case FOB_OCRA_FORMAT_ALPHANUMERIC:
      return g_ascii_isalnum (character);
    case FOB_OCRA_FORMAT_HEX:
      return g_ascii_isxdigit (character);
    default:
      return FALSE;
    }
}

static gboolean
check_challenge (const FobOcraSuite *suite, const char *challenge, GError **error)
{
  gsize length = challenge != NULL ? strlen (challenge) : 0;

  if (length == 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CHALLENGE,
                           _ ("The challenge is missing."));
      return FALSE;
    }
  if (length > suite->challenge_length)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CHALLENGE,
                   _ ("The challenge is too long: it has at most %u characters."),
                   (guint) suite->challenge_length);
      return FALSE;
    }
  for (gsize i = 0; i < length; i++)
    {
      if (!fits_format (challenge[i], suite->challenge_format))
        {
          g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CHALLENGE,
                               suite->challenge_format == FOB_OCRA_FORMAT_NUMERIC
                                 ? _ ("The challenge may hold only digits.")
                               : suite->challenge_format == FOB_OCRA_FORMAT_HEX
                                 ? _ ("The challenge may hold only hexadecimal digits.")
                                 : _ ("The challenge may hold only letters and digits."));
          return FALSE;
        }
    }

  return TRUE;
}

/* A decimal number of any length in hexadecimal, without zeros in front. */
static char *
decimal_to_hex (const char *decimal)
{
  BIGNUM *number = NULL;
  char *hex = NULL;
  char *text = NULL;

  if (BN_dec2bn (&number, decimal) > 0)
    hex = BN_bn2hex (number);
  if (hex != NULL)
    text = g_strdup (hex[0] == '0' && hex[1] != '\0' ? hex + 1 : hex);

  OPENSSL_free (hex);
  BN_free (number);
  return text;
}

/* From the left, two digits a byte; an odd last digit is the upper half of its byte. */
static void
append_hex (Message *message, const char *hex)
{
  guint8 bytes[QUESTION_SIZE] = { 0 };

  for (gsize i = 0; hex[i] != '\0'; i++)
    bytes[i / 2] |= (guint8) (g_ascii_xdigit_value (hex[i]) << (i % 2 == 0 ? 4 : 0));

  message_append (message, bytes, sizeof bytes);
}

static gboolean
append_question (Message *message,
                 const FobOcraSuite *suite,
                 const FobOcraInput *input,
                 GError **error)
{
  g_autofree char *question = NULL;
  g_autofree char *hex = NULL;

  if (!check_challenge (suite, input->challenge, error) ||
      (input->second_challenge != NULL && !check_challenge (suite, input->second_challenge, error)))
    return FALSE;

  question = g_strconcat (input->challenge, input->second_challenge, NULL);
  if (suite->challenge_format == FOB_OCRA_FORMAT_ALPHANUMERIC)
    {
      message_append (message, question, strlen (question));
      message_append_zeros (message, QUESTION_SIZE - strlen (question));
      return TRUE;
    }

  hex = suite->challenge_format == FOB_OCRA_FORMAT_NUMERIC ? decimal_to_hex (question)
                                                           : g_steal_pointer (&question);
  if (hex == NULL)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CRYPTO,
                           _ ("The code could not be computed."));
      return FALSE;
    }

  append_hex (message, hex);
  return TRUE;
}

static gboolean
append_pin (Message *message, const FobOcraSuite *suite, FobSecret *pin, GError **error)
{
  guint8 digest[FOB_HASH_SIZE_MAX];
  gconstpointer data = NULL;
  gsize size = 0;

  if (!suite->has_pin)
    return TRUE;

  if (pin != NULL)
    data = fob_secret_get_data (pin, &size);
  if (size == 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN,
                           _ ("The PIN of this token is missing."));
      return FALSE;
    }
  if (!fob_hash_compute (suite->pin_algorithm, data, size, digest))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CRYPTO,
                           _ ("The code could not be computed."));
      return FALSE;
    }

  message_append (message, digest, fob_hash_get_size (suite->pin_algorithm));
  fob_wipe (digest, sizeof digest);
  return TRUE;
}

static gboolean
append_session (Message *message,
                const FobOcraSuite *suite,
                const FobOcraInput *input,
                GError **error)
{
  if (suite->session_size == 0)
    return TRUE;

  if (input->session == NULL || input->session_size == 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SESSION,
                           _ ("The session data are missing."));
      return FALSE;
    }
  if (input->session_size > suite->session_size)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SESSION,
                   _ ("The session data are too long: they have at most %u bytes."),
                   (guint) suite->session_size);
      return FALSE;
    }

  message_append_zeros (message, suite->session_size - input->session_size);
  message_append (message, input->session, input->session_size);
  return TRUE;
}

static gboolean
append_time (Message *message, const FobOcraSuite *suite, gint64 unix_time, GError **error)
{
  if (suite->time_step == 0)
    return TRUE;

  if (unix_time < 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_TIME,
                           _ ("There are no codes for times before 1970."));
      return FALSE;
    }

  message_append_number (message, (guint64) unix_time / suite->time_step);
  return TRUE;
}

/* RFC 6287 section 5.1. */
static gboolean
build_message (FobOtp *otp, const FobOcraInput *input, Message *message, GError **error)
{
  const FobOcraSuite *suite = otp->suite;

  message->size = 0;
  message_append (message, suite->text, strlen (suite->text) + 1);
  if (suite->has_counter)
    message_append_number (message, otp->counter);

  return append_question (message, suite, input, error) &&
         append_pin (message, suite, input->pin != NULL ? input->pin : otp->pin, error) &&
         append_session (message, suite, input, error) &&
         append_time (message, suite, input->unix_time, error);
}

static gboolean
compute_code (FobOtp *otp, const Message *message, char *code, GError **error)
{
  guint8 mac[FOB_HASH_SIZE_MAX];
  gsize mac_size = fob_otp_compute_hmac (otp, message->data, message->size, mac);

  if (mac_size == 0)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CRYPTO,
                           _ ("The code could not be computed."));
      return FALSE;
    }

  if (otp->digits == 0)
    fob_hex_encode (mac, mac_size, code);
  else
    fob_otp_write_truncated (mac, mac_size, otp->digits, code);

  fob_wipe (mac, sizeof mac);
  return TRUE;
}

gboolean
fob_ocra_answer (FobOtp *otp,
                 const FobOcraInput *input,
                 char code[FOB_OCRA_CODE_SIZE],
                 GError **error)
{
  Message message;
  gboolean done = FALSE;

  g_return_val_if_fail (otp != NULL, FALSE);
  g_return_val_if_fail (input != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  code[0] = '\0';

  if (otp->suite == NULL)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token does not answer challenges."));
      return FALSE;
    }

  done = build_message (otp, input, &message, error) && compute_code (otp, &message, code, error);
  fob_wipe (&message, sizeof message);

  return done;
}

gboolean
fob_ocra_verify (FobOtp *otp, const FobOcraInput *input, const char *code, GError **error)
{
  char expected[FOB_OCRA_CODE_SIZE];
  gboolean matches = FALSE;

  g_return_val_if_fail (code != NULL, FALSE);

  if (!fob_ocra_answer (otp, input, expected, error))
    return FALSE;

  matches =
    strlen (code) == strlen (expected) && CRYPTO_memcmp (code, expected, strlen (expected)) == 0;
  fob_wipe (expected, sizeof expected);

  if (!matches)
    g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CODE, _ ("The code is not right."));
  return matches;
}
