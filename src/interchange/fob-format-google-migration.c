/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-export-lost.h"
#include "fob-export-text.h"
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

/* What the app writes, and what a camera can still read. */
#define PART_ACCOUNTS_MAX 10
#define PART_SIZE_MAX     1200
#define ENTRY_OVERHEAD    32

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
count_parts (FobDocument *document, guint *n_met, guint *n_all)
{
  const char *cursor = fob_document_get_text (document, NULL);
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func ((GDestroyNotify) batch_free);
  const char *line;
  gsize length;

  *n_met = 0;
  *n_all = 0;
  while (cursor != NULL && (line = fob_uri_lines_next (&cursor, &length)) != NULL)
    {
      Fob__OtpMigration *message = is_migration (line, length) ? unpack (line, length) : NULL;
      Batch *batch = message != NULL ? find_batch (batches, message) : NULL;

      if (batch != NULL)
        g_hash_table_add (batch->met, GINT_TO_POINTER (message->batch_index));
      if (message != NULL)
        fob__otp_migration__free_unpacked (message, &wiping_allocator);
    }
  for (guint i = 0; i < batches->len; i++)
    {
      const Batch *batch = batches->pdata[i];

      *n_met += g_hash_table_size (batch->met);
      *n_all += batch->size;
    }
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

/* Returns: 0 for a number that the app has not */
static gint32
find_digits (FobOtp *otp)
{
  for (gsize i = 1; i < G_N_ELEMENTS (digits); i++)
    {
      if (digits[i] == fob_otp_get_digits (otp))
        return (gint32) i;
    }

  return 0;
}

static gint32
find_algorithm (FobOtp *otp)
{
  const char *name = fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp));

  for (gsize i = 1; i < G_N_ELEMENTS (algorithms); i++)
    {
      if (g_str_equal (algorithms[i], name))
        return (gint32) i;
    }

  return 0;
}

static gboolean
lost (FobAccount *account, GPtrArray *reasons)
{
  const guint kinds = FOB_EXPORT_KIND (FOB_OTP_KIND_TOTP) | FOB_EXPORT_KIND (FOB_OTP_KIND_HOTP);
  FobOtp *otp = fob_account_get_otp (account);

  if (!fob_export_has_kind (account, kinds, reasons))
    return FALSE;
  if (find_digits (otp) == 0)
    {
      fob_export_add_reason (reasons, _ ("Google Authenticator only has codes of 6 or 8 digits."));
      return FALSE;
    }
  if (fob_otp_is_time_based (otp) && fob_otp_get_period (otp) != FOB_OTP_PERIOD_DEFAULT)
    {
      fob_export_add_reason (reasons,
                             _ ("Google Authenticator only has a time step of 30 seconds."));
      return FALSE;
    }
  if (*fob_account_get_issuer (account) == '\0' &&
      strchr (fob_account_get_name (account), ':') != NULL)
    fob_export_add_reason (
      reasons, _ ("Where there is no issuer, the account name up to the colon becomes it."));
  fob_export_lost_parts (account, FOB_EXPORT_NO_ISSUER, reasons);

  return TRUE;
}

/* Borrows the secret; the names are its own. */
static void
fill_account (Fob__OtpMigration__Account *entry, FobAccount *account)
{
  FobOtp *otp = fob_account_get_otp (account);
  const char *issuer = fob_account_get_issuer (account);
  const char *name = fob_account_get_name (account);

  fob__otp_migration__account__init (entry);
  entry->secret.data =
    (guint8 *) fob_secret_get_data (fob_otp_get_secret (otp), &entry->secret.len);
  entry->name = *issuer != '\0' ? g_strconcat (issuer, ":", name, NULL) : g_strdup (name);
  entry->issuer = (char *) issuer;
  entry->algorithm = find_algorithm (otp);
  entry->digits = find_digits (otp);
  entry->type = fob_otp_is_time_based (otp) ? TYPE_TOTP : TYPE_HOTP;
  entry->counter = (gint64) fob_otp_get_counter (otp);
}

