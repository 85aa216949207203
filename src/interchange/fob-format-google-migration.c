/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-json-read.h"
#include "fob-otp-migration.pb-c.h"
#include "fob-uri-lines.h"
#include "fob-wipe.h"

/* Exports of Google Authenticator: what its QR codes say, one `otpauth-migration://` URI a line.
 * A large export comes in several, each of which says how many there are. */

#define SCHEME     "otpauth-migration://"
#define DATA_PARAM "data="

/* A QR code has less than 3 KiB, and no export more of them than somebody would scan. */
#define DATA_SIZE_MAX  (64 * 1024)
#define BATCH_SIZE_MAX 1000
#define N_BATCHES_MAX  64

enum
{
  TYPE_NONE,
  TYPE_HOTP,
  TYPE_TOTP,
};

static const char *const algorithms[] = { "", "SHA1", "SHA256", "SHA512", "MD5" };
static const guint digits[] = { 0, 6, 8 };

/* The parts of one export that were met, by index. */
typedef struct
{
  gint32 id;
  guint size;
  GHashTable *met;
} Batch;

static void
batch_free (Batch *self)
{
  g_clear_pointer (&self->met, g_hash_table_unref);
  g_free (self);
}

static gboolean
is_migration (const char *line, gsize length)
{
  return length > strlen (SCHEME) && g_ascii_strncasecmp (line, SCHEME, strlen (SCHEME)) == 0;
}

static gboolean
probe (FobDocument *document)
{
  const char *cursor = fob_document_get_text (document, NULL);
  const char *line;
  gsize length;

  while (cursor != NULL && (line = fob_uri_lines_next (&cursor, &length)) != NULL)
    {
      if (is_migration (line, length))
        return TRUE;
    }

  return FALSE;
}

/* Base64 as it survives in URIs: with the letters of either alphabet, with blanks for plus signs,
 * with its padding or without. */
static guint8 *
decode_data (const char *uri, gsize *size)
{
  const char *start = strstr (uri, DATA_PARAM);
  g_auto (FobWipedString) text = NULL;
  g_auto (FobWipedString) padded = NULL;
  gsize length;

  if (start == NULL)
    return NULL;
  start += strlen (DATA_PARAM);
  text = g_uri_unescape_segment (start, start + strcspn (start, "&#"), NULL);
  if (text == NULL)
    return NULL;
  g_strdelimit (g_strstrip (text), " -", '+');
  g_strdelimit (text, "_", '/');
  length = strlen (text);
  while (length > 0 && text[length - 1] == '=')
    text[--length] = '\0';
  padded = g_strconcat (text, "===", NULL);

  return fob_base64_decode (padded, length + (4 - length % 4) % 4, size);
}

static gpointer
allocate (gpointer data, size_t size)
{
  gsize *block = g_try_malloc (sizeof (gsize) * 2 + size);

  if (block == NULL)
    return NULL;
  block[0] = size;

  return block + 2;
}

static void
release (gpointer data, gpointer memory)
{
  gsize *block = memory;

  if (block == NULL)
    return;
  block -= 2;
  fob_wipe (block + 2, block[0]);
  g_free (block);
}

/* The message is full of keys: what is freed is wiped. */
static ProtobufCAllocator wiping_allocator = { allocate, release, NULL };

static Fob__OtpMigration *
unpack (const char *line, gsize length)
{
  g_auto (FobWipedString) uri = g_strndup (line, length);
  gsize size = 0;
  guint8 *data = decode_data (uri, &size);
  Fob__OtpMigration *message;

  if (data == NULL)
    return NULL;
  if (size > DATA_SIZE_MAX)
    {
      g_free (data);
      return NULL;
    }
  message = fob__otp_migration__unpack (&wiping_allocator, size, data);
  fob_wipe (data, size);
  g_free (data);

  return message;
}

