/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-envelope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-cipher.h"
#include "fob-json.h"
#include "fob-passphrase-form.h"
#include "fob-random.h"
#include "fob-scrypt-cost.h"
#include "fob-wipe.h"

#define FILE_VERSION  1
#define FILE_SIZE_MAX (64 * 1024 * 1024)

/* Of the text that holds the open master key; in no file. */
#define MEMBER_KEY "key"

#define SLOT_TYPE_PASSWORD 1
#define SLOTS_MAX          32
#define SALT_SIZE          32

struct _FobEnvelope
{
  gatomicrefcount ref_count;

  FobSecret *master_key;
  json_t *root; /* the file without its content; never changed once it is here */
};

/* Nonce and tag stand side by side in two places. */
typedef struct
{
  guint8 nonce[FOB_CIPHER_NONCE_SIZE];
  guint8 tag[FOB_CIPHER_TAG_SIZE];
} Params;

/* What opens the master key: it, wrapped under scrypt of a passphrase. */
typedef struct
{
  guint8 wrapped[FOB_CIPHER_KEY_SIZE];
  guint8 salt[SALT_SIZE];
  guint64 n;
  guint64 r;
  guint64 p;
  Params params;
} Slot;

static gboolean
fail_format (GError **error)
{
  g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_FORMAT,
                       _ ("The file is damaged or no encrypted vault. It was left as it is."));

  return FALSE;
}

/* Hexadecimal */

static gboolean
read_hex (json_t *text, guint8 *bytes, gsize size)
{
  const char *hex = json_string_value (text);

  if (hex == NULL || json_string_length (text) != 2 * size)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      const int high = g_ascii_xdigit_value (hex[2 * i]);
      const int low = g_ascii_xdigit_value (hex[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (guint8) (16 * high + low);
    }

  return TRUE;
}

static json_t *
write_hex (const guint8 *bytes, gsize size)
{
  static const char digits[] = "0123456789abcdef";
  g_auto (FobWipedString) hex = g_malloc0 (2 * size + 1);

  for (gsize i = 0; i < size; i++)
    {
      hex[2 * i] = digits[bytes[i] >> 4];
      hex[2 * i + 1] = digits[bytes[i] & 15];
    }

  return json_string (hex);
}

static gboolean
read_params (json_t *object, Params *params)
{
  return read_hex (json_object_get (object, "nonce"), params->nonce, sizeof params->nonce) &&
         read_hex (json_object_get (object, "tag"), params->tag, sizeof params->tag);
}

static json_t *
write_params (const Params *params)
{
  json_t *object = json_object ();

  json_object_set_new (object, "nonce", write_hex (params->nonce, sizeof params->nonce));
  json_object_set_new (object, "tag", write_hex (params->tag, sizeof params->tag));

  return object;
}

/* Slots */

static gboolean
read_slot (json_t *json, Slot *slot, GError **error)
{
  slot->n = (guint64) json_integer_value (json_object_get (json, "n"));
  slot->r = (guint64) json_integer_value (json_object_get (json, "r"));
  slot->p = (guint64) json_integer_value (json_object_get (json, "p"));
  if (!read_hex (json_object_get (json, "key"), slot->wrapped, sizeof slot->wrapped) ||
      !read_hex (json_object_get (json, "salt"), slot->salt, sizeof slot->salt) ||
      !read_params (json_object_get (json, "key_params"), &slot->params))
    return fail_format (error);

  return fob_cipher_scrypt_check (slot->n, slot->r, slot->p, error);
}

/* Returns: (nullable): the master key, or NULL without an error when the passphrase is not this
 * slot's. */
static FobSecret *
open_slot (const Slot *slot, FobSecret *passphrase, GError **error)
{
  g_autoptr (FobSecret) key = NULL;
  FobSecret *master_key = NULL;
  guint8 unwrapped[FOB_CIPHER_KEY_SIZE];

  key =
    fob_cipher_scrypt (passphrase, slot->salt, sizeof slot->salt, slot->n, slot->r, slot->p, error);
  if (key == NULL)
    return NULL;
  if (fob_cipher_decrypt (key, slot->params.nonce, slot->wrapped, sizeof slot->wrapped, unwrapped,
                          slot->params.tag))
    master_key = fob_secret_new (unwrapped, sizeof unwrapped);
  fob_wipe (unwrapped, sizeof unwrapped);

  return master_key;
}

static FobSecret *
open_slots (json_t *root, FobSecret *passphrase, GError **error)
{
  json_t *slots = json_object_get (json_object_get (root, "header"), "slots");
  g_autoptr (GError) slot_error = NULL;
  gboolean tried = FALSE;
  json_t *json;
  gsize i;

  if (!json_is_array (slots) || json_array_size (slots) > SLOTS_MAX)
    {
      fail_format (error);
      return NULL;
    }
  json_array_foreach (slots, i, json)
  {
    FobSecret *master_key;
    Slot slot;

    if (json_integer_value (json_object_get (json, "type")) != SLOT_TYPE_PASSWORD)
      continue;
    g_clear_error (&slot_error);
    if (!read_slot (json, &slot, &slot_error))
      continue;
    master_key = open_slot (&slot, passphrase, &slot_error);
    if (master_key != NULL)
      return master_key;
    tried = tried || slot_error == NULL;
  }

  /* A broken slot beside a good one is not why the passphrase does not fit. */
  if (tried)
    g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE,
                         _ ("This passphrase does not open the accounts. Try again."));
  else if (slot_error != NULL)
    g_propagate_error (error, g_steal_pointer (&slot_error));
  else
    g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_FORMAT,
                         _ ("The file was not locked with a passphrase, so none can open it. It "
                            "was left as it is."));

  return NULL;
}

