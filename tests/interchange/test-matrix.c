/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* All kinds of accounts, in mixed order, out to every format that can be written and in again:
 * each field is the same, unless the export said that it would not be. */

#include <string.h>

#include "fob-export.h"
#include "fob-recovery-text.h"
#include "format-case.h"

#define PASSPHRASE "correct horse"

#define TOTP   (1u << FOB_OTP_KIND_TOTP)
#define HOTP   (1u << FOB_OTP_KIND_HOTP)
#define STEAM  (1u << FOB_OTP_KIND_STEAM)
#define MOTP   (1u << FOB_OTP_KIND_MOTP)
#define YANDEX (1u << FOB_OTP_KIND_YANDEX)
#define OCRA   (1u << FOB_OTP_KIND_OCRA)

/* What the programs can take, by their own documents; 0 for no limit. */
typedef struct
{
  const char *format;
  guint kinds;
  guint digits[8];
  guint periods[8];
} Target;

static const Target targets[] = {
  { "keyfob", TOTP | HOTP | STEAM | MOTP | YANDEX | OCRA, { 0 }, { 0 } },
  { "aegis", TOTP | HOTP | STEAM | MOTP | YANDEX, { 0 }, { 0 } },
  { "uri-list", TOTP | HOTP | STEAM | MOTP | YANDEX | OCRA, { 0 }, { 0 } },
  { "2fas", TOTP | HOTP | STEAM, { 5, 6, 7, 8 }, { 10, 30, 60, 90 } },
  { "stratum", TOTP | HOTP | STEAM | MOTP | YANDEX, { 0 }, { 0 } },
  { "bitwarden-authenticator", TOTP | STEAM, { 0 }, { 0 } },
  { "keepassxc-csv", TOTP | STEAM, { 0 }, { 0 } },
  { "freeotp-plus", TOTP | HOTP | STEAM, { 1, 4, 5, 6, 7, 8, 9 }, { 0 } },
  { "google-migration", TOTP | HOTP, { 6, 8 }, { 30 } },
};

/* Odd ones that break careless writers. */
static const char *const issuers[] = {
  "Mail",       "Mail", "",    "Steam", "A, \"B\" & C",
  "日本の銀行", "בנק",  "a:b", "50%",   "Root/Recycle Bin",
  "<x>\\n",     "👍",
};
static const char *const names[] = {
  "ada", "ada", "", "eve@example.org", "o'neil; \"x\",y", "a:b:c", "née", "q?a=b&c#d+e f",
};
static const char *const one_tag[] = { "Work", NULL };
static const char *const three_tags[] = { "Work", "a/b, c", "Übung", NULL };
static const char *const bin_tag[] = { "Recycle Bin", NULL };
static const char *const no_tags[] = { NULL };
static const char *const *const tag_lists[] = { no_tags, one_tag, three_tags, bin_tag };
static const char png[] = "\x89PNG\r\n\x1a\n and more";
static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg'/>";

static FobOtp *
make_otp (FobOtpKind kind, guint i)
{
  static const guint digits[] = { 6, 8, 5, 6, 7, 10, 9, 4, 1 };
  static const guint64 periods[] = { 30, 60, 10, 30, 45, 90, 1 };
  static const guint64 counters[] = { 0, 1, 41, G_MAXINT32, G_MAXINT64 - 1 };
  static const gsize sizes[] = { 20, 10, 1, 64, 16, 35 };
  const gsize size = kind == FOB_OTP_KIND_YANDEX ? 16 : sizes[i % G_N_ELEMENTS (sizes)];
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobSecret) pin = NULL;
  g_autoptr (GError) error = NULL;
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  guint8 key[64];
  FobOtp *otp;

  /* Every other secret is one that another account has too. */
  for (gsize j = 0; j < sizeof key; j++)
    key[j] = (guint8) (j * 7 + i / 2);
  secret = fob_secret_new (key, size);
  pin = fob_secret_new ("1234", 4);
  fob_otp_params_set_kind (&params, kind);
  params.secret = secret;
  if (kind == FOB_OTP_KIND_TOTP || kind == FOB_OTP_KIND_HOTP)
    {
      params.algorithm = (FobOtpAlgorithm) (i % 3);
      params.digits = digits[i % G_N_ELEMENTS (digits)];
    }
  if (kind == FOB_OTP_KIND_TOTP)
    params.period = periods[i % G_N_ELEMENTS (periods)];
  params.counter = kind == FOB_OTP_KIND_HOTP ? counters[i % G_N_ELEMENTS (counters)] : 0;
  if (kind == FOB_OTP_KIND_MOTP || kind == FOB_OTP_KIND_YANDEX)
    params.pin = pin;
  if (kind == FOB_OTP_KIND_OCRA)
    params.suite = "OCRA-1:HOTP-SHA1-6:QN08";
  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return otp;
}

