/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-otp-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-hex.h"
#include "fob-wipe.h"

#define STEAM_ALPHABET "23456789BCDFGHJKMNPQRTVWXY"
#define N_LETTERS      26

/* A 64-bit number in decimal with its NUL. */
#define DECIMAL_SIZE 21

typedef gboolean (*CodeFunc) (FobOtp *self, guint64 step, char *code);

/* Yandex: SHA-256 of PIN and secret, without a first byte of 0. */
static gsize
make_yandex_key (FobOtp *self, guint8 key[FOB_HASH_SIZE_MAX])
{
  guint8 text[FOB_OTP_YANDEX_PIN_SIZE_MAX + FOB_OTP_YANDEX_SECRET_SIZE];
  gsize pin_size = 0;
  gconstpointer pin = fob_secret_get_data (self->pin, &pin_size);
  gsize size = fob_hash_get_size (FOB_OTP_ALGORITHM_SHA256);
  gboolean done = FALSE;

  memcpy (text, pin, pin_size);
  memcpy (text + pin_size, fob_secret_get_data (self->secret, NULL), FOB_OTP_YANDEX_SECRET_SIZE);
  done =
    fob_hash_compute (FOB_OTP_ALGORITHM_SHA256, text, pin_size + FOB_OTP_YANDEX_SECRET_SIZE, key);
  fob_wipe (text, sizeof text);

  if (!done)
    return 0;
  if (key[0] != 0)
    return size;

  memmove (key, key + 1, size - 1);
  return size - 1;
}

/* The key of the HMAC: the secret, but for Yandex. @buffer is to be wiped after use. */
static gconstpointer
get_key (FobOtp *self, guint8 buffer[FOB_HASH_SIZE_MAX], gsize *size)
{
  if (self->kind != FOB_OTP_KIND_YANDEX)
    return fob_secret_get_data (self->secret, size);

  *size = make_yandex_key (self, buffer);
  return buffer;
}

/* The key made ready, from the second code on; NULL for the first, or if OpenSSL failed. */
static FobHmac *
get_hmac (FobOtp *self)
{
  FobHmac *hmac = g_atomic_pointer_get (&self->hmac);
  guint8 buffer[FOB_HASH_SIZE_MAX];
  gconstpointer key = NULL;
  gsize key_size = 0;

  if (hmac != NULL || g_atomic_int_compare_and_exchange (&self->used, FALSE, TRUE))
    return hmac;

  key = get_key (self, buffer, &key_size);
  if (key_size > 0)
    hmac = fob_hmac_new (self->algorithm, key, key_size);
  fob_wipe (buffer, sizeof buffer);

  if (hmac != NULL && !g_atomic_pointer_compare_and_exchange (&self->hmac, NULL, hmac))
    {
      /* Another thread was faster. */
      fob_hmac_unref (hmac);
      hmac = g_atomic_pointer_get (&self->hmac);
    }

  return hmac;
}

gsize
fob_otp_compute_hmac (FobOtp *self, gconstpointer data, gsize size, guint8 mac[FOB_HASH_SIZE_MAX])
{
  FobHmac *hmac = get_hmac (self);
  guint8 buffer[FOB_HASH_SIZE_MAX];
  gconstpointer key = NULL;
  gsize key_size = 0;
  gsize mac_size = 0;

  if (hmac != NULL)
    return fob_hmac_compute (hmac, data, size, mac);

  key = get_key (self, buffer, &key_size);
  if (key_size > 0)
    mac_size = fob_hmac_compute_once (self->algorithm, key, key_size, data, size, mac);
  fob_wipe (buffer, sizeof buffer);

  return mac_size;
}

static gsize
compute_step_hmac (FobOtp *self, guint64 step, guint8 mac[FOB_HASH_SIZE_MAX])
{
  guint64 message = GUINT64_TO_BE (step);

  return fob_otp_compute_hmac (self, &message, sizeof message, mac);
}

static guint32
truncate_mac (const guint8 *mac, gsize mac_size)
{
  const guint8 *start = mac + (mac[mac_size - 1] & 0xf);

  return (guint32) (start[0] & 0x7f) << 24 | (guint32) start[1] << 16 | (guint32) start[2] << 8 |
         (guint32) start[3];
}

void
fob_otp_write_truncated (const guint8 *mac, gsize mac_size, guint digits, char *code)
{
  guint32 value = truncate_mac (mac, mac_size);

  code[digits] = '\0';
  for (guint i = digits; i > 0; i--)
    {
      code[i - 1] = (char) ('0' + value % 10);
      value /= 10;
    }
}

