/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-payload-draft.h"

#define NOW G_GINT64_CONSTANT (1700000000)
#define DAY (24 * 60 * 60)

static FobAccount *
create_account (const char *issuer)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (FobOtp) otp = NULL;

  params.secret = secret;
  otp = fob_otp_new (&params, NULL);

  return fob_account_new (issuer, "ada", otp);
}

static FobPayloadDraft *
create_draft (guint n_accounts)
{
  g_autoptr (FobPayload) empty = fob_payload_new ();
  FobPayloadDraft *draft = fob_payload_draft_new (empty);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autofree char *issuer = g_strdup_printf ("issuer %u", i);
      g_autoptr (FobAccount) account = create_account (issuer);

      fob_payload_draft_insert (draft, G_MAXUINT, account);
    }

  return draft;
}

static FobPayload *
read_again (FobPayload *payload)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = fob_payload_format (payload);
  FobPayload *again = fob_payload_parse (text, &error);

  g_assert_no_error (error);

  return again;
}

static const char *
issuer_at (FobPayload *payload, guint position)
{
  return fob_account_get_issuer (fob_payload_get_account (payload, position));
}

static void
test_order (void)
{
  g_autoptr (FobPayloadDraft) draft = create_draft (4);
  g_autoptr (FobPayload) payload = NULL;

  fob_payload_draft_move (draft, 0, 2);
  fob_payload_draft_move (draft, 3, 0);
  payload = fob_payload_draft_finish (draft);
  g_assert_cmpstr (issuer_at (payload, 0), ==, "issuer 3");
  g_assert_cmpstr (issuer_at (payload, 1), ==, "issuer 1");
  g_assert_cmpstr (issuer_at (payload, 2), ==, "issuer 2");
  g_assert_cmpstr (issuer_at (payload, 3), ==, "issuer 0");
}

/* The payload that a draft started from does not change with it. */
static void
test_base_stays (void)
{
  g_autoptr (FobPayloadDraft) first = create_draft (2);
  g_autoptr (FobPayload) base = fob_payload_draft_finish (first);
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (base);
  g_autofree char *id = g_strdup (fob_account_get_id (fob_payload_get_account (base, 0)));

  fob_payload_draft_trash (draft, 0, NOW);
  fob_payload_draft_discard (draft, 0, NOW);
  g_assert_cmpuint (fob_payload_get_n_accounts (base), ==, 2);
  g_assert_cmpuint (fob_payload_get_n_trashed (base), ==, 0);
  g_assert_cmpint (fob_payload_get_deletion (base, id), ==, 0);
}

static void
test_trash (void)
{
  g_autoptr (FobPayloadDraft) draft = create_draft (3);
  g_autofree char *id = g_strdup (fob_account_get_id (fob_payload_draft_get_account (draft, 1)));
  g_autoptr (FobPayload) payload = NULL;
  g_autoptr (FobPayload) again = NULL;
  g_autoptr (FobPayloadDraft) second = NULL;
  g_autoptr (FobAccount) back = NULL;
  gint64 deleted;

  fob_payload_draft_trash (draft, 1, NOW);
  g_assert_false (fob_payload_draft_find (draft, id, NULL));
  payload = fob_payload_draft_finish (draft);
  again = read_again (payload);
  g_assert_cmpuint (fob_payload_get_n_accounts (again), ==, 2);
  g_assert_cmpuint (fob_payload_get_n_trashed (again), ==, 1);
  g_assert_cmpstr (fob_account_get_id (fob_payload_get_trashed (again, 0, &deleted)), ==, id);
  g_assert_cmpint (deleted, ==, NOW);
  g_assert_cmpint (fob_payload_get_deletion (again, id), ==, NOW);

  second = fob_payload_draft_new (again);
  back = fob_payload_draft_take_trashed (second, id);
  g_assert_cmpstr (fob_account_get_issuer (back), ==, "issuer 1");
  g_assert_null (fob_payload_draft_take_trashed (second, id));
}

/* From the trash into memory, from memory into nothing. */
static void
test_expire (void)
{
  g_autoptr (FobPayloadDraft) draft = create_draft (1);
  g_autofree char *id = g_strdup (fob_account_get_id (fob_payload_draft_get_account (draft, 0)));
  g_autoptr (FobPayload) kept = NULL;
  g_autoptr (FobPayload) remembered = NULL;
  g_autoptr (FobPayload) again = NULL;
  g_autoptr (FobPayload) gone = NULL;

  fob_payload_draft_trash (draft, 0, NOW);
  fob_payload_draft_expire (draft, NOW + 30 * DAY);
  kept = fob_payload_draft_finish (draft);
  g_assert_cmpuint (fob_payload_get_n_trashed (kept), ==, 1);

  fob_payload_draft_expire (draft, NOW + 30 * DAY + 1);
  remembered = fob_payload_draft_finish (draft);
  again = read_again (remembered);
  g_assert_cmpuint (fob_payload_get_n_trashed (again), ==, 0);
  g_assert_cmpint (fob_payload_get_deletion (again, id), ==, NOW);

  fob_payload_draft_expire (draft, NOW + 397 * DAY);
  gone = fob_payload_draft_finish (draft);
  g_assert_cmpint (fob_payload_get_deletion (gone, id), ==, 0);
}

static FobPayload *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  FobPayload *payload = fob_payload_parse (bytes, &error);

  g_assert_no_error (error);

  return payload;
}