static FobAccount *
make_account (guint i)
{
  g_autoptr (FobOtp) otp = make_otp ((FobOtpKind) (i % 6), i / 6);
  g_autoptr (FobAccount) named =
    fob_account_new (issuers[(i * 7 + i / 6) % G_N_ELEMENTS (issuers)],
                     names[(i * 5 + i / 11) % G_N_ELEMENTS (names)], otp);
  g_autoptr (FobAccount) tagged =
    fob_account_with_tags (named, tag_lists[i / 3 % G_N_ELEMENTS (tag_lists)]);
  g_autoptr (FobAccount) noted =
    fob_account_with_note (tagged, i % 4 == 1 ? "two\nlines, \"quoted\"" : "");
  g_autoptr (FobAccount) pinned = fob_account_with_pinned (noted, i % 5 == 2);
  g_autoptr (GBytes) icon =
    i % 14 == 3 ? g_bytes_new_static (png, sizeof png) : g_bytes_new_static (svg, strlen (svg));

  g_autoptr (FobRecoveryCodes) codes = fob_recovery_text_parse ("abcd-1234 efgh-5678", -1, NULL);
  g_autoptr (FobRecoveryCodes) used = fob_recovery_codes_with_used (codes, 1, TRUE);
  g_autoptr (FobAccount) safe = fob_account_with_recovery (pinned, i % 11 == 4 ? used : NULL);

  if (i % 7 != 3)
    return g_steal_pointer (&safe);

  return fob_account_with_icon (safe, icon, i % 14 == 3 ? "image/png" : "image/svg+xml");
}

static GPtrArray *
make_accounts (guint n)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (accounts, make_account (i));
  for (guint i = n; i > 1; i--)
    {
      const guint other = (guint) g_test_rand_int_range (0, (gint) i);
      gpointer last = accounts->pdata[i - 1];

      accounts->pdata[i - 1] = accounts->pdata[other];
      accounts->pdata[other] = last;
    }

  return accounts;
}

static gboolean
is_among (guint64 number, const guint numbers[8])
{
  for (guint i = 0; i < 8 && numbers[i] != 0; i++)
    {
      if (numbers[i] == number)
        return TRUE;
    }

  return numbers[0] == 0;
}

/* Whether @target can hold @account at all. */
static gboolean
is_possible (const Target *target, FobAccount *account)
{
  FobOtp *otp = fob_account_get_otp (account);

  return (target->kinds & (1u << fob_otp_get_kind (otp))) != 0 &&
         is_among (fob_otp_get_digits (otp), target->digits) &&
         (fob_otp_get_period (otp) == 0 || is_among (fob_otp_get_period (otp), target->periods));
}

