/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "fob-code-options.h"
#include "fob-code-writer.h"
#include "fob-line-reader.h"
#include "fob-otp-uri.h"
#include "fob-wipe.h"

/* A little more than a URI may have, so that the parser says that it is too long. */
#define LINE_SIZE_MAX (FOB_OTP_URI_SIZE_MAX + 1024)

typedef struct
{
  FobCodeOptions *options;
  gint64 count;
  FobCodeWriter writer;
} Generator;

static gboolean
add_answer (Generator *self, FobOtp *otp, const FobOcraInput *input, GError **error)
{
  char code[FOB_OCRA_CODE_SIZE];
  gboolean done =
    fob_ocra_answer (otp, input, code, error) && fob_code_writer_add (&self->writer, code, error);

  fob_wipe (code, sizeof code);
  return done;
}

static gboolean
add_code (Generator *self, FobOtp *otp, gint64 unix_time, GError **error)
{
  char code[FOB_OTP_CODE_SIZE];
  gboolean done =
    fob_otp_code (otp, unix_time, code, error) && fob_code_writer_add (&self->writer, code, error);

  fob_wipe (code, sizeof code);
  return done;
}

/* The token after one code has been made, or NULL if that was the last. */
static FobOtp *
advance_counter (FobOtp *otp, GError **error)
{
  guint64 counter = fob_otp_get_counter (otp);

  if (counter < G_MAXUINT64)
    return fob_otp_with_counter (otp, counter + 1, error);

  g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER,
                       _ ("The counter has reached its end."));
  return NULL;
}

static gboolean
generate_by_clock (Generator *self, FobOtp *otp, GError **error)
{
  gint64 unix_time = fob_code_options_get_time (self->options);
  gint64 period = (gint64) fob_otp_get_period (otp);

  for (gint64 i = 0; i < self->count; i++)
    {
      if (!add_code (self, otp, unix_time, error))
        return FALSE;
      if (unix_time > G_MAXINT64 - period)
        break;
      unix_time += period;
    }

  return TRUE;
}

static gboolean
generate_by_counter (Generator *self, FobOtp *otp, GError **error)
{
  g_autoptr (FobOtp) current = fob_otp_ref (otp);
  gboolean is_ocra = fob_otp_get_kind (otp) == FOB_OTP_KIND_OCRA;
  FobOcraInput input;

  fob_code_options_get_input (self->options, &input);
  for (gint64 i = 0; i < self->count; i++)
    {
      FobOtp *next = NULL;

      if (is_ocra ? !add_answer (self, current, &input, error)
                  : !add_code (self, current, 0, error))
        return FALSE;
      /* An answer without a counter stays what it is. */
      if (i + 1 == self->count || (is_ocra && !fob_otp_get_suite (otp)->has_counter))
        break;

      next = advance_counter (current, error);
      if (next == NULL)
        return FALSE;
      fob_otp_unref (current);
      current = next;
    }

  return TRUE;
}

static gboolean
generate (Generator *self, const char *uri, gsize length, GError **error)
{
  g_autofree char *issuer = NULL;
  g_autofree char *account = NULL;
  g_autoptr (FobOtp) parsed = fob_otp_uri_parse (uri, (gssize) length, &issuer, &account, error);
  g_autoptr (FobOtp) otp = NULL;

  if (parsed == NULL)
    return FALSE;

  otp = fob_code_options_apply (self->options, parsed, error);
  if (otp == NULL)
    return FALSE;

  return fob_otp_is_time_based (otp) ? generate_by_clock (self, otp, error)
                                     : generate_by_counter (self, otp, error);
}

static gboolean
is_blank_or_comment (const char *line, gsize length)
{
  gsize i = 0;

  while (i < length && g_ascii_isspace (line[i]))
    i++;

  return i == length || line[i] == '#';
}

/* Says what is wrong with one line. Returns: whether the others may go through. */
static gboolean
report_line (FobLineReader *reader, const GError *error)
{
  g_printerr (_ ("fob: line %lu: %s\n"), (gulong) fob_line_reader_get_number (reader),
              error->message);

  return error->domain != G_FILE_ERROR;
}

/* Every line that is a URI gives its codes before the next line is waited for. */
static int
generate_lines (Generator *self)
{
  g_autoptr (FobLineReader) reader = fob_line_reader_new (STDIN_FILENO, LINE_SIZE_MAX);
  g_autoptr (GError) error = NULL;
  const char *line = NULL;
  gsize length = 0;
  int status = FOB_EXIT_OK;

  while (fob_line_reader_next (reader, &line, &length, &error))
    {
      g_autoptr (GError) line_error = NULL;

      if (line == NULL)
        g_set_error_literal (&line_error, FOB_OTP_ERROR, FOB_OTP_ERROR_URI,
                             _ ("The text is too long to be a link to an account."));
      else if (!is_blank_or_comment (line, length))
        (void) generate (self, line, length, &line_error);

      if (line_error == NULL && !fob_line_reader_is_ready (reader))
        (void) fob_code_writer_flush (&self->writer, &line_error);
      if (line_error != NULL)
        {
          status = FOB_EXIT_FAILED;
          if (!report_line (reader, line_error))
            break;
        }
    }

  if (error == NULL)
    (void) fob_code_writer_flush (&self->writer, &error);
  if (error != NULL)
    {
      g_printerr ("fob: %s\n", error->message);
      status = FOB_EXIT_FAILED;
    }

  return status;
}

static int
generate_argument (Generator *self, char *uri)
{
  g_autoptr (GError) error = NULL;
  gboolean done = generate (self, uri, strlen (uri), &error);

  /* Out of sight of who lists the processes. */
  fob_wipe (uri, strlen (uri));

  if (!fob_code_writer_flush (&self->writer, done ? &error : NULL))
    done = FALSE;
  if (!done)
    g_printerr ("fob: %s\n", error->message);

  return done ? FOB_EXIT_OK : FOB_EXIT_FAILED;
}

static GOptionContext *
make_context (FobCodeOptions *options, gint64 *count)
{
  GOptionContext *context = g_option_context_new ("-");
  const GOptionEntry entries[] = {
    { "count", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_INT64, count,
      N_ ("Print so many codes, one time step or counter after the other"), "N" },
    { NULL },
  };

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Prints the codes of accounts given as links."));
  g_option_context_set_description (
    context,
    N_ ("Every line of the standard input is an otpauth:// link, and its code one line of the "
        "standard output; that way no other user sees the secrets in the list of processes. "
        "Blank lines and lines that start with “#” are skipped.\n"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  fob_code_options_add_to (options, context);

  return context;
}

int
fob_command_generate_run (int argc, char **argv)
{
  g_auto (FobCodeOptions) options = FOB_CODE_OPTIONS_INIT;
  Generator generator = { .options = &options, .count = 1 };
  g_autoptr (GOptionContext) context = make_context (&options, &generator.count);
  g_autoptr (GError) error = NULL;

  if (g_option_context_parse (context, &argc, &argv, &error))
    {
      if (argc != 2)
        g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                             _ ("One URI is wanted, or “-”."));
      else if (generator.count < 1)
        g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                             _ ("The number of codes must be 1 or more."));
      else
        (void) fob_code_options_resolve (&options, &error);
    }
  if (error != NULL)
    {
      g_printerr ("fob: %s\n", error->message);
      return FOB_EXIT_USAGE;
    }

  fob_code_writer_init (&generator.writer, STDOUT_FILENO);
  return strcmp (argv[1], "-") == 0 ? generate_lines (&generator)
                                    : generate_argument (&generator, argv[1]);
}
