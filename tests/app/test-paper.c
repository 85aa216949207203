/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-paper.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "fob-account.h"
#include "fob-otp-uri.h"
#include "fob-paper-parts.h"
#include "fob-qr-code.h"

/* Points, margins of half an inch. */
#define A4_WIDTH      595.0
#define A4_HEIGHT     842.0
#define LETTER_WIDTH  612.0
#define LETTER_HEIGHT 792.0
#define MARGIN        36.0

static FobAccount *
create_account (const char *uri)
{
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_otp_uri_parse (uri, -1, &issuer, &name, &error);

  g_assert_no_error (error);

  return fob_account_new (issuer, name, otp);
}

/* Returns: how many pages @path has now. */
static guint
print (GPtrArray *accounts, const char *path, double width, double height)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 11, 23, 12, 0, 0);
  g_autoptr (FobPaper) paper = fob_paper_new (accounts, date);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, width, height);
  cairo_t *cr = cairo_create (surface);
  guint n_pages;

  cairo_translate (cr, MARGIN, MARGIN);
  n_pages = fob_paper_paginate (paper, cr, width - 2 * MARGIN, height - 2 * MARGIN);
  for (guint i = 0; i < n_pages; i++)
    {
      fob_paper_draw_page (paper, cr, i);
      cairo_show_page (cr);
    }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return n_pages;
}

/* Returns: what a program says. */
static char *
run (const char *command, const char *folder)
{
  const char *argv[] = { "sh", "-c", command, NULL };
  char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));

  return output;
}

static gboolean
has_programs (void)
{
  g_autofree char *pdf = g_find_program_in_path ("pdftoppm");
  g_autofree char *codes = g_find_program_in_path ("zbarimg");

  return pdf != NULL && codes != NULL;
}

/* Every link comes back, byte for byte, from the picture of the sheet. */
static void
check_sheet (GPtrArray *accounts, double width, double height, guint n_pages)
{
  g_autofree char *folder = g_dir_make_tmp ("fob-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sheet.pdf", NULL);
  g_autofree char *codes = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *gone = NULL;

  g_assert_cmpuint (print (accounts, path, width, height), ==, n_pages);
  codes = run ("pdftoppm -r 200 -gray sheet.pdf page && zbarimg --quiet --raw --nodbus page*.pgm",
               folder);
  lines = g_strsplit (codes, "\n", -1);
  for (guint i = 0; i < accounts->len; i++)
    {
      FobAccount *account = accounts->pdata[i];
      g_autofree char *uri =
        fob_otp_uri_format (fob_account_get_otp (account), fob_account_get_issuer (account),
                            fob_account_get_name (account));

      if (!g_strv_contains ((const char *const *) lines, uri))
        g_error ("Not on paper: %s in %s", uri, codes);
    }
  g_assert_cmpuint (g_strv_length (lines), ==, accounts->len + 1);
  gone = run ("rm -f page*.pgm sheet.pdf", folder);
  g_rmdir (folder);
}

static GPtrArray *
create_accounts (guint n_accounts)
{
  static const char *const uris[] = {
    "otpauth://totp/Bank:ada@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bank",
    "otpauth://totp/B%C3%BCcher%20%26%20Co:a?secret=MFRGGZDFMZTWQ2LK&algorithm=SHA512&digits=8",
    "otpauth://hotp/Counter:%E4%B8%AD%E6%96%87?secret=MFRGGZDFMZTWQ2LKNNWG23TP&counter=41",
    "otpauth://totp/%3Cb%3E%E2%80%AEodd:x?secret=MFRGG",
    "steam://GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  };
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = create_account (uris[i % G_N_ELEMENTS (uris)]);
      g_autofree char *name = g_strdup_printf ("%s %u", fob_account_get_name (account), i);

      g_ptr_array_add (accounts,
                       fob_account_with_names (account, fob_account_get_issuer (account), name));
    }

  return accounts;
}

static void
test_reads_back (void)
{
  g_autoptr (GPtrArray) few = create_accounts (3);
  g_autoptr (GPtrArray) many = create_accounts (12);

  if (!has_programs ())
    {
      g_test_skip ("There is no pdftoppm or zbarimg.");
      return;
    }
  check_sheet (few, A4_WIDTH, A4_HEIGHT, 1);
  check_sheet (many, A4_WIDTH, A4_HEIGHT, 3);
  check_sheet (many, LETTER_WIDTH, LETTER_HEIGHT, 3);
}

