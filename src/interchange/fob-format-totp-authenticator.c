/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-decrypt.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-json.h"
#include "fob-kdf.h"
#include "fob-wipe.h"

/* Backups of TOTP Authenticator: base64 of AES-CBC without any mark or check. Inside is an object
 * with one member, whose name is a list of accounts, as text. */

/* What the app takes where nobody chose anything. */
#define DEFAULT_PASSPHRASE "TotpAuthenticator"
/* Of an account without anything in it. */
#define PLAIN_SIZE_MIN 32
#define NO_ISSUER      "Unknown"

static const char *
get_list (json_t *root)
{
  const char *list =
    json_object_size (root) == 1 ? json_object_iter_key (json_object_iter (root)) : NULL;

  return list != NULL && list[0] == '[' ? list : NULL;
}

static gboolean
probe (FobDocument *document)
{
  return get_list (fob_document_get_json (document)) != NULL;
}

static guint8 *
decode (FobDocument *document, gsize *size)
{
  gsize length;
  const char *text = fob_document_get_text (document, &length);

  return text != NULL ? fob_base64_decode (text, length, size) : NULL;
}

static gboolean
guess (FobDocument *document)
{
  gsize size;
  g_autofree guint8 *data = decode (document, &size);

  return data != NULL && size % FOB_DECRYPT_CBC_BLOCK_SIZE == 0 && size > PLAIN_SIZE_MIN;
}

/* Returns: (transfer full) (nullable): NULL for another passphrase. */
static FobDocument *
decrypt (FobDocument *document, FobSecret *passphrase)
{
  static const guint8 no_iv[FOB_DECRYPT_CBC_BLOCK_SIZE];
  gsize size;
  g_autofree guint8 *data = decode (document, &size);
  g_autoptr (FobSecret) key = fob_kdf_sha256 (passphrase, NULL);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (FobDocument) decrypted = NULL;

  if (data != NULL && key != NULL)
    plain = fob_decrypt_cbc (key, no_iv, data, size, TRUE);
  if (plain != NULL)
    decrypted = fob_document_new (plain, NULL);

  return decrypted != NULL && probe (decrypted) ? g_steal_pointer (&decrypted) : NULL;
}

static FobDocument *
decrypt_by_default (FobDocument *document)
{
  g_autoptr (FobSecret) passphrase =
    fob_secret_new (DEFAULT_PASSPHRASE, strlen (DEFAULT_PASSPHRASE));

  return decrypt (document, passphrase);
}

static gboolean
needs_passphrase (FobDocument *document)
{
  g_autoptr (FobDocument) decrypted = NULL;

  if (probe (document))
    return FALSE;
  decrypted = decrypt_by_default (document);

  return decrypted == NULL;
}

/* The key is written in one of several ways, of which one is not known. */
static FobSecret *
read_key (json_t *entry, FobImportFields *fields)
{
  guint64 base = 32;
  guint8 *data;
  gsize size;
  FobSecret *secret;

  if (!fob_json_read_number (entry, "base", &base))
    base = 0;
  if (base == 32)
    {
      fields->secret_text = fob_json_get_text (entry, "key");
      return NULL;
    }
  if (base == 16)
    return fob_secret_new_from_hex (fob_json_get_text (entry, "key"), -1, NULL);
  data = base == 64 ? fob_json_get_base64 (entry, "key", &size) : NULL;
  if (data == NULL)
    {
      fob_import_fields_set_problem (
        fields,
        _ ("The key of this account is written in a way that is not known. Add it by hand."));
      return NULL;
    }
  secret = fob_secret_new (data, size);
  fob_wipe (data, size);
  g_free (data);

  return secret;
}

static void
read_entry (json_t *entry, gconstpointer context, FobImport *import)
{
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = fob_json_get_text (entry, "issuer");
  if (g_str_equal (fields.issuer, NO_ISSUER))
    fields.issuer = NULL;
  fields.name = fob_json_get_text (entry, "name");
  fields.secret = secret = read_key (entry, &fields);
  fob_import_fields_read_numbers (&fields, entry, "digits", "period", NULL);
  fields.pinned = fob_json_get_flag (entry, "isFavorite");
  fob_import_fields_take (&fields, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (FobDocument) decrypted = NULL;
  json_t *list;
  gboolean done;

  if (!probe (document))
    {
      decrypted = decrypt_by_default (document);
      if (decrypted == NULL && passphrase != NULL)
        decrypted = decrypt (document, passphrase);
      if (decrypted == NULL)
        return fob_interchange_fail (FOB_INTERCHANGE_ERROR_PASSPHRASE, error);
      document = decrypted;
    }
  fob_json_init ();
  list = json_loads (get_list (fob_document_get_json (document)), 0, NULL);
  done = fob_import_read_entries (list, read_entry, NULL, import, cancellable, error);
  json_decref (list);

  return done;
}

const FobFormat fob_format_totp_authenticator = {
  .id = "totp-authenticator",
  .label = N_ ("TOTP Authenticator"),
  .probe = probe,
  .guess = guess,
  .needs_passphrase = needs_passphrase,
  .parse = parse,
};
