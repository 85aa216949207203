/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Runs the real `fob generate` and `fob verify`, whose path is in $FOB. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define HOTP   "otpauth://hotp/x?secret=" SECRET
#define TOTP   "otpauth://totp/x?secret=" SECRET "&digits=8"
#define OCRA   "otpauth://ocra/x?secret=" SECRET "&ocrasuite=OCRA-1:HOTP-SHA1-6:QN08"
#define MUTUAL                                                                                     \
  "otpauth://ocra/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA"                   \
  "&ocrasuite=OCRA-1:HOTP-SHA256-8:QA08"

typedef struct
{
  int status;
  char *out;
  char *err;
} Result;

static void
result_clear (Result *self)
{
  g_free (self->out);
  g_free (self->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static GSubprocess *
start (const char *arguments)
{
  const char *fob = g_getenv ("FOB");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_auto (GStrv) argv = NULL;
  g_autofree char *line = NULL;
  GSubprocess *process = NULL;

  g_assert_nonnull (fob);
  line = g_strconcat ("fob ", arguments, NULL);
  g_assert_true (g_shell_parse_argv (line, NULL, &argv, &error));
  g_free (argv[0]);
  argv[0] = g_strdup (fob);

  launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);

  return process;
}

static char *
take_text (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > 0 ? g_strndup (data, size) : g_strdup ("");
}

static Result
run_bytes (const char *arguments, const char *input, gsize size)
{
  g_autoptr (GSubprocess) process = start (arguments);
  g_autoptr (GBytes) in = g_bytes_new (input, size);
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;
  Result result;

  g_assert_true (g_subprocess_communicate (process, in, NULL, &out, &err, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  result.status = g_subprocess_get_exit_status (process);
  result.out = take_text (out);
  result.err = take_text (err);
  return result;
}

static Result
run (const char *arguments, const char *input)
{
  return run_bytes (arguments, input, strlen (input));
}

static void
assert_output (const char *arguments, const char *input, const char *out)
{
  g_auto (Result) result = run (arguments, input);

  g_test_message ("fob %.60s", arguments);
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpstr (result.out, ==, out);
  g_assert_cmpint (result.status, ==, 0);
}

/* Nothing comes out, something is said, and never the secret. */
static void
assert_error (const char *arguments, const char *input, int status)
{
  g_auto (Result) result = run (arguments, input);

  g_test_message ("fob %.60s", arguments);
  g_assert_cmpstr (result.out, ==, "");
  g_assert_true (g_str_has_prefix (result.err, "fob: "));
  g_assert_null (strstr (result.err, "GEZD"));
  g_assert_cmpint (result.status, ==, status);
}

static void
test_generate (void)
{
  assert_output ("generate --at 59 '" TOTP "'", "", "94287082\n");
  assert_output ("generate --at=20000000000 '" TOTP "'", "", "65353130\n");
  assert_output ("generate '" HOTP "&counter=9'", "", "520489\n");
  assert_output ("generate --at 1511200518 steam://63BEDWCQZKTQWPESARIERL5DTTQFCJTK", "",
                 "FR8RV\n");
  assert_output ("generate --challenge 11111111 '" OCRA "'", "", "243178\n");
  assert_output ("generate --challenge CLI22220 --challenge SRV11110 '" MUTUAL "'", "",
                 "28247970\n");
}

static void
test_count (void)
{
  assert_output ("generate --count 3 '" HOTP "'", "", "755224\n287082\n359152\n");
  assert_output ("generate -n 2 --at 1111111109 '" TOTP "'", "", "07081804\n14050471\n");
  /* The end of the counter is the end of the codes. */
  {
    g_auto (Result) result = run ("generate -n 5 '" HOTP "&counter=18446744073709551614'", "");

    g_assert_cmpint (result.status, ==, 1);
    g_assert_cmpuint (strlen (result.out), ==, 14);
    g_assert_true (g_str_has_prefix (result.err, "fob: "));
  }
}

static void
test_now (void)
{
  g_auto (Result) two = run ("generate --at now -n 2 '" TOTP "'", "");
  g_auto (Result) one = run ("generate '" TOTP "'", "");

  g_assert_cmpint (two.status, ==, 0);
  g_assert_cmpuint (strlen (two.out), ==, 18);
  g_assert_cmpuint (strlen (one.out), ==, 9);
  /* A time step may end between the two runs. */
  g_assert_nonnull (strstr (two.out, one.out));
}

static void
test_lines (void)
{
  assert_output ("generate -", "", "");
  assert_output ("generate -", HOTP "\n", "755224\n");
  assert_output ("generate -", HOTP, "755224\n");
  assert_output ("generate -", HOTP "\r\n\r\n# comment\n  \n" HOTP "&counter=1\r\n",
                 "755224\n287082\n");
  assert_output ("generate -n 2 --at 0 -", HOTP "\n" HOTP "&counter=2\n",
                 "755224\n287082\n359152\n969429\n");
}

static void
test_bad_lines (void)
{
  g_autofree char *long_line = g_strnfill (100000, 'x');
  g_autofree char *input =
    g_strconcat (HOTP, "\nnonsense\n", long_line, "\n", HOTP, "&counter=1\n", HOTP, "&digits=99\n",
                 "otpauth://ocra/x?secret=" SECRET "&ocrasuite=OCRA-1:HOTP-SHA1-6:QN08\n", HOTP,
                 "&counter=2", NULL);
  g_auto (Result) result = run ("generate -", input);
  g_auto (GStrv) errors = g_strsplit (result.err, "\n", -1);

  g_assert_cmpstr (result.out, ==, "755224\n287082\n359152\n");
  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpuint (g_strv_length (errors), ==, 5);
  g_assert_true (g_str_has_prefix (errors[0], "fob: line 2: "));
  g_assert_true (g_str_has_prefix (errors[1], "fob: line 3: "));
  g_assert_true (g_str_has_prefix (errors[2], "fob: line 5: "));
  g_assert_true (g_str_has_prefix (errors[3], "fob: line 6: "));
  g_assert_null (strstr (result.err, "GEZD"));
}

static void
test_bytes (void)
{
  const char nul[] = "otpauth://totp/x\0?secret=" SECRET "\n" HOTP "\n\xff\xfe\n";
  g_auto (Result) result = run_bytes ("generate -", nul, sizeof nul - 1);

  g_assert_cmpstr (result.out, ==, "755224\n");
  g_assert_cmpint (result.status, ==, 1);
}

/* A code comes before the next line is written: as a filter in a conversation. */
static void
test_streaming (void)
{
  g_autoptr (GSubprocess) process = start ("generate -");
  GOutputStream *in = g_subprocess_get_stdin_pipe (process);
  g_autoptr (GDataInputStream) out =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  const char *const codes[] = { "755224", "287082", "359152" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *uri = g_strdup_printf (HOTP "&counter=%" G_GSIZE_FORMAT "\n", i);
      g_autofree char *code = NULL;

      g_assert_true (g_output_stream_write_all (in, uri, strlen (uri), NULL, NULL, NULL));
      code = g_data_input_stream_read_line (out, NULL, NULL, NULL);
      g_assert_cmpstr (code, ==, codes[i]);
    }

  g_assert_true (g_output_stream_close (in, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static void
test_many_lines (void)
{
  g_autoptr (GString) input = g_string_new (NULL);
  g_auto (Result) lines = { 0 };
  g_auto (Result) counted = { 0 };

  for (int i = 0; i < 20000; i++)
    g_string_append_printf (input, HOTP "&counter=%d\n", i);

  lines = run ("generate -", input->str);
  counted = run ("generate -n 20000 '" HOTP "'", "");
  g_assert_cmpint (lines.status, ==, 0);
  g_assert_cmpstr (lines.out, ==, counted.out);
  g_assert_cmpuint (strlen (lines.out), ==, 7 * 20000);
}

static void
test_pin_file (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "fob-test-pin-XXXXXX", NULL);
  int fd = g_mkstemp (path);
  g_autofree char *arguments = NULL;
  g_autofree char *other = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, "1234\nnot this\n", -1, NULL));

  arguments = g_strdup_printf (
    "generate --at 165892298 --pin-file '%s' 'motp://x?secret=e3152afee62599c8&pin=9'", path);
  assert_output (arguments, "", "e7d8b6\n");
  /* Who has no PIN does not mind. */
  other = g_strdup_printf ("generate --pin-file '%s' '" HOTP "'", path);
  assert_output (other, "", "755224\n");

  g_remove (path);
  assert_error (arguments, "", 2);
  assert_error ("generate --at 0 'motp://x?secret=e3152afee62599c8'", "", 1);
}

static void
test_verify (void)
{
  assert_output ("verify '" HOTP "' 755224", "", "ok counter 0\n");
  assert_output ("verify '" HOTP "' '520 489'", "", "ok counter 9\n");
  assert_output ("verify --window 0 '" HOTP "&counter=9' 520489", "", "ok counter 9\n");
  assert_output ("verify --last 3 '" HOTP "' 338314", "", "ok counter 4\n");
  assert_output ("verify --at 59 '" TOTP "' 94287082", "", "ok drift 0 step 1\n");
  assert_output ("verify --at 60 '" TOTP "' 94287082", "", "ok drift -1 step 1\n");
  assert_output ("verify --at 29 '" TOTP "' 94287082", "", "ok drift 1 step 1\n");
  assert_output ("verify --at 329 --drift -10 '" TOTP "' 94287082", "", "ok drift -9 step 1\n");
  assert_output ("verify --at 59 --last 0 '" TOTP "' 94287082", "", "ok drift 0 step 1\n");
  assert_output ("verify --challenge 11111111 '" OCRA "' 243178", "", "ok\n");
}

static void
test_verify_reads (void)
{
  assert_output ("verify --at 59 - -", TOTP "\n94287082\n", "ok drift 0 step 1\n");
  assert_output ("verify --at 59 - 94287082", TOTP, "ok drift 0 step 1\n");
  assert_output ("verify --at 59 '" TOTP "' -", "94287082", "ok drift 0 step 1\n");
  assert_error ("verify - -", TOTP "\n", 2);
  assert_error ("verify - -", "", 2);
}

static void
test_verify_no_match (void)
{
  const char *const arguments[] = {
    "verify '" HOTP "' 755225",
    "verify '" HOTP "' ''",
    "verify --window 8 '" HOTP "' 520489",
    "verify --last 0 '" HOTP "' 755224",
    "verify '" HOTP "&counter=1' 755224",
    "verify --at 90 '" TOTP "' 94287082",
    "verify --at 59 --last 1 '" TOTP "' 94287082",
    "verify --at 59 --last 18446744073709551615 '" TOTP "' 94287082",
    "verify --challenge 11111112 '" OCRA "' 243178",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_auto (Result) result = run (arguments[i], "");

      g_test_message ("fob %.60s", arguments[i]);
      g_assert_cmpstr (result.out, ==, "no match\n");
      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.status, ==, 1);
    }
}

static void
test_errors (void)
{
  const char *const usage[] = {
    "generate",
    "generate a b",
    "generate --nonsense -",
    "generate --count 0 -",
    "generate --count x -",
    "generate --at yesterday -",
    "generate --at 9999999999999999999999 -",
    "generate --pin-file /nonexistent -",
    "generate --session xyz -",
    "generate --challenge 1 --challenge 2 --challenge 3 -",
    "verify",
    "verify '" HOTP "'",
    "verify --window -2 '" HOTP "' 755224",
    "verify --last x '" HOTP "' 755224",
    "verify --last 18446744073709551615 '" HOTP "' 755224",
    "verify --window 1000000 '" HOTP "' 755224",
    "verify nonsense 755224",
    "verify '" OCRA "' 243178",
    "nonsense",
    "'" HOTP "'",
  };
  const char *const failed[] = {
    "generate nonsense",
    "generate --at -1 '" TOTP "'",
    "generate '" OCRA "'",
    "generate --challenge 123456789 '" OCRA "'",
    "generate 'otpauth://totp/x?secret=GEZD0'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (usage); i++)
    assert_error (usage[i], "", 2);
  for (gsize i = 0; i < G_N_ELEMENTS (failed); i++)
    assert_error (failed[i], "", 1);
}

static void
test_help (void)
{
  const char *const arguments[] = { "--help", "-h", "generate --help", "verify --help",
                                    "--version" };

  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_auto (Result) result = run (arguments[i], "");

      g_assert_cmpint (result.status, ==, 0);
      g_assert_nonnull (strstr (result.out, "fob"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/generate/one", test_generate);
  g_test_add_func ("/cli/generate/count", test_count);
  g_test_add_func ("/cli/generate/now", test_now);
  g_test_add_func ("/cli/generate/lines", test_lines);
  g_test_add_func ("/cli/generate/bad-lines", test_bad_lines);
  g_test_add_func ("/cli/generate/bytes", test_bytes);
  g_test_add_func ("/cli/generate/streaming", test_streaming);
  g_test_add_func ("/cli/generate/many-lines", test_many_lines);
  g_test_add_func ("/cli/generate/pin-file", test_pin_file);
  g_test_add_func ("/cli/verify/ok", test_verify);
  g_test_add_func ("/cli/verify/reads", test_verify_reads);
  g_test_add_func ("/cli/verify/no-match", test_verify_no_match);
  g_test_add_func ("/cli/main/errors", test_errors);
  g_test_add_func ("/cli/main/help", test_help);

  return g_test_run ();
}
