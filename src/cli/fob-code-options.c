/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-code-options.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-wipe.h"

void
fob_code_options_add_to (FobCodeOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "at", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->at,
      N_ ("The moment, in seconds since 1970, or “now”"), "UNIX" },
    { "challenge", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &self->challenges,
      N_ ("The challenge to answer; given twice for mutual authentication"), "Q" },
    { "pin-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &self->pin_file,
      N_ ("Read the PIN from the first line of a file"), "FILE" },
    { "session", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->session_hex,
      N_ ("Session data of the challenge, in hexadecimal"), "HEX" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
resolve_time (FobCodeOptions *self, GError **error)
{
  self->follows_clock = self->at == NULL || strcmp (self->at, "now") == 0;

  if (self->follows_clock ||
      g_ascii_string_to_signed (self->at, 10, G_MININT64, G_MAXINT64, &self->unix_time, NULL))
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("The moment is neither “now” nor a number of seconds."));
  return FALSE;
}

static gboolean
resolve_challenges (FobCodeOptions *self, GError **error)
{
  if (self->challenges == NULL || g_strv_length (self->challenges) <= 2)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("There are at most two challenges."));
  return FALSE;
}

static gboolean
resolve_pin (FobCodeOptions *self, GError **error)
{
  char *text = NULL;
  gsize length = 0;

  if (self->pin_file == NULL)
    return TRUE;
  if (!g_file_get_contents (self->pin_file, &text, &length, error))
    return FALSE;

  self->pin = fob_secret_new (text, strcspn (text, "\r\n"));
  fob_wipe (text, length);
  g_free (text);
  return TRUE;
}

static gboolean
resolve_session (FobCodeOptions *self, GError **error)
{
  g_autoptr (FobSecret) bytes = NULL;
  gconstpointer data = NULL;
  gsize size = 0;

  if (self->session_hex == NULL)
    return TRUE;

  bytes = fob_secret_new_from_hex (self->session_hex, -1, NULL);
  if (bytes == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("The session data are not hexadecimal."));
      return FALSE;
    }

  data = fob_secret_get_data (bytes, &size);
  self->session = g_bytes_new (data, size);
  return TRUE;
}

gboolean
fob_code_options_resolve (FobCodeOptions *self, GError **error)
{
  return resolve_time (self, error) && resolve_challenges (self, error) &&
         resolve_pin (self, error) && resolve_session (self, error);
}

void
fob_code_options_clear (FobCodeOptions *self)
{
  g_clear_pointer (&self->pin, fob_secret_unref);
  g_clear_pointer (&self->session, g_bytes_unref);
  g_clear_pointer (&self->at, g_free);
  g_clear_pointer (&self->challenges, g_strfreev);
  g_clear_pointer (&self->pin_file, g_free);
  g_clear_pointer (&self->session_hex, g_free);
}

gint64
fob_code_options_get_time (FobCodeOptions *self)
{
  return self->follows_clock ? g_get_real_time () / G_USEC_PER_SEC : self->unix_time;
}

void
fob_code_options_get_input (FobCodeOptions *self, FobOcraInput *input)
{
  memset (input, 0, sizeof *input);
  input->unix_time = fob_code_options_get_time (self);
  input->pin = self->pin;

  if (self->challenges != NULL && self->challenges[0] != NULL)
    {
      input->challenge = self->challenges[0];
      input->second_challenge = self->challenges[1];
    }
  if (self->session != NULL)
    input->session = g_bytes_get_data (self->session, &input->session_size);
}

FobOtp *
fob_code_options_apply (FobCodeOptions *self, FobOtp *otp, GError **error)
{
  const FobOcraSuite *suite = fob_otp_get_suite (otp);
  gboolean has_pin =
    suite != NULL ? suite->has_pin : fob_otp_kind_get_info (fob_otp_get_kind (otp))->has_pin;

  if (self->pin == NULL || !has_pin)
    return fob_otp_ref (otp);

  return fob_otp_with_pin (otp, self->pin, error);
}
