/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-import-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-account-private.h"
#include "fob-interchange-error.h"
#include "fob-json-read.h"
#include "fob-otp-uri.h"

#define STEAM_SCHEME "steam://"

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

void
fob_import_fields_set_problem (FobImportFields *self, const char *problem)
{
  if (self->problem == NULL)
    self->problem = problem;
}

void
fob_import_fields_set_kind (FobImportFields *self, const char *name)
{
  if (*name == '\0' || g_ascii_strcasecmp (name, "otp") == 0)
    return;
  if (!fob_otp_kind_from_string (name, &self->kind) || self->kind == FOB_OTP_KIND_OCRA)
    fob_import_fields_set_problem (
      self, _ ("This kind of account is not known. Update Keyfob, or add it by hand."));
}

static void
read_number (FobImportFields *self, json_t *object, const char *key, guint64 *value)
{
  if (key != NULL && !fob_json_read_number (object, key, value))
    fob_import_fields_set_problem (
      self, _ ("A number in this entry cannot be read. Add the account by hand."));
}

void
fob_import_fields_read_numbers (FobImportFields *self,
                                json_t *object,
                                const char *digits_key,
                                const char *period_key,
                                const char *counter_key)
{
  read_number (self, object, digits_key, &self->digits);
  read_number (self, object, period_key, &self->period);
  read_number (self, object, counter_key, &self->counter);
}

void
fob_import_fields_set_token (FobImportFields *self, const char *text)
{
  /* No link to be taken with care: here it is known to be a secret, however short. */
  if (g_ascii_strncasecmp (text, STEAM_SCHEME, strlen (STEAM_SCHEME)) == 0 &&
      strchr (text + strlen (STEAM_SCHEME), '/') == NULL)
    {
      self->kind = FOB_OTP_KIND_STEAM;
      self->secret_text = text + strlen (STEAM_SCHEME);
    }
  else if (fob_otp_uri_probe (text, -1))
    self->uri = text;
  else
    self->secret_text = text;
}

/* The fields that a kind does not leave open are not looked at: programs write anything there. */
static gboolean
fill_params (const FobImportFields *self, FobOtpParams *params, GError **error)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (self->kind);

  fob_otp_params_set_kind (params, self->kind);
  if (self->digits != 0 && info->digits_min != info->digits_max)
    params->digits = (guint) MIN (self->digits, G_MAXUINT);
  if (self->period != 0 && info->period_min != info->period_max)
    params->period = self->period;
  params->counter = self->counter;
  if (info->algorithm_fixed || *or_empty (self->algorithm) == '\0' ||
      fob_otp_algorithm_from_string (self->algorithm, &params->algorithm))
    return TRUE;

  g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_UNSUPPORTED,
                       _ ("Keyfob cannot make codes with the algorithm of this account."));

  return FALSE;
}

static FobOtp *
make_otp (const FobImportFields *self, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  const char *pin_text = or_empty (self->pin);
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobSecret) pin = NULL;

  if (!fill_params (self, &params, error))
    return NULL;
  secret = self->secret != NULL
             ? fob_secret_ref (self->secret)
             : fob_secret_new_from_base32 (or_empty (self->secret_text), -1, error);
  if (secret == NULL)
    return NULL;
  if (*pin_text != '\0')
    pin = fob_secret_new (pin_text, strlen (pin_text));
  params.secret = secret;
  params.pin = pin;

  return fob_otp_new (&params, error);
}

/* Trimmed, and cut where it is longer than an account may have it. */
static char *
dup_label (const char *text)
{
  char *label = g_strstrip (g_utf8_make_valid (or_empty (text), -1));
  gsize size = strlen (label);

  if (size > FOB_OTP_LABEL_SIZE_MAX)
    {
      size = (gsize) (g_utf8_find_prev_char (label, label + FOB_OTP_LABEL_SIZE_MAX + 1) - label);
      label[size] = '\0';
    }

  return label;
}

/* `Issuer:name` under an issuer that is known anyway. */
static void
take_issuer_off (char *name, const char *issuer)
{
  const gsize length = strlen (issuer);

  if (length > 0 && strncmp (name, issuer, length) == 0 && name[length] == ':')
    {
      memmove (name, name + length + 1, strlen (name) - length);
      g_strstrip (name);
    }
}

/* Returns: (transfer container): NULL-terminated, of those that are there. */
static GPtrArray *
list_tags (GPtrArray *tags)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      if (tags->pdata[i] != NULL)
        g_ptr_array_add (list, tags->pdata[i]);
    }
  g_ptr_array_add (list, NULL);

  return list;
}

void
fob_import_fields_take (const FobImportFields *self, FobImport *import)
{
  g_autofree char *issuer = dup_label (self->issuer);
  g_autofree char *name = dup_label (self->name);
  g_autofree char *uri_issuer = NULL;
  g_autofree char *uri_name = NULL;
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GError) error = NULL;
  FobAccountFields fields;

  if (self->uri != NULL)
    otp = fob_otp_uri_parse (self->uri, -1, &uri_issuer, &uri_name, &error);
  else if (self->problem == NULL)
    otp = make_otp (self, &error);
  if (!self->own_names && *or_empty (uri_issuer) != '\0')
    {
      g_free (issuer);
      issuer = g_steal_pointer (&uri_issuer);
    }
  if (!self->own_names && *or_empty (uri_name) != '\0')
    {
      g_free (name);
      name = g_strdup (uri_name);
    }
  if (otp == NULL || self->problem != NULL)
    {
      const char *reason = error != NULL ? error->message : or_empty (self->problem);

      fob_import_skip (import, *issuer != '\0' ? issuer : name, reason);
      return;
    }

  /* A link says by itself where its issuer ends. */
  if (!self->whole_name && *or_empty (uri_name) == '\0')
    take_issuer_off (name, issuer);
  tags = list_tags (self->tags);
  fields = (FobAccountFields){
    .issuer = issuer,
    .name = name,
    .note = or_empty (self->note),
    .pinned = self->pinned,
    .tags = (const char *const *) tags->pdata,
    .icon = self->icon,
    .icon_type = self->icon_type,
    .otp = otp,
  };
  fob_import_take_account (import, fob_account_new_from_fields (&fields));
}

gboolean
fob_import_read_entries (json_t *array,
                         FobImportEntryFunc read,
                         gconstpointer context,
                         FobImport *import,
                         GCancellable *cancellable,
                         GError **error)
{
  gsize i;
  json_t *entry;

  if (!json_is_array (array))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  json_array_foreach (array, i, entry)
  {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    read (entry, context, import);
  }

  return TRUE;
}
