/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-android-map.h"
#include "fob-csv.h"
#include "fob-decrypt.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-json.h"
#include "fob-kdf.h"
#include "fob-wipe.h"

/* Authy has no export: what it keeps on a phone (Android's preferences, or one of the arrays in
 * them), what its servers say, and the table that it sends to who asks for their data. Each secret
 * is encrypted on its own, with a salt of its own. */

#define OTHERS_KEY "com.authy.storage.tokens.authenticator.key"
#define OWN_KEY    "com.authy.storage.tokens.authy.key"

#define ROUNDS       1000
#define ROUNDS_TABLE 100000
/* Of Authy's own tokens. */
#define OWN_DIGITS 7
#define OWN_PERIOD 10

/* An entry of whatever source; borrowed texts, "" for none. */
typedef struct
{
  const char *name;
  const char *original_name;
  const char *issuer;
  const char *service; /* in lower case */
  const char *secret;  /* readable, in base32 */
  const char *seed;    /* readable, in hexadecimal digits: a token of Authy's own */
  const char *sealed;  /* in base64 */
  const char *salt;
  const char *iv; /* in hexadecimal digits; "" for zeros */
  guint64 rounds;
  guint64 digits;
} Entry;

typedef struct
{
  FobSecret *passphrase; /* nullable */
  FobImport *import;
  guint n_sealed;
  guint n_opened;
} Reading;

/* Where the entries are */

typedef void (*EntryFunc) (const Entry *entry, gpointer user_data);

static void
each_in_array (json_t *array, EntryFunc func, gpointer user_data)
{
  gsize i;
  json_t *object;

  json_array_foreach (array, i, object)
  {
    static const char *const name_keys[] = { "name", "originalName", "original_name", NULL };
    static const char *const issuer_keys[] = { "originalIssuer", "issuer", NULL };
    static const char *const service_keys[] = { "accountType", "account_type", NULL };
    static const char *const sealed_keys[] = { "encryptedSecret", "encrypted_seed", NULL };
    Entry entry = { .rounds = ROUNDS };

    entry.name = fob_json_get_first_text (object, name_keys);
    entry.original_name = fob_json_get_text (object, "originalName");
    entry.issuer = fob_json_get_first_text (object, issuer_keys);
    entry.service = fob_json_get_first_text (object, service_keys);
    entry.secret = fob_json_get_text (object, "decryptedSecret");
    entry.seed = fob_json_get_text (object, "secretSeed");
    entry.sealed = fob_json_get_first_text (object, sealed_keys);
    entry.salt = fob_json_get_text (object, "salt");
    entry.iv = fob_json_get_text (object, "unique_iv");
    fob_json_read_number (object, "key_derivation_iterations", &entry.rounds);
    fob_json_read_number (object, "digits", &entry.digits);
    func (&entry, user_data);
  }
}

static void
each_in_text (const char *text, EntryFunc func, gpointer user_data)
{
  json_t *array = text != NULL ? json_loads (text, 0, NULL) : NULL;

  each_in_array (array, func, user_data);
  json_decref (array);
}

static void
each_in_table (FobDocument *document, EntryFunc func, gpointer user_data)
{
  static const char *const sealed_names[] = { "encrypted_seed", NULL };
  static const char *const name_names[] = { "name", NULL };
  static const char *const salt_names[] = { "salt", NULL };
  static const char *const iv_names[] = { "iv", NULL };
  const char *text = fob_document_get_text (document, NULL);
  g_autoptr (FobCsv) csv =
    text != NULL && strchr ("{[<", *text) == NULL ? fob_csv_parse (text) : NULL;
  const int sealed = csv != NULL ? fob_csv_find (csv, sealed_names) : -1;

  if (sealed < 0 || fob_csv_find (csv, salt_names) < 0)
    return;
  for (guint i = 0; i < fob_csv_get_n_rows (csv); i++)
    {
      Entry entry = { .original_name = "", .issuer = "", .service = "", .secret = "", .seed = "" };

      entry.name = fob_csv_get (csv, i, fob_csv_find (csv, name_names));
      entry.sealed = fob_csv_get (csv, i, sealed);
      entry.salt = fob_csv_get (csv, i, fob_csv_find (csv, salt_names));
      entry.iv = fob_csv_get (csv, i, fob_csv_find (csv, iv_names));
      entry.rounds = ROUNDS_TABLE;
      func (&entry, user_data);
    }
}

static void
each_entry (FobDocument *document, EntryFunc func, gpointer user_data)
{
  json_t *root = fob_document_get_json (document);
  g_autoptr (FobAndroidMap) map = NULL;

  if (root != NULL)
    {
      each_in_array (json_is_array (root) ? root : json_object_get (root, "authenticator_tokens"),
                     func, user_data);
      return;
    }
  map = fob_android_map_parse (fob_document_get_text (document, NULL));
  if (map != NULL)
    {
      fob_json_init ();
      each_in_text (fob_android_map_look_up (map, OTHERS_KEY), func, user_data);
      each_in_text (fob_android_map_look_up (map, OWN_KEY), func, user_data);
      return;
    }
  each_in_table (document, func, user_data);
}

static void
find_secret (const Entry *entry, gpointer user_data)
{
  if (*entry->secret != '\0' || *entry->seed != '\0' || *entry->sealed != '\0')
    *(gboolean *) user_data = TRUE;
}

static gboolean
probe (FobDocument *document)
{
  gboolean found = FALSE;

  each_entry (document, find_secret, &found);

  return found;
}

