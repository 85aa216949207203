/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-account-options.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-passphrase.h"

void
fob_account_options_add_to (FobAccountOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "issuer", 'i', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->issuer,
      N_ ("Who runs the service"), N_ ("TEXT") },
    { "account", 'a', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->name,
      N_ ("The account name there"), N_ ("TEXT") },
    { "type", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->type,
      N_ ("The kind of codes; usually totp"), "totp|hotp|steam|motp|yandex|ocra" },
    { "algorithm", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->algorithm,
      N_ ("The hash; usually SHA1"), "SHA1|SHA256|SHA512" },
    { "digits", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->digits,
      N_ ("How long a code is; usually 6"), "N" },
    { "period", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->period,
      N_ ("The time step in seconds; usually 30"), "N" },
    { "counter", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->counter,
      N_ ("The next counter to use"), "N" },
    { "suite", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->suite, N_ ("The OCRA suite"),
      N_ ("TEXT") },
    { "note", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->note, N_ ("A note"), N_ ("TEXT") },
    { "tag", 't', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &self->tags,
      N_ ("Add a tag; may be given again"), N_ ("TAG") },
    { "pin-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &self->pin_file,
      N_ ("Read the PIN from the first line of a file"), N_ ("FILE") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
fob_account_options_clear (FobAccountOptions *self)
{
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->algorithm, g_free);
  g_clear_pointer (&self->digits, g_free);
  g_clear_pointer (&self->period, g_free);
  g_clear_pointer (&self->counter, g_free);
  g_clear_pointer (&self->suite, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->pin_file, g_free);
}

gboolean
fob_account_options_is_empty (FobAccountOptions *self)
{
  return self->issuer == NULL && self->name == NULL && self->type == NULL &&
         self->algorithm == NULL && self->digits == NULL && self->period == NULL &&
         self->counter == NULL && self->suite == NULL && self->note == NULL && self->tags == NULL &&
         self->pin_file == NULL;
}

/* @name: of the option */
static gboolean
read_number (const char *name, const char *text, guint64 *number, GError **error)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, number, NULL))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("The value of %s must be a whole number."), name);

  return FALSE;
}

static gboolean
apply_kind (FobAccountOptions *self, FobOtpParams *params, GError **error)
{
  FobOtpKind kind;

  if (self->type == NULL)
    return TRUE;
  if (!fob_otp_kind_from_string (self->type, &kind))
    {
      g_set_error_literal (
        error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        _ ("There is no such type. It is one of totp, hotp, steam, motp, yandex and ocra."));
      return FALSE;
    }
  if (kind != params->kind)
    fob_otp_params_set_kind (params, kind);

  return TRUE;
}

gboolean
fob_account_options_apply_otp (FobAccountOptions *self,
                               FobOtpParams *params,
                               FobSecret **pin,
                               GError **error)
{
  guint64 digits;

  *pin = NULL;
  if (!apply_kind (self, params, error))
    return FALSE;
  digits = params->digits;
  if (!read_number ("--digits", self->digits, &digits, error) ||
      !read_number ("--period", self->period, &params->period, error) ||
      !read_number ("--counter", self->counter, &params->counter, error))
    return FALSE;
  params->digits = (guint) MIN (digits, G_MAXUINT);
  if (self->algorithm != NULL &&
      !fob_otp_algorithm_from_string (self->algorithm, &params->algorithm))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("There is no such algorithm. It is one of SHA1, SHA256 and SHA512."));
      return FALSE;
    }
  if (self->suite != NULL)
    params->suite = self->suite;
  if (self->pin_file != NULL)
    {
      *pin = fob_passphrase_read (self->pin_file, error);
      if (*pin == NULL)
        return FALSE;
      params->pin = *pin;
    }

  return TRUE;
}

FobAccount *
fob_account_options_apply (FobAccountOptions *self, FobAccount *account)
{
  const char *const *old_tags = fob_account_get_tags (account);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (FobAccount) with_names =
    fob_account_with_names (account,
                            self->issuer != NULL ? self->issuer : fob_account_get_issuer (account),
                            self->name != NULL ? self->name : fob_account_get_name (account));
  g_autoptr (FobAccount) with_note = fob_account_with_note (
    with_names, self->note != NULL ? self->note : fob_account_get_note (account));

  for (gsize i = 0; old_tags[i] != NULL; i++)
    g_ptr_array_add (tags, (gpointer) old_tags[i]);
  for (gsize i = 0; self->tags != NULL && self->tags[i] != NULL; i++)
    g_ptr_array_add (tags, self->tags[i]);
  g_ptr_array_add (tags, NULL);

  return fob_account_with_tags (with_note, (const char *const *) tags->pdata);
}

FobSecret *
fob_account_options_read_secret (FobOtpKind kind, GError **error)
{
  g_autoptr (FobSecret) text = isatty (STDIN_FILENO) ? fob_passphrase_ask (_ ("Secret: "), error)
                                                     : fob_passphrase_read ("-", error);
  const char *data;
  gsize size;

  if (text == NULL)
    return NULL;
  data = fob_secret_get_data (text, &size);

  return kind == FOB_OTP_KIND_MOTP ? fob_secret_new_from_hex (data, (gssize) size, error)
                                   : fob_secret_new_from_base32 (data, (gssize) size, error);
}