static json_t *
create_slot (FobSecret *master_key, FobSecret *passphrase, GError **error)
{
  g_autoptr (FobSecret) key = NULL;
  g_autofree char *id = fob_random_uuid ();
  guint8 salt[SALT_SIZE];
  guint8 wrapped[FOB_CIPHER_KEY_SIZE];
  FobScryptCost cost;
  Params params;
  json_t *slot;

  fob_random_bytes (salt, sizeof salt);
  fob_random_bytes (params.nonce, sizeof params.nonce);
  fob_scrypt_cost_calibrate (&cost);
  key = fob_cipher_scrypt (passphrase, salt, sizeof salt, cost.n, cost.r, cost.p, error);
  if (key == NULL)
    return NULL;
  if (!fob_cipher_encrypt (key, params.nonce, fob_secret_get_data (master_key, NULL),
                           sizeof wrapped, wrapped, params.tag))
    {
      g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_CRYPTO,
                           _ ("The accounts could not be encrypted. Nothing was changed."));
      return NULL;
    }

  slot = json_object ();
  json_object_set_new (slot, "type", json_integer (SLOT_TYPE_PASSWORD));
  json_object_set_new (slot, "uuid", json_string (id));
  json_object_set_new (slot, "key", write_hex (wrapped, sizeof wrapped));
  json_object_set_new (slot, "key_params", write_params (&params));
  json_object_set_new (slot, "n", json_integer ((json_int_t) cost.n));
  json_object_set_new (slot, "r", json_integer ((json_int_t) cost.r));
  json_object_set_new (slot, "p", json_integer ((json_int_t) cost.p));
  json_object_set_new (slot, "salt", write_hex (salt, sizeof salt));
  json_object_set_new (slot, "repaired", json_true ());
  json_object_set_new (slot, "is_backup", json_false ());

  return slot;
}

/* Files */

static json_t *
parse_file (GBytes *file, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  json_t *root;

  fob_json_init ();
  root = size > 0 && size <= FILE_SIZE_MAX ? json_loadb (data, size, JSON_REJECT_DUPLICATES, NULL)
                                           : NULL;
  if (json_is_object (root) &&
      json_integer_value (json_object_get (root, "version")) > FILE_VERSION)
    g_set_error_literal (
      error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION,
      _ ("The file was written by a newer version. Please update; nothing was changed."));
  else if (json_integer_value (json_object_get (root, "version")) != FILE_VERSION ||
           !json_is_string (json_object_get (root, "db")) ||
           !json_is_object (json_object_get (root, "header")))
    fail_format (error);
  else
    return root;

  json_decref (root);

  return NULL;
}

static GBytes *
decrypt_content (json_t *root, FobSecret *master_key)
{
  const char *text = json_string_value (json_object_get (root, "db"));
  g_autofree guint8 *encrypted = NULL;
  guint8 *content;
  Params params;
  gsize size;

  if (!read_params (json_object_get (json_object_get (root, "header"), "params"), &params))
    return NULL;
  encrypted = g_base64_decode (text, &size);
  content = g_malloc0 (size + 1);
  if (!fob_cipher_decrypt (master_key, params.nonce, encrypted, size, content, params.tag))
    {
      g_free (content);
      return NULL;
    }

  return fob_wipe_bytes_new_take (content, size);
}

/* @master_key, @root: (transfer full) */
static FobEnvelope *
create (FobSecret *master_key, json_t *root)
{
  FobEnvelope *self = g_new0 (FobEnvelope, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->master_key = master_key;
  self->root = root;
  json_object_del (root, "db");
  json_object_del (json_object_get (root, "header"), "params");

  return self;
}

FobEnvelope *
fob_envelope_new (FobSecret *passphrase, GError **error)
{
  guint8 bytes[FOB_CIPHER_KEY_SIZE];
  g_autoptr (FobSecret) master_key = NULL;
  json_t *root;
  json_t *header;
  json_t *slot;

  fob_json_init ();
  fob_random_bytes (bytes, sizeof bytes);
  master_key = fob_secret_new (bytes, sizeof bytes);
  fob_wipe (bytes, sizeof bytes);
  slot = create_slot (master_key, passphrase, error);
  if (slot == NULL)
    return NULL;

  root = json_object ();
  header = json_object ();
  json_object_set_new (root, "version", json_integer (FILE_VERSION));
  json_object_set_new (header, "slots", json_array ());
  json_array_append_new (json_object_get (header, "slots"), slot);
  json_object_set_new (root, "header", header);

  return create (g_steal_pointer (&master_key), root);
}

/* As typed first; another keyboard may have sent other bytes for the same letters. */
static FobSecret *
open_slots_in_any_form (json_t *root, FobSecret *typed, GError **error)
{
  static const GNormalizeMode modes[] = { G_NORMALIZE_NFC, G_NORMALIZE_NFD };
  g_autoptr (GError) cause = NULL;
  FobSecret *master_key = open_slots (root, typed, &cause);

  for (gsize i = 0; i < G_N_ELEMENTS (modes) &&
                    g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE) &&
                    master_key == NULL;
       i++)
    {
      g_autoptr (FobSecret) form = fob_passphrase_form (typed, modes[i]);

      if (form != NULL)
        master_key = open_slots (root, form, NULL);
    }
  if (master_key == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));

  return master_key;
}