static void
read_account (Fob__OtpMigration__Account *account, FobImport *import)
{
  g_autoptr (FobSecret) secret = fob_secret_new (account->secret.data, account->secret.len);
  const char *colon = strchr (account->name, ':');
  g_autofree char *issuer = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = account->issuer;
  fields.name = account->name;
  if (*account->issuer == '\0' && colon != NULL)
    {
      issuer = g_strndup (account->name, (gsize) (colon - account->name));
      fields.issuer = issuer;
    }
  if (account->type == TYPE_HOTP)
    fields.kind = FOB_OTP_KIND_HOTP;
  else if (account->type != TYPE_TOTP && account->type != TYPE_NONE)
    fob_import_fields_set_kind (&fields, "?");
  if (account->algorithm < 0 || account->algorithm >= (gint32) G_N_ELEMENTS (algorithms) ||
      account->digits < 0 || account->digits >= (gint32) G_N_ELEMENTS (digits) ||
      account->counter < 0)
    fob_import_fields_set_problem (
      &fields, _ ("A number in this entry cannot be read. Add the account by hand."));
  else
    {
      fields.algorithm = algorithms[account->algorithm];
      fields.digits = digits[account->digits];
      fields.counter = (guint64) account->counter;
    }
  fields.secret = secret;
  fob_import_fields_take (&fields, import);
}

/* Returns: (nullable): NULL when there are too many to keep an eye on. */
static Batch *
find_batch (GPtrArray *batches, const Fob__OtpMigration *message)
{
  Batch *batch;

  for (guint i = 0; i < batches->len; i++)
    {
      batch = batches->pdata[i];
      if (batch->id == message->batch_id)
        return batch;
    }

  if (batches->len == N_BATCHES_MAX)
    return NULL;
  batch = g_new0 (Batch, 1);
  batch->id = message->batch_id;
  batch->size = (guint) CLAMP (message->batch_size, 1, BATCH_SIZE_MAX);
  batch->met = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (batches, batch);

  return batch;
}

static void
read_line (const char *line, gsize length, GPtrArray *batches, FobImport *import)
{
  Fob__OtpMigration *message = unpack (line, length);
  Batch *batch;

  if (message == NULL)
    {
      fob_import_skip (import, NULL,
                       _ ("This part of the export is damaged. Scan its QR code once more."));
      return;
    }

  batch = find_batch (batches, message);
  /* A code that was scanned twice. */
  if (batch == NULL || g_hash_table_add (batch->met, GINT_TO_POINTER (message->batch_index)))
    {
      for (gsize i = 0; i < message->n_accounts; i++)
        read_account (message->accounts[i], import);
    }
  fob__otp_migration__free_unpacked (message, &wiping_allocator);
}

static void
report_missing (GPtrArray *batches, FobImport *import)
{
  for (guint i = 0; i < batches->len; i++)
    {
      const Batch *batch = batches->pdata[i];

      for (guint part = 0; part < batch->size; part++)
        {
          g_autofree char *reason = NULL;

          if (g_hash_table_contains (batch->met, GUINT_TO_POINTER (part)))
            continue;
          /* Translators: which QR code of how many, twice */
          reason =
            g_strdup_printf (_ ("QR code %u of %u of this export is missing. Scan it as well."),
                             part + 1, batch->size);
          fob_import_skip (import, NULL, reason);
        }
    }
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  const char *cursor = fob_document_get_text (document, NULL);
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func ((GDestroyNotify) batch_free);
  const char *line;
  gsize length;

  if (cursor == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  while ((line = fob_uri_lines_next (&cursor, &length)) != NULL)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (is_migration (line, length))
        read_line (line, length, batches, import);
      else
        fob_uri_lines_take (line, length, import);
    }
  report_missing (batches, import);

  return TRUE;
}

const FobFormat fob_format_google_migration = {
  .id = "google-migration",
  .label = N_ ("Google Authenticator"),
  .probe = probe,
  .parse = parse,
};
