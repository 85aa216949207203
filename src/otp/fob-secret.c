/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "config.h"

#include "fob-secret-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>

#include "fob-base32.h"
#include "fob-hex.h"
#include "fob-otp-error.h"
#include "fob-otp-limits.h"
#include "fob-wipe.h"

/* The smallest block of the secure heap; keys have 10 bytes and more. */
#define HEAP_BLOCK_MIN 16

struct _FobSecret
{
  gatomicrefcount ref_count;
  gboolean locked;
  gsize size;
  guint8 *data;
};

G_DEFINE_BOXED_TYPE (FobSecret, fob_secret, fob_secret_ref, fob_secret_unref)

/* OpenSSL's heap maps guard pages around it, locks it and keeps it out of core dumps. Where the
 * limit of locked memory forbids the lock, it is still the better place. */
static gboolean
secure_heap_is_ready (void)
{
  static gsize state = 0;

  if (g_once_init_enter (&state))
    {
      if (CRYPTO_secure_malloc_init (FOB_SECRET_HEAP_SIZE, HEAP_BLOCK_MIN) == 2)
        g_debug ("The secure heap could not be locked into memory");

      /* One block that stays: else the heap would be split anew for every first secret, and put
       * together again after every last one, at several times the cost of a code. */
      (void) OPENSSL_secure_malloc (HEAP_BLOCK_MIN);

      g_once_init_leave (&state, CRYPTO_secure_malloc_initialized () ? 1 : 2);
    }

  return state == 1;
}

FobSecret *
fob_secret_new_uninitialized (gsize size, guint8 **data)
{
  FobSecret *self = g_new0 (FobSecret, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->size = size;

  if (size > 0 && secure_heap_is_ready ())
    self->data = OPENSSL_secure_malloc (size);
  self->locked = self->data != NULL;
  if (!self->locked)
    self->data = g_malloc (MAX (size, 1));

  *data = self->data;
  return self;
}

gboolean
fob_secret_is_locked (FobSecret *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->locked;
}

FobSecret *
fob_secret_new (gconstpointer data, gsize size)
{
  FobSecret *self = NULL;
  guint8 *copy = NULL;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  self = fob_secret_new_uninitialized (size, &copy);
  if (size > 0)
    memcpy (copy, data, size);

  return self;
}

static gboolean
check_size (gsize size, GError **error)
{
  if (size < FOB_OTP_SECRET_SIZE_MIN)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                           _ ("The secret is empty or too short."));
      return FALSE;
    }
  if (size > FOB_OTP_SECRET_SIZE_MAX)
    {
      g_set_error (error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
                   _ ("The secret is too long: at most %d bytes are allowed."),
                   FOB_OTP_SECRET_SIZE_MAX);
      return FALSE;
    }

  return TRUE;
}

FobSecret *
fob_secret_new_from_hex (const char *text, gssize length, GError **error)
{
  g_autoptr (FobSecret) self = NULL;
  guint8 *data = NULL;
  char *plain = NULL;
  gsize text_size = 0;
  gsize plain_size = 0;
  gboolean done = FALSE;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text_size = length >= 0 ? (gsize) length : strlen (text);
  plain = g_malloc (text_size + 1);
  for (gsize i = 0; i < text_size; i++)
    {
      if (!g_ascii_isspace (text[i]) && text[i] != '-')
        plain[plain_size++] = text[i];
    }

  if (check_size ((plain_size + 1) / 2, error))
    {
      self = fob_secret_new_uninitialized (plain_size / 2, &data);
      done = fob_hex_decode (plain, plain_size, data);
      if (!done)
        g_set_error_literal (
          error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
          _ ("The secret is not valid: it has to be pairs of hexadecimal digits."));
    }

  fob_wipe (plain, text_size);
  g_free (plain);
  return done ? g_steal_pointer (&self) : NULL;
}

FobSecret *
fob_secret_new_from_base32 (const char *text, gssize length, GError **error)
{
  FobSecret *self = NULL;
  guint8 *data = NULL;
  gsize text_size = 0;
  gsize size = 0;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text_size = length >= 0 ? (gsize) length : strlen (text);
  if (!fob_base32_decoded_size (text, text_size, &size))
    {
      g_set_error_literal (
        error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
        _ ("The secret is not valid base32: it may hold only the letters A to Z and "
           "the digits 2 to 7."));
      return NULL;
    }
  if (!check_size (size, error))
    return NULL;

  self = fob_secret_new_uninitialized (size, &data);
  fob_base32_decode (text, text_size, data);

  return self;
}

FobSecret *
fob_secret_ref (FobSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fob_secret_unref (FobSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->locked)
    {
      OPENSSL_secure_clear_free (self->data, self->size);
    }
  else
    {
      fob_wipe (self->data, self->size);
      g_free (self->data);
    }
  g_free (self);
}

gconstpointer
fob_secret_get_data (FobSecret *self, gsize *size)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (size != NULL)
    *size = self->size;

  return self->data;
}

gsize
fob_secret_get_size (FobSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gboolean
fob_secret_equal (FobSecret *a, FobSecret *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->size != b->size)
    return FALSE;

  return CRYPTO_memcmp (a->data, b->data, a->size) == 0;
}

char *
fob_secret_dup_base32 (FobSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fob_base32_encode (self->data, self->size);
}

char *
fob_secret_dup_hex (FobSecret *self)
{
  char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_malloc (self->size * 2 + 1);
  fob_hex_encode (self->data, self->size, text);

  return text;
}
