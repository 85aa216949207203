/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-code-options.h"
#include "fob-hotp-verify.h"
#include "fob-line-reader.h"
#include "fob-otp-uri.h"
#include "fob-totp-verify.h"
#include "fob-wipe.h"

/* RFC 6238 section 5.2 advises one step; RFC 4226 leaves the size open, this is what servers do. */
#define TOTP_WINDOW_DEFAULT 1
#define HOTP_WINDOW_DEFAULT 10

#define LINE_SIZE_MAX (FOB_OTP_URI_SIZE_MAX + 1024)

typedef struct
{
  FobCodeOptions options;
  gint window; /* -1 for what is usual */
  char *last;
  gint64 drift;
} Verifier;

static gboolean
get_last (Verifier *self, gboolean *has_last, guint64 *last, GError **error)
{
  *has_last = self->last != NULL;
  if (!*has_last || g_ascii_string_to_unsigned (self->last, 10, 0, G_MAXUINT64, last, NULL))
    return TRUE;

  g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER,
                       _ ("The last counter or step is not a whole number."));
  return FALSE;
}

static guint
get_window (Verifier *self, guint usual)
{
  return self->window >= 0 ? (guint) self->window : usual;
}

/* The token with the lowest counter that may be accepted. */
static FobOtp *
skip_used_counters (Verifier *self, FobOtp *otp, GError **error)
{
  gboolean has_last = FALSE;
  guint64 last = 0;

  if (!get_last (self, &has_last, &last, error))
    return NULL;
  if (has_last && last == G_MAXUINT64)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER,
                           _ ("The counter has reached its end."));
      return NULL;
    }
  if (!has_last || last < fob_otp_get_counter (otp))
    return fob_otp_ref (otp);

  return fob_otp_with_counter (otp, last + 1, error);
}

static gboolean
verify_hotp (Verifier *self, FobOtp *otp, const char *code, GError **error)
{
  g_autoptr (FobOtp) next = skip_used_counters (self, otp, error);
  guint64 counter = 0;

  if (next == NULL ||
      !fob_hotp_verify (next, code, get_window (self, HOTP_WINDOW_DEFAULT), &counter, error))
    return FALSE;

  g_print ("ok counter %" G_GUINT64_FORMAT "\n", counter);
  return TRUE;
}

static gboolean
verify_totp (Verifier *self, FobOtp *otp, const char *code, GError **error)
{
  FobTotpState state = FOB_TOTP_STATE_INIT;
  gboolean has_last = FALSE;
  guint64 last = 0;

  if (!get_last (self, &has_last, &last, error))
    return FALSE;
  if (has_last)
    state.last_step = (gint64) MIN (last, G_MAXINT64);
  state.drift = self->drift;

  if (!fob_totp_verify (otp, code, fob_code_options_get_time (&self->options),
                        get_window (self, TOTP_WINDOW_DEFAULT), &state, error))
    return FALSE;

  g_print ("ok drift %" G_GINT64_FORMAT " step %" G_GINT64_FORMAT "\n", state.drift,
           state.last_step);
  return TRUE;
}

static gboolean
verify_ocra (Verifier *self, FobOtp *otp, const char *code, GError **error)
{
  FobOcraInput input;

  fob_code_options_get_input (&self->options, &input);
  if (!fob_ocra_verify (otp, &input, code, error))
    return FALSE;

  g_print ("ok\n");
  return TRUE;
}

static gboolean
verify (Verifier *self, const char *uri, const char *code, GError **error)
{
  g_autofree char *issuer = NULL;
  g_autofree char *account = NULL;
  g_autoptr (FobOtp) parsed = fob_otp_uri_parse (uri, -1, &issuer, &account, error);
  g_autoptr (FobOtp) otp = NULL;

  if (parsed == NULL)
    return FALSE;

  otp = fob_code_options_apply (&self->options, parsed, error);
  if (otp == NULL)
    return FALSE;

  if (fob_otp_is_time_based (otp))
    return verify_totp (self, otp, code, error);
  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_OCRA)
    return verify_ocra (self, otp, code, error);
  return verify_hotp (self, otp, code, error);
}

/* An argument, wiped where others could see it, or the next line of the standard input. */
static char *
take_text (char *argument, FobLineReader *reader, GError **error)
{
  const char *line = NULL;
  gsize length = 0;
  char *text = NULL;

  if (strcmp (argument, "-") != 0)
    {
      text = g_strdup (argument);
      fob_wipe (argument, strlen (argument));
      return text;
    }

  if (fob_line_reader_next (reader, &line, &length, error) && line != NULL &&
      memchr (line, '\0', length) == NULL)
    return g_strndup (line, length);

  if (error != NULL && *error == NULL)
    g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_URI,
                         _ ("The standard input has not the lines that are wanted."));
  return NULL;
}

static int
verify_arguments (Verifier *self, char *uri_argument, char *code_argument)
{
  g_autoptr (FobLineReader) reader = fob_line_reader_new (STDIN_FILENO, LINE_SIZE_MAX);
  g_autoptr (GError) error = NULL;
  g_auto (FobWipedString) uri = take_text (uri_argument, reader, &error);
  g_auto (FobWipedString) code = uri != NULL ? take_text (code_argument, reader, &error) : NULL;

  if (code != NULL && verify (self, uri, code, &error))
    return FOB_EXIT_OK;

  g_assert (error != NULL);
  if (g_error_matches (error, FOB_OTP_ERROR, FOB_OTP_ERROR_CODE))
    {
      g_print ("no match\n");
      return FOB_EXIT_FAILED;
    }

  g_assert (error != NULL);
  g_printerr ("fob: %s\n", error->message);
  return FOB_EXIT_USAGE;
}

static GOptionContext *
make_context (Verifier *self)
{
  GOptionContext *context = g_option_context_new ("- -");
  const GOptionEntry entries[] = {
    { "window", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &self->window,
      N_ ("How many counters ahead, or time steps before and after, are accepted"), "N" },
    { "last", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &self->last,
      N_ ("The last counter or time step that was accepted: nothing up to it is"), "N" },
    { "drift", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT64, &self->drift,
      N_ ("By how many time steps the other clock was ahead the last time"), "N" },
    { NULL },
  };

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (
    context, N_ ("Says whether a code is right: “ok” with the counter, or the clock drift and "
                 "the time step, or “no match”."));
  g_option_context_set_description (
    context,
    N_ ("Each “-” stands for a line of the standard input, first the otpauth:// link, then the "
        "code; that way no other user sees them in the list of processes.\n\n"
        "A server has to remember the last counter or step, and to limit wrong codes "
        "(RFC 4226, section 7.3).\n"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_code_options_add_to (&self->options, context);

  return context;
}

int
fob_command_verify_run (int argc, char **argv)
{
  Verifier verifier = { .options = FOB_CODE_OPTIONS_INIT, .window = -1 };
  g_autoptr (GOptionContext) context = make_context (&verifier);
  g_autoptr (GError) error = NULL;
  int status = FOB_EXIT_USAGE;

  if (g_option_context_parse (context, &argc, &argv, &error))
    {
      if (argc != 3)
        g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                             _ ("A URI and a code are wanted, or “-” for either."));
      else if (verifier.window < -1)
        g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                             _ ("The window must be 0 or more."));
      else
        (void) fob_code_options_resolve (&verifier.options, &error);
    }

  if (error != NULL)
    g_printerr ("fob: %s\n", error->message);
  else
    status = verify_arguments (&verifier, argv[1], argv[2]);

  g_free (verifier.last);
  fob_code_options_clear (&verifier.options);
  return status;
}