/* Whether one of @reasons speaks of @word, with which it starts or which is in it. */
static gboolean
is_said (GPtrArray *reasons, const char *word)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      g_autofree char *reason = g_ascii_strdown (reasons->pdata[i], -1);

      if (strstr (reason, word) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
are_icons_equal (FobAccount *a, FobAccount *b)
{
  GBytes *one = fob_account_get_icon (a);
  GBytes *other = fob_account_get_icon (b);

  return one == NULL || other == NULL ? one == other : g_bytes_equal (one, other);
}

/* Said and lost, or neither. */
static void
compare (FobAccount *sent, FobAccount *came, GPtrArray *reasons)
{
  g_autofree char *sent_text = describe_account (sent);
  g_autofree char *came_text = describe_account (came);
  const gboolean tags_equal =
    g_strv_equal (fob_account_get_tags (sent), fob_account_get_tags (came));

  g_test_message ("sent %s", sent_text);
  g_test_message ("came %s", came_text);
  g_assert_true (fob_otp_equal (fob_account_get_otp (sent), fob_account_get_otp (came)));
  g_assert_cmpstr (fob_account_get_name (sent), ==, fob_account_get_name (came));
  if (is_said (reasons, "issuer"))
    g_assert_cmpstr (fob_account_get_issuer (sent), ==, "");
  else
    g_assert_cmpstr (fob_account_get_issuer (sent), ==, fob_account_get_issuer (came));
  g_assert_cmpint (tags_equal, ==, !is_said (reasons, "tags"));
  g_assert_cmpstr (is_said (reasons, "notes") ? "" : fob_account_get_note (sent), ==,
                   fob_account_get_note (came));
  g_assert_cmpint (fob_account_get_pinned (came), ==,
                   fob_account_get_pinned (sent) && !is_said (reasons, "pinned"));
  g_assert_cmpint (are_icons_equal (sent, came), ==, !is_said (reasons, "icons"));
  g_assert_cmpint (fob_recovery_codes_equal (fob_account_get_recovery (sent),
                                             fob_account_get_recovery (came)),
                   ==, !is_said (reasons, "codes are left out"));
}

static void
check_target (const Target *target, GPtrArray *accounts)
{
  const FobFormat *format = fob_format_find (target->format);
  g_autoptr (FobSecret) passphrase = fob_secret_new (PASSPHRASE, strlen (PASSPHRASE));
  FobSecret *used = format->encrypts ? passphrase : NULL;
  g_autoptr (FobExport) plan = fob_export_new (format, accounts);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fob_export_serialise (plan, used, &error);
  g_autoptr (FobDocument) document = NULL;
  g_autoptr (FobImport) import = NULL;
  guint n = 0;

  g_assert_no_error (error);
  document = fob_document_new (bytes, &error);
  g_assert_no_error (error);
  g_assert_true (fob_format_recognise (document, &error) == format);
  import = fob_format_import (bytes, NULL, used, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < fob_import_get_n_skipped (import); i++)
    g_test_message ("skipped: %s", fob_import_get_skipped (import, i)->reason);
  g_assert_cmpuint (fob_import_get_n_skipped (import), ==, 0);
  for (guint i = 0; i < accounts->len; i++)
    {
      g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
      const gboolean goes = format->lost == NULL || format->lost (accounts->pdata[i], reasons);

      g_assert_cmpint (goes, ==, is_possible (target, accounts->pdata[i]));
      g_assert_true (goes || reasons->len > 0);
      if (goes)
        compare (accounts->pdata[i], fob_import_get_account (import, n++), reasons);
    }
  g_assert_cmpuint (fob_import_get_n_accounts (import), ==, n);
  g_assert_cmpuint (fob_export_get_n_accounts (plan), ==, n);
  g_assert_cmpuint (fob_export_get_n_left_out (plan), ==, accounts->len - n);
}

static void
test_round_trip (gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = make_accounts (500);

  check_target (data, accounts);
}

static void
test_one (gconstpointer data)
{
  const Target *target = data;

  for (guint i = 0; i < 48; i++)
    {
      g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (accounts, make_account (i));
      if (is_possible (target, accounts->pdata[0]) && !g_str_equal (target->format, "keyfob"))
        check_target (target, accounts);
    }
}

/* Whatever the registry can write is checked here. */
static void
test_complete (void)
{
  const FobFormat *const *formats = fob_format_list ();

  for (gsize i = 0; formats[i] != NULL; i++)
    {
      gboolean found = formats[i]->serialise == NULL;

      for (gsize j = 0; j < G_N_ELEMENTS (targets); j++)
        found = found || g_str_equal (targets[j].format, formats[i]->id);
      g_assert_true (found);
    }
}

/* A counter that other programs would read as something else stays here. */
static void
test_large_counter (void)
{
  g_autoptr (FobOtp) otp = make_otp (FOB_OTP_KIND_HOTP, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) large = fob_otp_with_counter (otp, G_MAXUINT64, &error);
  g_autoptr (FobAccount) account = fob_account_new ("Large", "", large);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const FobFormat *format = fob_format_find (targets[i].format);
      g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);

      if ((targets[i].kinds & HOTP) == 0 || format->lost == NULL)
        continue;
      if (!format->lost (account, reasons))
        {
          g_assert_true (is_said (reasons, "counter"));
          continue;
        }
      g_ptr_array_set_size (reasons, 0);
      g_ptr_array_add (reasons, g_strdup (""));
      {
        g_autoptr (GPtrArray) accounts = g_ptr_array_new ();

        g_ptr_array_add (accounts, account);
        check_target (&targets[i], accounts);
      }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *many =
        g_strconcat ("/interchange/matrix/lesson-10/", targets[i].format, NULL);
      g_autofree char *one = g_strconcat ("/interchange/matrix/alone/", targets[i].format, NULL);

      g_test_add_data_func (many, &targets[i], test_round_trip);
      g_test_add_data_func (one, &targets[i], test_one);
    }
  g_test_add_func ("/interchange/matrix/complete", test_complete);
  g_test_add_func ("/interchange/matrix/large-counter", test_large_counter);

  return g_test_run ();
}
