/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-export-lost.h"
#include "fob-format-private.h"
#include "fob-freeotp-token.h"
#include "fob-import-fields.h"
#include "fob-json.h"

/* JSON backups of FreeOTP+. */

/* Ten of them would not fit the number that the app cuts them from. */
#define DIGITS_MAX 9
/* Renamed to nothing, which an empty name would not say. */
#define BLANK " "

static gboolean
probe (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return json_is_array (json_object_get (root, "tokens")) &&
         json_is_array (json_object_get (root, "tokenOrder"));
}

static void
read_token (json_t *token, gconstpointer context, FobImport *import)
{
  fob_freeotp_token_read (token, NULL, FOB_FREEOTP_1, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  json_t *root = fob_document_get_json (document);

  return fob_import_read_entries (json_object_get (root, "tokens"), read_token, NULL, import,
                                  cancellable, error);
}

static gboolean
lost (FobAccount *account, GPtrArray *reasons)
{
  const guint kinds = FOB_EXPORT_KIND (FOB_OTP_KIND_TOTP) | FOB_EXPORT_KIND (FOB_OTP_KIND_HOTP) |
                      FOB_EXPORT_KIND (FOB_OTP_KIND_STEAM);

  if (!fob_export_has_kind (account, kinds, reasons) ||
      !fob_export_has_digits (account, 1, DIGITS_MAX, reasons))
    return FALSE;
  fob_export_lost_parts (account, FOB_EXPORT_NO_ISSUER, reasons);

  return TRUE;
}

/* The app tells accounts apart by issuer and label: what they are called is written beside these,
 * as if they had been renamed there. */
typedef struct
{
  char *issuer;
  char *label;
} Identity;

static void
identity_clear (Identity *self)
{
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->label, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)

static char *
identity_format (const Identity *self)
{
  return *self->issuer != '\0' ? g_strconcat (self->issuer, ":", self->label, NULL)
                               : g_strdup (self->label);
}

static const char *
pick_issuer (FobAccount *account)
{
  const char *issuer = fob_account_get_issuer (account);

  if (fob_otp_get_kind (fob_account_get_otp (account)) == FOB_OTP_KIND_STEAM)
    return FOB_FREEOTP_STEAM_ISSUER;

  return g_str_equal (issuer, FOB_FREEOTP_STEAM_ISSUER) ? "" : issuer;
}

/* Returns: (transfer full): the key in tokenOrder, which no other account has; it is in @taken from
 * now on */
static char *
identity_choose (Identity *self, FobAccount *account, GHashTable *taken)
{
  const char *issuer = pick_issuer (account);
  const char *name = fob_account_get_name (account);
  char *key;

  self->issuer = g_strdup (issuer);
  self->label = g_strdup (name);
  key = identity_format (self);
  for (guint n = 2; g_hash_table_contains (taken, key); n++)
    {
      g_free (key);
      g_free (self->label);
      self->label =
        *name != '\0' ? g_strdup_printf ("%s (%u)", name, n) : g_strdup_printf ("%u", n);
      key = identity_format (self);
    }
  g_hash_table_add (taken, g_strdup (key));

  return key;
}

static json_t *
write_secret (FobSecret *secret)
{
  gsize size;
  const gint8 *data = fob_secret_get_data (secret, &size);
  json_t *array = json_array ();

  for (gsize i = 0; i < size; i++)
    json_array_append_new (array, json_integer (data[i]));

  return array;
}

static json_t *
write_token (FobAccount *account, const Identity *identity)
{
  FobOtp *otp = fob_account_get_otp (account);
  const gboolean hotp = fob_otp_get_kind (otp) == FOB_OTP_KIND_HOTP;
  const char *issuer = fob_account_get_issuer (account);
  const char *name = fob_account_get_name (account);
  json_t *token =
    json_pack ("{s:s, s:I, s:i, s:s, s:s, s:s, s:I, s:o, s:s}", "algo",
               fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp)), "counter",
               /* The one that was used last. */
               hotp ? (json_int_t) fob_otp_get_counter (otp) - 1 : 0, "digits",
               (int) fob_otp_get_digits (otp), "issuerExt", identity->issuer, "issuerInt", issuer,
               "label", identity->label, "period",
               hotp ? FOB_OTP_PERIOD_DEFAULT : (json_int_t) fob_otp_get_period (otp), "secret",
               write_secret (fob_otp_get_secret (otp)), "type", hotp ? "HOTP" : "TOTP");

  if (!g_str_equal (issuer, identity->issuer))
    json_object_set_new (token, "issuerAlt", json_string (*issuer != '\0' ? issuer : BLANK));
  if (!g_str_equal (name, identity->label))
    json_object_set_new (token, "labelAlt", json_string (*name != '\0' ? name : BLANK));

  return token;
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  json_t *tokens;
  json_t *order;
  json_t *root;
  GBytes *file;

  fob_json_init ();
  tokens = json_array ();
  order = json_array ();
  for (guint i = 0; i < accounts->len; i++)
    {
      g_auto (Identity) identity = { NULL, NULL };
      g_autofree char *key = identity_choose (&identity, accounts->pdata[i], taken);

      json_array_append_new (tokens, write_token (accounts->pdata[i], &identity));
      json_array_append_new (order, json_string (key));
    }
  root = json_pack ("{s:o, s:o}", "tokens", tokens, "tokenOrder", order);
  file = fob_json_dump (root);
  json_decref (root);

  return file;
}

const FobFormat fob_format_freeotp_plus = {
  .id = "freeotp-plus",
  .label = N_ ("FreeOTP+"),
  .suffix = ".json",
  .text = TRUE,
  .probe = probe,
  .parse = parse,
  .lost = lost,
  .serialise = serialise,
};