static void
find_sealed (const Entry *entry, gpointer user_data)
{
  if (*entry->secret == '\0' && *entry->seed == '\0' && *entry->sealed != '\0')
    *(gboolean *) user_data = TRUE;
}

static gboolean
needs_passphrase (FobDocument *document)
{
  gboolean found = FALSE;

  each_entry (document, find_sealed, &found);

  return found;
}

/* Secrets */

/* Returns: whether @iv, 32 hexadecimal digits or nothing, was understood. */
static gboolean
read_iv (const char *text, guint8 iv[FOB_DECRYPT_CBC_BLOCK_SIZE])
{
  g_autoptr (FobSecret) bytes = NULL;
  gsize size;

  memset (iv, 0, FOB_DECRYPT_CBC_BLOCK_SIZE);
  if (*text == '\0')
    return TRUE;
  bytes = fob_secret_new_from_hex (text, -1, NULL);
  if (bytes == NULL || fob_secret_get_size (bytes) != FOB_DECRYPT_CBC_BLOCK_SIZE)
    return FALSE;
  memcpy (iv, fob_secret_get_data (bytes, &size), FOB_DECRYPT_CBC_BLOCK_SIZE);

  return TRUE;
}

/* The table has secrets in either of two forms. Hexadecimal digits that are base32 too do not
 * occur: such a short text would have no digit but 2 to 7. */
static FobSecret *
read_plain (GBytes *plain)
{
  gsize size;
  const char *text = g_bytes_get_data (plain, &size);
  FobSecret *secret = fob_secret_new_from_base32 (text, (gssize) size, NULL);

  return secret != NULL ? secret : fob_secret_new_from_hex (text, (gssize) size, NULL);
}

/* Returns: (transfer full) (nullable) */
static FobSecret *
open_sealed (const Entry *entry, FobSecret *passphrase)
{
  guint8 iv[FOB_DECRYPT_CBC_BLOCK_SIZE];
  gsize size;
  g_autofree guint8 *sealed = fob_base64_decode (entry->sealed, strlen (entry->sealed), &size);
  g_autoptr (FobSecret) key = NULL;
  g_autoptr (GBytes) plain = NULL;

  if (sealed == NULL || !read_iv (entry->iv, iv))
    return NULL;
  key = fob_kdf_pbkdf2 (passphrase, FOB_OTP_ALGORITHM_SHA1, entry->salt, strlen (entry->salt),
                        entry->rounds, FOB_DECRYPT_KEY_SIZE, NULL);
  plain = key != NULL ? fob_decrypt_cbc (key, iv, sealed, size, TRUE) : NULL;

  return plain != NULL ? read_plain (plain) : NULL;
}

/* Names */

/* Returns: (transfer full): who runs the service, from whatever the entry says of it. */
static char *
dup_issuer (const Entry *entry)
{
  const char *colon = strchr (entry->original_name, ':');
  const char *dash = strstr (entry->name, " - ");
  char *issuer;

  if (*entry->seed != '\0')
    return g_strdup (entry->name);
  if (*entry->issuer != '\0')
    return g_strdup (entry->issuer);
  if (colon != NULL)
    return g_strndup (entry->original_name, (gsize) (colon - entry->original_name));
  if (dash != NULL)
    return g_strndup (entry->name, (gsize) (dash - entry->name));
  issuer = g_strdup (entry->service);
  *issuer = g_ascii_toupper (*issuer);

  return issuer;
}

/* Returns: (transfer none): the name of @entry without @issuer before it. */
static const char *
skip_issuer (const char *name, const char *issuer)
{
  const gsize length = strlen (issuer);

  if (length > 0 && g_str_has_prefix (name, issuer))
    {
      const char *rest = name + length;

      if (g_str_has_prefix (rest, " - "))
        return rest + strlen (" - ");
      if (*rest == ':')
        return rest + 1;
    }

  return g_str_has_prefix (name, ": ") ? name + strlen (": ") : name;
}

/* Reading */

static void
read_entry (const Entry *entry, gpointer user_data)
{
  Reading *reading = user_data;
  const gboolean sealed = *entry->secret == '\0' && *entry->seed == '\0';
  g_autofree char *issuer = dup_issuer (entry);
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = issuer;
  fields.digits = entry->digits;
  if (*entry->seed != '\0')
    {
      secret = fob_secret_new_from_hex (entry->seed, -1, NULL);
      fields.digits = OWN_DIGITS;
      fields.period = OWN_PERIOD;
    }
  else
    fields.name = skip_issuer (entry->name, issuer);
  if (sealed && reading->passphrase != NULL && *entry->sealed != '\0')
    {
      secret = open_sealed (entry, reading->passphrase);
      reading->n_sealed++;
      reading->n_opened += secret != NULL;
    }
  fields.secret = secret;
  if (*entry->secret != '\0')
    fields.secret_text = entry->secret;
  else if (secret == NULL)
    fob_import_fields_set_problem (
      &fields, _ ("This entry is damaged. Take the account from another backup."));
  fob_import_fields_take (&fields, reading->import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  Reading reading = { passphrase, import, 0, 0 };

  each_entry (document, read_entry, &reading);
  if (reading.n_sealed > 0 && reading.n_opened == 0)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_PASSPHRASE, error);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

const FobFormat fob_format_authy = {
  .id = "authy",
  .label = N_ ("Authy"),
  .probe = probe,
  .needs_passphrase = needs_passphrase,
  .parse = parse,
};