FobEnvelope *
fob_envelope_open (GBytes *file, FobSecret *passphrase, GBytes **content, GError **error)
{
  json_t *root = parse_file (file, error);
  FobSecret *master_key = root != NULL ? open_slots_in_any_form (root, passphrase, error) : NULL;

  if (master_key == NULL)
    {
      json_decref (root);
      return NULL;
    }

  /* The key fits, so what fails now is not the passphrase. */
  *content = decrypt_content (root, master_key);
  if (*content == NULL)
    {
      g_set_error_literal (
        error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_DAMAGED,
        _ ("The passphrase is right, but the file is damaged. It was left as it is."));
      fob_secret_unref (master_key);
      json_decref (root);
      return NULL;
    }

  return create (master_key, root);
}

GBytes *
fob_envelope_reopen (FobEnvelope *self, GBytes *file, GError **error)
{
  json_t *root = parse_file (file, error);
  GBytes *content;

  if (root == NULL)
    return NULL;

  content = decrypt_content (root, self->master_key);
  if (content == NULL)
    g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE,
                         _ ("The passphrase of the file was changed. Unlock it again."));
  json_decref (root);

  return content;
}

GBytes *
fob_envelope_seal (FobEnvelope *self, GBytes *content, guint64 generation, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  g_autofree guint8 *encrypted = g_malloc (size + 1);
  g_autofree char *text = NULL;
  GBytes *file;
  Params params;
  json_t *root;
  json_t *ours;

  fob_random_bytes (params.nonce, sizeof params.nonce);
  if (!fob_cipher_encrypt (self->master_key, params.nonce, data, size, encrypted, params.tag))
    {
      g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_CRYPTO,
                           _ ("The accounts could not be encrypted. Nothing was changed."));
      return NULL;
    }

  text = g_base64_encode (encrypted, size);
  root = json_deep_copy (self->root);
  json_object_set_new (json_object_get (root, "header"), "params", write_params (&params));
  json_object_set_new (root, "db", json_string (text));
  ours = json_object_get (root, "keyfob");
  if (!json_is_object (ours))
    {
      ours = json_object ();
      json_object_set_new (root, "keyfob", ours);
    }
  json_object_set_new (ours, "generation", json_integer ((json_int_t) generation));
  file = fob_json_dump (root);
  json_decref (root);

  return file;
}

guint64
fob_envelope_peek_generation (GBytes *file)
{
  json_t *root = parse_file (file, NULL);
  json_t *generation = json_object_get (json_object_get (root, "keyfob"), "generation");
  guint64 result = root != NULL ? 1 : 0;

  if (json_integer_value (generation) > 0)
    result = (guint64) json_integer_value (generation);
  json_decref (root);

  return result;
}

char *
fob_envelope_format_key (FobEnvelope *self)
{
  g_autoptr (GBytes) text = NULL;
  json_t *root = json_deep_copy (self->root);
  gsize size;
  const char *data;

  json_object_set_new (root, MEMBER_KEY,
                       write_hex (fob_secret_get_data (self->master_key, NULL),
                                  fob_secret_get_size (self->master_key)));
  text = fob_json_dump (root);
  json_decref (root);
  data = g_bytes_get_data (text, &size);

  return g_strndup (data, size);
}

FobEnvelope *
fob_envelope_parse_key (const char *text, gsize size, GError **error)
{
  guint8 bytes[FOB_CIPHER_KEY_SIZE] = { 0 };
  FobEnvelope *self = NULL;
  json_t *root;

  fob_json_init ();
  root = json_loadb (text, size, JSON_REJECT_DUPLICATES, NULL);
  if (json_is_array (json_object_get (json_object_get (root, "header"), "slots")) &&
      json_integer_value (json_object_get (root, "version")) == FILE_VERSION &&
      read_hex (json_object_get (root, MEMBER_KEY), bytes, sizeof bytes))
    {
      json_object_del (root, MEMBER_KEY);
      self = create (fob_secret_new (bytes, sizeof bytes), root);
    }
  else
    {
      fail_format (error);
      json_decref (root);
    }
  fob_wipe (bytes, sizeof bytes);

  return self;
}

FobEnvelope *
fob_envelope_ref (FobEnvelope *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_envelope_unref (FobEnvelope *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->master_key, fob_secret_unref);
  g_clear_pointer (&self->root, json_decref);
  g_free (self);
}