/* Only these three of its letters mean something in a URI. Returns: (transfer full): free with
 * fob_wipe_free_string () */
static char *
escape_base64 (const char *text)
{
  char *escaped = g_malloc (strlen (text) * 3 + 1);
  char *out = escaped;

  for (const char *in = text; *in != '\0'; in++)
    {
      if (*in == '+')
        out = g_stpcpy (out, "%2B");
      else if (*in == '/')
        out = g_stpcpy (out, "%2F");
      else if (*in == '=')
        out = g_stpcpy (out, "%3D");
      else
        *out++ = *in;
    }
  *out = '\0';

  return escaped;
}

/* Returns: (transfer full): free with fob_wipe_free_string () */
static char *
format_message (const Fob__OtpMigration *message)
{
  const gsize size = fob__otp_migration__get_packed_size (message);
  guint8 *data = g_malloc (size);
  g_auto (FobWipedString) text = NULL;
  g_auto (FobWipedString) escaped = NULL;

  fob__otp_migration__pack (message, data);
  text = g_base64_encode (data, size);
  fob_wipe (data, size);
  g_free (data);
  escaped = escape_base64 (text);

  return g_strconcat (SCHEME "offline?" DATA_PARAM, escaped, NULL);
}

/* @starts: of guint: the first account of each part, and the end */
static char *
write_part (GPtrArray *accounts, GArray *starts, guint part, gint32 id)
{
  const guint start = g_array_index (starts, guint, part);
  const guint n = g_array_index (starts, guint, part + 1) - start;
  g_autofree Fob__OtpMigration__Account *entries = g_new (Fob__OtpMigration__Account, n);
  g_autofree Fob__OtpMigration__Account **list = g_new (Fob__OtpMigration__Account *, n);
  Fob__OtpMigration message = FOB__OTP_MIGRATION__INIT;
  char *line;

  for (guint i = 0; i < n; i++)
    {
      fill_account (&entries[i], accounts->pdata[start + i]);
      list[i] = &entries[i];
    }
  message.n_accounts = n;
  message.accounts = list;
  message.version = 1;
  message.batch_size = (gint32) starts->len - 1;
  message.batch_index = (gint32) part;
  message.batch_id = id;
  line = format_message (&message);
  for (guint i = 0; i < n; i++)
    g_free (entries[i].name);

  return line;
}

/* Returns: (transfer full): so that each part fits into one QR code */
static GArray *
divide (GPtrArray *accounts)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize size = 0;
  guint n = 0;

  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *account = accounts->pdata[i];
      const gsize more =
        strlen (fob_account_get_issuer (account)) * 2 + strlen (fob_account_get_name (account)) +
        fob_secret_get_size (fob_otp_get_secret (fob_account_get_otp (account))) + ENTRY_OVERHEAD;

      if (i == 0 || n == PART_ACCOUNTS_MAX || size + more > PART_SIZE_MAX)
        {
          g_array_append_val (starts, i);
          size = 0;
          n = 0;
        }
      size += more;
      n++;
    }
  g_array_append_val (starts, accounts->len);

  return starts;
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  g_autoptr (GArray) starts = divide (accounts);
  g_autoptr (GPtrArray) lines = fob_export_new_lines ();
  /* Only tells the parts of two exports apart. */
  const gint32 id = g_random_int_range (1, G_MAXINT32);

  for (guint part = 0; part + 1 < starts->len; part++)
    g_ptr_array_add (lines, write_part (accounts, starts, part, id));

  return fob_export_join_lines (lines, "\n");
}

const FobFormat fob_format_google_migration = {
  .id = "google-migration",
  .label = N_ ("Google Authenticator"),
  .suffix = ".txt",
  .text = TRUE,
  .codes = TRUE,
  .count_parts = count_parts,
  .probe = probe,
  .parse = parse,
  .lost = lost,
  .serialise = serialise,
};
