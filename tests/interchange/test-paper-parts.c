/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* An encrypted backup in the pieces that go on paper, and back. */

#include <string.h>

#include "fob-export.h"
#include "fob-otp-uri.h"
#include "fob-paper-parts.h"

#define PASSPHRASE "correct horse"
#define N_ACCOUNTS 12

static GPtrArray *
create_accounts (void)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_ACCOUNTS; i++)
    {
      g_autofree char *uri = g_strdup_printf (
        "otpauth://totp/Sérvice%u:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sérvice%u", i,
        i);
      g_autofree char *issuer = NULL;
      g_autofree char *name = NULL;
      g_autoptr (FobOtp) otp = fob_otp_uri_parse (uri, -1, &issuer, &name, NULL);

      g_ptr_array_add (accounts, fob_account_new (issuer, name, otp));
    }

  return accounts;
}

static GPtrArray *
split_backup (void)
{
  g_autoptr (GPtrArray) accounts = create_accounts ();
  g_autoptr (FobExport) plan = fob_export_new (fob_format_find ("keyfob"), accounts);
  g_autoptr (FobSecret) passphrase = fob_secret_new (PASSPHRASE, strlen (PASSPHRASE));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = fob_export_serialise (plan, passphrase, &error);
  GPtrArray *parts;

  g_assert_no_error (error);
  parts = fob_paper_parts_split (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (parts->len, >, 3);

  return parts;
}

static GBytes *
join_lines (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) lines->pdata[i]);

  return g_string_free_to_bytes (text);
}

static FobImport *
import (GBytes *bytes, const char *text, GError **error)
{
  g_autoptr (FobSecret) passphrase = text != NULL ? fob_secret_new (text, strlen (text)) : NULL;

  return fob_format_import (bytes, NULL, passphrase, NULL, error);
}

static void
assert_all (GBytes *bytes)
{
  g_autoptr (GPtrArray) accounts = create_accounts ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FobImport) read = import (bytes, PASSPHRASE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fob_import_get_n_accounts (read), ==, N_ACCOUNTS);
  g_assert_cmpuint (fob_import_get_n_skipped (read), ==, 0);
  for (guint i = 0; i < N_ACCOUNTS; i++)
    {
      FobAccount *account = fob_import_get_account (read, i);

      g_assert_cmpstr (fob_account_get_issuer (account), ==,
                       fob_account_get_issuer (accounts->pdata[i]));
      g_assert_true (
        fob_otp_equal (fob_account_get_otp (account), fob_account_get_otp (accounts->pdata[i])));
    }
}

static void
test_any_order (void)
{
  g_autoptr (GPtrArray) parts = split_backup ();
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GBytes) both = NULL;

  for (guint i = parts->len; i > 0; i--)
    g_ptr_array_add (turned, parts->pdata[i - 1]);
  /* One was scanned twice. */
  g_ptr_array_add (turned, parts->pdata[1]);
  bytes = join_lines (turned);
  assert_all (bytes);

  /* From two pictures. */
  g_ptr_array_set_size (turned, 2);
  one = join_lines (parts);
  other = join_lines (turned);
  both = fob_format_join_parts (other, one);
  assert_all (both);
}

static void
test_passphrase (void)
{
  g_autoptr (GPtrArray) parts = split_backup ();
  g_autoptr (GBytes) bytes = join_lines (parts);
  g_autoptr (GError) error = NULL;

  g_assert_null (import (bytes, NULL, &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (import (bytes, "wrong", &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_PASSPHRASE);
}

static void
test_missing (void)
{
  g_autoptr (GPtrArray) parts = split_backup ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_ptr_array_remove_index (parts, 2);
  g_ptr_array_remove_index (parts, 0);
  bytes = join_lines (parts);
  /* Before anybody is asked for a passphrase. */
  g_assert_null (import (bytes, NULL, &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_INCOMPLETE);
  g_assert_nonnull (strstr (error->message, "2 of the"));
}

static void
test_mixed_or_damaged (void)
{
  g_autoptr (GPtrArray) parts = split_backup ();
  g_autoptr (GPtrArray) others = split_backup ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) mixed = NULL;
  g_autoptr (GBytes) damaged = NULL;
  char *last;

  g_ptr_array_add (parts, g_strdup (others->pdata[0]));
  mixed = join_lines (parts);
  g_assert_null (import (mixed, PASSPHRASE, &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT);
  g_clear_error (&error);

  last = others->pdata[others->len - 1];
  last[strlen (last) - 3] ^= 1;
  damaged = join_lines (others);
  g_assert_null (import (damaged, PASSPHRASE, &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT);
}

static void
test_broken (void)
{
  static const char *const texts[] = {
    "keyfob-backup:",
    "keyfob-backup:0:1:1",
    "keyfob-backup:0:0:1:x",
    "keyfob-backup:0:2:1:x",
    "keyfob-backup:0:1:99999999999999999999:x",
    "keyfob-backup:0:1:1:x",
    "keyfob-backup:::::::",
    "keyfob-backup:2d711642b726b044:1:1:x", /* the sum is right, the content is not */
  };
  g_autoptr (GPtrArray) parts = split_backup ();
  g_autoptr (GBytes) whole = join_lines (parts);
  const gsize size = g_bytes_get_size (whole);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (import (bytes, PASSPHRASE, &error));
      g_assert_true (error != NULL && error->domain == FOB_INTERCHANGE_ERROR);
    }
  {
    g_autoptr (GBytes) bytes = g_bytes_new_static ("\xff\xfe\0\xd8", 4);
    g_autoptr (GError) error = NULL;

    g_assert_null (fob_format_import (bytes, fob_format_find ("paper"), NULL, NULL, &error));
    g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT);
  }
  for (gsize length = 0; length < size - 2; length += 10)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (whole, 0, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (import (bytes, NULL, &error));
      g_assert_true (error != NULL && error->domain == FOB_INTERCHANGE_ERROR);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paper-parts/any-order", test_any_order);
  g_test_add_func ("/paper-parts/passphrase", test_passphrase);
  g_test_add_func ("/paper-parts/missing", test_missing);
  g_test_add_func ("/paper-parts/mixed-or-damaged", test_mixed_or_damaged);
  g_test_add_func ("/paper-parts/broken", test_broken);

  return g_test_run ();
}
