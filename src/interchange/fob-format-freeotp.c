/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-decrypt.h"
#include "fob-format-private.h"
#include "fob-freeotp-token.h"
#include "fob-java-map.h"
#include "fob-json-read.h"
#include "fob-json.h"
#include "fob-kdf.h"

/* Backups of FreeOTP 2: a map, written by Java, from the UUIDs of tokens to their keys, each
 * encrypted with a master key, and from `UUID-token` to what else there is to a token. */

#define MASTER_KEY   "masterKey"
#define TOKEN_SUFFIX "-token"
#define KDF_PREFIX   "PBKDF2with"

#define DER_SEQUENCE     0x30
#define DER_OCTET_STRING 0x04

static gboolean
probe (FobDocument *document)
{
  return fob_java_map_probe (fob_document_get_bytes (document));
}

static gboolean
needs_passphrase (FobDocument *document)
{
  return TRUE;
}

/* @parameters: DER: an octet string, alone or first in a sequence. */
static const guint8 *
find_nonce (FobSecret *parameters)
{
  gsize size;
  const guint8 *der = fob_secret_get_data (parameters, &size);

  if (size > 2 && der[0] == DER_SEQUENCE)
    {
      der += 2;
      size -= 2;
    }

  return size >= 2 + FOB_DECRYPT_GCM_NONCE_SIZE && der[0] == DER_OCTET_STRING &&
             der[1] == FOB_DECRYPT_GCM_NONCE_SIZE
           ? der + 2
           : NULL;
}

/* @sealed: an encrypted key; what it is for is authenticated with it. */
static FobSecret *
open_key (json_t *sealed, FobSecret *key)
{
  const char *purpose = fob_json_get_text (sealed, "mToken");
  g_autoptr (FobSecret) parameters = fob_json_get_bytes (sealed, "mParameters");
  g_autoptr (FobSecret) data = fob_json_get_bytes (sealed, "mCipherText");
  const guint8 *nonce = parameters != NULL ? find_nonce (parameters) : NULL;
  g_autoptr (GBytes) plain = NULL;
  gsize size;

  if (nonce == NULL || data == NULL)
    return NULL;
  plain = fob_decrypt_gcm (key, nonce, purpose, strlen (purpose), fob_secret_get_data (data, &size),
                           fob_secret_get_size (data));

  return plain != NULL ? fob_secret_new (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain))
                       : NULL;
}

static FobSecret *
open_master_key (json_t *master, FobSecret *passphrase, GError **error)
{
  const char *name = fob_json_get_text (master, "mAlgorithm");
  g_autoptr (FobSecret) salt = fob_json_get_bytes (master, "mSalt");
  g_autoptr (FobSecret) key = NULL;
  FobSecret *master_key;
  FobOtpAlgorithm algorithm;
  guint64 rounds = 0;
  gsize size;

  if (!g_str_has_prefix (name, KDF_PREFIX) ||
      !fob_otp_algorithm_from_string (name + strlen (KDF_PREFIX), &algorithm) || salt == NULL ||
      !fob_json_read_number (master, "mIterations", &rounds))
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
      return NULL;
    }
  key = fob_kdf_pbkdf2 (passphrase, algorithm, fob_secret_get_data (salt, &size),
                        fob_secret_get_size (salt), rounds, FOB_DECRYPT_KEY_SIZE, error);
  if (key == NULL)
    return NULL;
  master_key = open_key (json_object_get (master, "mEncryptedKey"), key);
  if (master_key == NULL)
    fob_interchange_fail (FOB_INTERCHANGE_ERROR_PASSPHRASE, error);
  else if (fob_secret_get_size (master_key) != FOB_DECRYPT_KEY_SIZE)
    {
      fob_interchange_fail (FOB_INTERCHANGE_ERROR_DAMAGED, error);
      g_clear_pointer (&master_key, fob_secret_unref);
    }

  return master_key;
}

/* @token: gets the algorithm from what its key is for, where it does not say it. */
static FobSecret *
open_token_key (json_t *token, const char *text, FobSecret *master_key)
{
  json_t *entry = json_loads (text, 0, NULL);
  json_t *sealed = json_loads (fob_json_get_text (entry, "key"), 0, NULL);
  FobSecret *secret = open_key (sealed, master_key);

  if (*fob_json_get_text (token, "algo") == '\0' && json_is_object (token))
    json_object_set_new (token, "algo", json_string (fob_json_get_text (sealed, "mToken")));
  json_decref (sealed);
  json_decref (entry);

  return secret;
}

static void
read_token (FobJavaMap *map, guint position, FobSecret *master_key, FobImport *import)
{
  const char *key = fob_java_map_get_key (map, position);
  json_t *token = json_loads (fob_java_map_get_value (map, position), 0, NULL);
  g_autofree char *uuid = g_strndup (key, strlen (key) - strlen (TOKEN_SUFFIX));
  const char *text = fob_java_map_look_up (map, uuid);
  g_autoptr (FobSecret) secret = NULL;

  if (text != NULL)
    secret = open_token_key (token, text, master_key);
  if (secret != NULL && json_is_object (token))
    fob_freeotp_token_read (token, secret, FOB_FREEOTP_2, import);
  else
    fob_import_skip (import, fob_json_get_text (token, "issuerExt"),
                     _ ("This entry is damaged. Take the account from another backup."));
  json_decref (token);
}

static gboolean
read_map (FobJavaMap *map,
          FobSecret *passphrase,
          FobImport *import,
          GCancellable *cancellable,
          GError **error)
{
  const char *text = fob_java_map_look_up (map, MASTER_KEY);
  json_t *master = json_loads (text != NULL ? text : "", 0, NULL);
  g_autoptr (FobSecret) master_key = open_master_key (master, passphrase, error);

  json_decref (master);
  if (master_key == NULL)
    return FALSE;
  for (guint i = 0; i < fob_java_map_get_n_pairs (map); i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_str_has_suffix (fob_java_map_get_key (map, i), TOKEN_SUFFIX))
        read_token (map, i, master_key, import);
    }

  return TRUE;
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (FobJavaMap) map = fob_java_map_parse (fob_document_get_bytes (document));

  if (map == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  fob_json_init ();

  return read_map (map, passphrase, import, cancellable, error);
}

const FobFormat fob_format_freeotp = {
  .id = "freeotp",
  .label = N_ ("FreeOTP"),
  .probe = probe,
  .needs_passphrase = needs_passphrase,
  .parse = parse,
};