static char *
format (FobPayload *payload)
{
  g_autoptr (GBytes) bytes = fob_payload_format (payload);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

#define ENTRY(members)                                                                             \
  "{\"type\":\"totp\",\"name\":\"ada\",\"issuer\":\"I\"," members                                  \
  ",\"info\":{\"secret\":\"GEZDGNBVGY3TQOJQ\",\"algo\":\"SHA1\",\"digits\":6,\"period\":30}}"

static void
assert_tags (FobAccount *account, const char *expected)
{
  g_autofree char *tags = g_strjoinv (",", (char **) fob_account_get_tags (account));

  g_assert_cmpstr (tags, ==, expected);
}

/* Groups keep their UUIDs, two accounts share one, a new tag gets one, an unused group goes. */
static void
test_tags (void)
{
  static const char *const tags[] = { "Work", " Bank ", "", "Work", NULL };
  g_autoptr (FobPayload) payload =
    parse ("{\"version\":3,\"groups\":[{\"uuid\":\"g1\",\"name\":\"Work\"},{\"uuid\":\"g2\","
           "\"name\":\"Old\"}],\"entries\":[" ENTRY ("\"groups\":[\"g1\",\"gone\"]") "," ENTRY (
             "\"groups\":[]") "]}");
  FobAccount *first = fob_payload_get_account (payload, 0);
  g_autoptr (FobAccount) tagged =
    fob_account_with_tags (fob_payload_get_account (payload, 1), tags);
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (payload);
  g_autoptr (FobPayload) changed = NULL;
  g_autoptr (FobPayload) again = NULL;
  g_autofree char *text = NULL;

  g_assert_true (fob_account_has_tag (first, "Work"));
  g_assert_false (fob_account_has_tag (first, "work"));
  assert_tags (tagged, "Work,Bank");
  fob_payload_draft_replace (draft, 1, tagged);
  changed = fob_payload_draft_finish (draft);
  text = format (changed);
  g_assert_nonnull (strstr (text, "{\"uuid\":\"g1\",\"name\":\"Work\"}"));
  g_assert_nonnull (strstr (text, "\"groups\":[\"gone\",\"g1\"]"));
  g_assert_nonnull (strstr (text, "\"name\":\"Bank\""));
  g_assert_null (strstr (text, "Old"));

  again = read_again (changed);
  assert_tags (fob_payload_get_account (again, 1), "Work,Bank");
  g_assert_true (fob_account_equal (fob_payload_get_account (again, 1), tagged));
}

/* Version 2 named the one group of an entry. */
static void
test_old_group (void)
{
  g_autoptr (FobPayload) payload = parse (
    "{\"version\":2,\"entries\":[" ENTRY ("\"group\":\"Home\"") "," ENTRY ("\"group\":null") "]}");

  g_assert_true (fob_account_has_tag (fob_payload_get_account (payload, 0), "Home"));
  g_assert_null (fob_account_get_tags (fob_payload_get_account (payload, 1))[0]);
}

#define SVG_ENTRY     ENTRY ("\"icon\":\"PHN2Zy8+\",\"icon_mime\":\"image/svg+xml\"")
#define JPEG_ENTRY    ENTRY ("\"icon\":\"/9j/\"")
#define NO_ICON_ENTRY ENTRY ("\"icon\":null,\"icon_mime\":null")

static void
test_icons (void)
{
  g_autoptr (FobPayload) payload =
    parse ("{\"version\":3,\"entries\":[" SVG_ENTRY "," JPEG_ENTRY "," NO_ICON_ENTRY "]}");
  FobAccount *svg = fob_payload_get_account (payload, 0);
  g_autoptr (FobPayload) again = read_again (payload);
  g_autoptr (FobAccount) without = fob_account_with_icon (svg, NULL, NULL);

  g_assert_cmpstr (fob_account_get_icon_type (svg), ==, "image/svg+xml");
  g_assert_cmpmem (g_bytes_get_data (fob_account_get_icon (svg), NULL),
                   g_bytes_get_size (fob_account_get_icon (svg)), "<svg/>", 6);
  g_assert_cmpstr (fob_account_get_icon_type (fob_payload_get_account (payload, 1)), ==,
                   "image/jpeg");
  g_assert_null (fob_account_get_icon (fob_payload_get_account (payload, 2)));
  g_assert_null (fob_account_get_icon (without));
  g_assert_false (fob_account_equal (svg, without));
  for (guint i = 0; i < 2; i++)
    g_assert_true (g_bytes_equal (fob_account_get_icon (fob_payload_get_account (payload, i)),
                                  fob_account_get_icon (fob_payload_get_account (again, i))));
}

/* A draft of ten thousand changes takes no time worth speaking of beside one of a hundred. */
static void
test_many (void)
{
  g_autoptr (FobPayloadDraft) draft = create_draft (10000);
  g_autoptr (FobPayload) payload = fob_payload_draft_finish (draft);
  g_autoptr (FobPayload) again = read_again (payload);

  g_assert_cmpuint (fob_payload_get_n_accounts (again), ==, 10000);
  g_assert_cmpstr (issuer_at (again, 9999), ==, "issuer 9999");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/payload-draft/order", test_order);
  g_test_add_func ("/account/payload-draft/base-stays", test_base_stays);
  g_test_add_func ("/account/payload-draft/trash", test_trash);
  g_test_add_func ("/account/payload-draft/expire", test_expire);
  g_test_add_func ("/account/payload-draft/tags", test_tags);
  g_test_add_func ("/account/payload-draft/old-group", test_old_group);
  g_test_add_func ("/account/payload-draft/icons", test_icons);
  g_test_add_func ("/account/payload-draft/many", test_many);

  return g_test_run ();
}