static gboolean
write_decimal_code (FobOtp *self, guint64 step, char *code)
{
  guint8 mac[FOB_HASH_SIZE_MAX];
  gsize mac_size = compute_step_hmac (self, step, mac);

  if (mac_size == 0)
    return FALSE;

  fob_otp_write_truncated (mac, mac_size, self->digits, code);
  fob_wipe (mac, sizeof mac);
  return TRUE;
}

/* The last character that falls out of the division comes last. */
static gboolean
write_steam_code (FobOtp *self, guint64 step, char *code)
{
  guint8 mac[FOB_HASH_SIZE_MAX];
  gsize mac_size = compute_step_hmac (self, step, mac);
  guint32 value = 0;

  if (mac_size == 0)
    return FALSE;

  value = truncate_mac (mac, mac_size);
  for (guint i = 0; i < self->digits; i++)
    {
      code[i] = STEAM_ALPHABET[value % N_LETTERS];
      value /= N_LETTERS;
    }
  code[self->digits] = '\0';
  fob_wipe (mac, sizeof mac);
  return TRUE;
}

/* Like the decimal codes, but 63 bits, letters, and the first one most significant. */
static gboolean
write_yandex_code (FobOtp *self, guint64 step, char *code)
{
  guint8 mac[FOB_HASH_SIZE_MAX];
  gsize mac_size = compute_step_hmac (self, step, mac);
  const guint8 *start = NULL;
  guint64 value = 0;

  if (mac_size == 0)
    return FALSE;

  start = mac + (mac[mac_size - 1] & 0xf);
  for (gsize i = 0; i < sizeof value; i++)
    value = value << 8 | start[i];
  value &= G_MAXINT64;

  code[self->digits] = '\0';
  for (guint i = self->digits; i > 0; i--)
    {
      code[i - 1] = (char) ('a' + value % N_LETTERS);
      value /= N_LETTERS;
    }
  fob_wipe (mac, sizeof mac);
  return TRUE;
}

/* The start of MD5 (time step in decimal, secret in hexadecimal, PIN), in hexadecimal. */
static gboolean
write_motp_code (FobOtp *self, guint64 step, char *code)
{
  char text[DECIMAL_SIZE + FOB_OTP_SECRET_SIZE_MAX * 2 + FOB_OTP_PIN_SIZE_MAX];
  guint8 digest[FOB_HASH_SIZE_MAX];
  gsize secret_size = 0;
  gsize pin_size = 0;
  gconstpointer secret = fob_secret_get_data (self->secret, &secret_size);
  gconstpointer pin = fob_secret_get_data (self->pin, &pin_size);
  gsize size = (gsize) g_snprintf (text, DECIMAL_SIZE, "%" G_GUINT64_FORMAT, step);
  gboolean done = FALSE;

  fob_hex_encode (secret, secret_size, text + size);
  size += secret_size * 2;
  memcpy (text + size, pin, pin_size);
  size += pin_size;

  done = fob_hash_compute (self->algorithm, text, size, digest);
  if (done)
    fob_hex_encode (digest, self->digits / 2, code);

  fob_wipe (text, size);
  fob_wipe (digest, sizeof digest);
  fob_hash_wipe_stack ();
  return done;
}

static const CodeFunc code_funcs[] = {
  [FOB_OTP_KIND_TOTP] = write_decimal_code,  [FOB_OTP_KIND_HOTP] = write_decimal_code,
  [FOB_OTP_KIND_STEAM] = write_steam_code,   [FOB_OTP_KIND_MOTP] = write_motp_code,
  [FOB_OTP_KIND_YANDEX] = write_yandex_code, [FOB_OTP_KIND_OCRA] = NULL,
};

gboolean
fob_otp_code_at (FobOtp *self, guint64 step, char code[FOB_OTP_CODE_SIZE], GError **error)
{
  code[0] = '\0';

  if (code_funcs[self->kind] == NULL)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_KIND,
                           _ ("This kind of token makes codes only in answer to a challenge."));
      return FALSE;
    }
  if (fob_otp_kind_get_info (self->kind)->has_pin && self->pin == NULL)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN,
                           _ ("The PIN of this token is missing."));
      return FALSE;
    }
  if (!code_funcs[self->kind](self, step, code))
    {
      code[0] = '\0';
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CRYPTO,
                           _ ("The code could not be computed."));
      return FALSE;
    }

  return TRUE;
}

gboolean
fob_otp_code (FobOtp *self, gint64 unix_time, char code[FOB_OTP_CODE_SIZE], GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!fob_otp_is_time_based (self))
    return fob_otp_code_at (self, self->counter, code, error);

  if (unix_time < 0)
    {
      code[0] = '\0';
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_TIME,
                           _ ("There are no codes for times before 1970."));
      return FALSE;
    }

  return fob_otp_code_at (self, (guint64) unix_time / self->period, code, error);
}
