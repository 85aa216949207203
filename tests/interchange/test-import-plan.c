/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-import-plan.h"

#define SECRET "12345678901234567890"
#define OTHER  "09876543210987654321"

static FobAccount *
create (const char *issuer, const char *secret_text, FobOtpKind kind, guint64 counter, guint digits)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new (secret_text, 20);
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GError) error = NULL;

  fob_otp_params_set_kind (&params, kind);
  params.secret = secret;
  params.counter = counter;
  params.digits = digits;
  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return fob_account_new (issuer, "ada", otp);
}

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
test_statuses (void)
{
  g_autoptr (GPtrArray) there = list_new ();
  g_autoptr (GPtrArray) coming = list_new ();
  g_autoptr (FobImportPlan) plan = NULL;
  static const FobImportStatus expected[] = {
    FOB_IMPORT_DUPLICATE, /* the same */
    FOB_IMPORT_DUPLICATE, /* the same token by another name */
    FOB_IMPORT_DUPLICATE, /* whose counter moved on */
    FOB_IMPORT_CONFLICT,  /* the same name, another secret */
    FOB_IMPORT_NEW,       /* the same secret in another kind, by another name */
    FOB_IMPORT_NEW,       /* nothing alike */
    FOB_IMPORT_NEW,       /* more digits */
  };
  FobAccount *other;

  g_ptr_array_add (there, create ("A", SECRET, FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (there, create ("C", OTHER, FOB_OTP_KIND_HOTP, 3, 6));
  g_ptr_array_add (coming, create ("A", SECRET, FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (coming, create ("B", SECRET, FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (coming, create ("C", OTHER, FOB_OTP_KIND_HOTP, 90, 6));
  g_ptr_array_add (coming, create ("A", OTHER, FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (coming, create ("D", SECRET, FOB_OTP_KIND_HOTP, 0, 6));
  g_ptr_array_add (coming, create ("E", "abcdefghijklmnopqrst", FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (coming, create ("F", SECRET, FOB_OTP_KIND_TOTP, 0, 8));
  plan = fob_import_plan_new (coming, there);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (fob_import_plan_get_status (plan, i, NULL), ==, expected[i]);
  fob_import_plan_get_status (plan, 2, &other);
  g_assert_true (other == there->pdata[1]);
  fob_import_plan_get_status (plan, 3, &other);
  g_assert_true (other == there->pdata[0]);
  fob_import_plan_get_status (plan, 5, &other);
  g_assert_null (other);
}

/* Two with one name live, two with one secret live; the very same twice is one too many. */
static void
test_within_a_file (void)
{
  g_autoptr (GPtrArray) coming = list_new ();
  g_autoptr (FobImportPlan) plan = NULL;

  g_ptr_array_add (coming, create ("A", SECRET, FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (coming, create ("A", OTHER, FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (coming, create ("B", SECRET, FOB_OTP_KIND_TOTP, 0, 6));
  g_ptr_array_add (coming, create ("A", SECRET, FOB_OTP_KIND_TOTP, 0, 6));
  plan = fob_import_plan_new (coming, NULL);
  g_assert_cmpint (fob_import_plan_get_status (plan, 0, NULL), ==, FOB_IMPORT_NEW);
  g_assert_cmpint (fob_import_plan_get_status (plan, 1, NULL), ==, FOB_IMPORT_NEW);
  g_assert_cmpint (fob_import_plan_get_status (plan, 2, NULL), ==, FOB_IMPORT_NEW);
  g_assert_cmpint (fob_import_plan_get_status (plan, 3, NULL), ==, FOB_IMPORT_DUPLICATE);
}

static void
test_many (void)
{
  g_autoptr (GPtrArray) coming = list_new ();
  g_autoptr (FobImportPlan) first = NULL;
  g_autoptr (FobImportPlan) again = NULL;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *secret = g_strdup_printf ("%020u", i);

      g_ptr_array_add (coming, create ("A", secret, FOB_OTP_KIND_TOTP, 0, 6));
    }
  first = fob_import_plan_new (coming, NULL);
  again = fob_import_plan_new (coming, coming);
  for (guint i = 0; i < 10000; i++)
    {
      g_assert_cmpint (fob_import_plan_get_status (first, i, NULL), ==, FOB_IMPORT_NEW);
      g_assert_cmpint (fob_import_plan_get_status (again, i, NULL), ==, FOB_IMPORT_DUPLICATE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interchange/import-plan/statuses", test_statuses);
  g_test_add_func ("/interchange/import-plan/within-a-file", test_within_a_file);
  g_test_add_func ("/interchange/import-plan/many", test_many);

  return g_test_run ();
}