static void
test_can_be_typed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("fob-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sheet.pdf", NULL);
  g_autoptr (GPtrArray) accounts = create_accounts (3);
  g_autofree char *text = NULL;

  if (!has_programs ())
    {
      g_test_skip ("There is no pdftotext.");
      return;
    }
  print (accounts, path, A4_WIDTH, A4_HEIGHT);
  text = run ("pdftotext -layout sheet.pdf - && rm sheet.pdf", folder);
  g_assert_nonnull (strstr (text, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"));
  g_assert_nonnull (strstr (text, "Bücher & Co"));
  g_assert_nonnull (strstr (text, "SHA512"));
  g_assert_nonnull (strstr (text, "Next counter: 41"));
  g_assert_nonnull (strstr (text, "Page 1 of 1"));
  g_assert_nonnull (strstr (text, "Whoever holds this sheet"));
  g_rmdir (folder);
}

/* The longest names and secrets there are: no code, and still the secret. */
static void
test_large (void)
{
  g_autofree char *folder = g_dir_make_tmp ("fob-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sheet.pdf", NULL);
  g_autofree char *name = g_strnfill (FOB_OTP_LABEL_SIZE_MAX, '%');
  g_autofree guint8 *bytes = g_malloc (FOB_OTP_SECRET_SIZE_MAX);
  g_autoptr (GPtrArray) accounts = create_accounts (2);
  g_autoptr (FobOtp) otp = NULL;
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = NULL;
  g_autofree char *text = NULL;

  memset (bytes, 'z', FOB_OTP_SECRET_SIZE_MAX);
  secret = fob_secret_new (bytes, FOB_OTP_SECRET_SIZE_MAX);
  params.secret = secret;
  otp = fob_otp_new (&params, NULL);
  g_ptr_array_insert (accounts, 1, fob_account_new (name, name, otp));

  g_assert_cmpuint (print (accounts, path, A4_WIDTH, A4_HEIGHT), ==, 2);
  if (has_programs ())
    {
      text = run ("pdftotext -layout sheet.pdf -", folder);
      g_assert_nonnull (strstr (text, "QR code. Type"));
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_empty (void)
{
  g_autofree char *folder = g_dir_make_tmp ("fob-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "sheet.pdf", NULL);
  g_autoptr (GPtrArray) accounts = create_accounts (0);

  g_assert_cmpuint (print (accounts, path, A4_WIDTH, A4_HEIGHT), ==, 1);
  /* No room for anything: nothing is lost, and it ends. */
  g_ptr_array_add (accounts, create_account ("otpauth://totp/a?secret=MFRGG"));
  g_ptr_array_add (accounts, create_account ("otpauth://totp/b?secret=MFRGG"));
  g_assert_cmpuint (print (accounts, path, 2 * MARGIN + 10, 2 * MARGIN + 10), ==, 2);
  g_unlink (path);
  g_rmdir (folder);
}

/* Each code of an encrypted backup is one that a camera reads with ease. */
static void
test_encrypted (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 11, 24, 12, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = fob_paper_parts_split (file, &error);
  g_autoptr (FobPaper) paper = NULL;
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create (surface);

  g_assert_no_error (error);
  g_assert_cmpuint (parts->len, ==, 7);
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (FobQrCode) code = fob_qr_code_new (parts->pdata[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (fob_qr_code_get_size (code), <=, 117);
    }

  paper = fob_paper_new_encrypted (parts, date, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fob_paper_paginate (paper, cr, A4_WIDTH - 2 * MARGIN, A4_HEIGHT - 2 * MARGIN),
                    ==, 2);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/paper/reads-back", test_reads_back);
  g_test_add_func ("/app/paper/can-be-typed", test_can_be_typed);
  g_test_add_func ("/app/paper/large", test_large);
  g_test_add_func ("/app/paper/empty", test_empty);
  g_test_add_func ("/app/paper/encrypted", test_encrypted);

  return g_test_run ();
}
