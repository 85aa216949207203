/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-payload-draft.h"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static FobPayload *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) data = bytes (text);

  return fob_payload_parse (data, error);
}

static char *
format (FobPayload *payload)
{
  g_autoptr (GBytes) text = fob_payload_format (payload);

  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

static FobAccount *
create_account (const char *issuer, FobOtpKind kind, guint64 counter, const char *pin)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("0123456789abcdef", 16);
  g_autoptr (FobSecret) pin_secret = pin != NULL ? fob_secret_new (pin, strlen (pin)) : NULL;
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GError) error = NULL;

  fob_otp_params_set_kind (&params, kind);
  params.counter = counter;
  params.secret = secret;
  params.pin = pin_secret;
  if (kind == FOB_OTP_KIND_OCRA)
    params.suite = "OCRA-1:HOTP-SHA1-6:QN08";
  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return fob_account_new (issuer, "ad\xc3\xa1 \xf0\x9f\x94\x91", otp);
}

static FobPayload *
with_account (FobPayload *payload, FobAccount *account)
{
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (payload);
  FobPayload *with;

  fob_payload_draft_insert (draft, G_MAXUINT, account);
  with = fob_payload_draft_finish (draft);
  fob_payload_unref (payload);
  g_object_unref (account);

  return with;
}

static void
assert_same (FobPayload *a, FobPayload *b)
{
  g_assert_cmpstr (fob_payload_get_vault_id (a), ==, fob_payload_get_vault_id (b));
  g_assert_cmpuint (fob_payload_get_n_accounts (a), ==, fob_payload_get_n_accounts (b));
  for (guint i = 0; i < fob_payload_get_n_accounts (a); i++)
    g_assert_true (
      fob_account_equal (fob_payload_get_account (a, i), fob_payload_get_account (b, i)));
}

static void
assert_round_trip (FobPayload *payload)
{
  g_autofree char *text = format (payload);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobPayload) back = parse (text, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  assert_same (payload, back);
  again = format (back);
  g_assert_cmpstr (text, ==, again);
  for (const char *p = text; *p != '\0'; p++)
    g_assert_true (*p >= ' ' && *p <= '~');
}

static void
test_round_trip (void)
{
  g_autoptr (FobPayload) payload = fob_payload_new ();

  assert_round_trip (payload);
  payload = with_account (payload, create_account ("\xe6\x9d\xb1\xe4\xba\xac\n", FOB_OTP_KIND_TOTP,
                                                   0, NULL));
  payload = with_account (payload, create_account ("hotp", FOB_OTP_KIND_HOTP, 41, NULL));
  payload = with_account (payload, create_account ("steam", FOB_OTP_KIND_STEAM, 0, NULL));
  payload = with_account (payload, create_account ("ocra", FOB_OTP_KIND_OCRA, 0, NULL));
  payload = with_account (payload, create_account ("motp", FOB_OTP_KIND_MOTP, 0, "1234"));
  payload = with_account (payload, create_account ("yandex", FOB_OTP_KIND_YANDEX, 0, "5678"));
  g_assert_cmpuint (fob_payload_get_n_accounts (payload), ==, 6);
  assert_round_trip (payload);
}

/* Names of every plane, with marks that turn the line round, and longer than any screen. */
static void
test_names (void)
{
  g_autoptr (FobPayload) payload = fob_payload_new ();
  GString *long_name = g_string_new (NULL);
  const gunichar planes[] = { 0x416, 0x5d0, 0x6771, 0x1f511, 0x20bb7, 0xe0001, 0x10fffd };

  for (gsize i = 0; i < G_N_ELEMENTS (planes); i++)
    {
      GString *name = g_string_new ("\xe2\x80\xae");

      g_string_append_unichar (name, planes[i]);
      g_string_append (name, "\t\xd0\xaf\xcc\x81\xe2\x80\xac");
      payload = with_account (payload, create_account (name->str, FOB_OTP_KIND_TOTP, 0, NULL));
      g_string_free (name, TRUE);
    }
  while (long_name->len < 4096)
    g_string_append (long_name, "\xd0\x90\xd0\xb1\xd0\xb2 ");
  payload = with_account (payload, create_account (long_name->str, FOB_OTP_KIND_TOTP, 0, NULL));
  g_string_free (long_name, TRUE);
  assert_round_trip (payload);
}

/* JSON's integers end at 2^63-1, counters do not. */
static void
test_big_counters (void)
{
  const guint64 counters[] = { 0, 1, G_MAXINT64, (guint64) G_MAXINT64 + 1, G_MAXUINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (counters); i++)
    {
      g_autoptr (FobPayload) payload = fob_payload_new ();

      payload =
        with_account (payload, create_account ("hotp", FOB_OTP_KIND_HOTP, counters[i], NULL));
      assert_round_trip (payload);
    }
}

#define GOOD_ENTRY                                                                                 \
  "{\"type\":\"totp\",\"uuid\":\"01234567-89ab-4def-8123-456789abcdef\",\"name\":\"ada\","         \
  "\"issuer\":\"I\","                                                                              \
  "\"note\":\"\",\"favorite\":true,\"icon\":\"aGk=\",\"icon_mime\":\"image/"                       \
  "png\",\"groups\":[\"g1\"],"                                                                     \
  "\"info\":{\"secret\":\"GEZDGNBVGY3TQOJQ\",\"algo\":\"SHA256\",\"digits\":8,\"period\":60,"      \
  "\"later\":5}}"

static void
test_unknown_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobPayload) payload = parse ("{\"version\":3,\"entries\":[" GOOD_ENTRY
                                          "],\"groups\":[{\"uuid\":\"g1\",\"name\":\"Work\"}],"
                                          "\"later\":{\"a\":[1,2]},\"keyfob\":{\"version\":1,"
                                          "\"vault\":\"01234567-89ab-4def-8123-456789abcdef\","
                                          "\"tomorrow\":true}}",
                                          &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (fob_payload_get_n_accounts (payload), ==, 1);
  g_assert_true (fob_account_get_pinned (fob_payload_get_account (payload, 0)));
  text = format (payload);
  g_assert_nonnull (strstr (text, "\"later\":{\"a\":[1,2]}"));
  g_assert_nonnull (strstr (text, "\"tomorrow\":true"));
  g_assert_nonnull (strstr (text, "\"icon_mime\":\"image/png\""));
  g_assert_nonnull (strstr (text, "\"groups\":[\"g1\"]"));
  g_assert_nonnull (strstr (text, "\"later\":5"));
  g_assert_nonnull (strstr (text, "\"name\":\"Work\""));
  assert_round_trip (payload);
}

static FobRecoveryCodes *
read_recovery (const char *list, char **written)
{
  g_autofree char *text =
    g_strdup_printf ("{\"version\":3,\"entries\":[{\"type\":\"totp\",\"uuid\":"
                     "\"01234567-89ab-4def-8123-456789abcdef\",\"info\":{\"secret\":"
                     "\"GEZDGNBVGY3TQOJQ\"},\"keyfob\":{\"recovery\":%s}}]}",
                     list);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobPayload) payload = parse (text, &error);
  FobRecoveryCodes *codes;

  g_assert_no_error (error);
  g_assert_cmpuint (fob_payload_get_n_accounts (payload), ==, 1);
  assert_round_trip (payload);
  *written = format (payload);
  codes = fob_account_get_recovery (fob_payload_get_account (payload, 0));

  return codes != NULL ? fob_recovery_codes_ref (codes) : NULL;
}

static void
test_recovery (void)
{
  static const char list[] = "[{\"code\":\"1234 5678\",\"used\":true},{\"code\":\"abcd-\\u00E9\"}]";
  g_autofree char *text = NULL;
  g_autofree char *marked = NULL;
  g_autoptr (FobRecoveryCodes) codes = read_recovery (list, &text);
  g_autoptr (FobRecoveryCodes) same = read_recovery (
    "[{\"code\":\"1234 5678\",\"used\":true},{\"code\":\"abcd-\\u00e9\",\"used\":false}]", &marked);

  g_assert_cmpuint (fob_recovery_codes_get_size (codes), ==, 2);
  g_assert_cmpuint (fob_recovery_codes_get_n_left (codes), ==, 1);
  g_assert_true (fob_recovery_codes_get (codes, 0)->used);
  g_assert_true (fob_recovery_codes_equal (codes, same));
  g_assert_nonnull (strstr (text, list));
}

/* What is no list of ours is kept to the letter, and takes no account with it. */
static void
test_strange_recovery (void)
{
  static const char *const lists[] = {
    "5",
    "\"1234\"",
    "{\"code\":\"1234\"}",
    "[\"1234\"]",
    "[{\"code\":\"\"}]",
    "[{\"code\":1234}]",
    "[{\"code\":\"1234\",\"used\":1}]",
    "[{\"code\":\"1234\",\"when\":5}]",
    "[{\"used\":true}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *text = NULL;

      g_assert_null (read_recovery (lists[i], &text));
      g_assert_nonnull (strstr (text, lists[i]));
    }
}

/* One entry that cannot be read is kept to the letter and takes no other with it. */
static void
test_unreadable_entries (void)
{
  static const char *const entries[] = {
    "{\"type\":\"hologram\",\"uuid\":\"x\",\"info\":{\"secret\":\"GEZDGNBV\"}}",
    ("{\"type\":\"totp\",\"uuid\":\"x\",\"info\":{\"secret\":\"1!\",\"algo\":\"SHA1\",\"digits\":6,"
     "\"period\":30}}"),
    ("{\"type\":\"totp\",\"uuid\":\"x\",\"info\":{\"secret\":\"GEZDGNBV\",\"algo\":\"SHA3\","
     "\"digits\":6}}"),
    "{\"type\":\"totp\",\"uuid\":\"x\",\"info\":{\"secret\":\"GEZDGNBV\",\"digits\":99}}",
    "{\"type\":\"totp\",\"uuid\":\"x\",\"info\":{\"secret\":\"GEZDGNBV\",\"period\":-1}}",
    "{\"type\":\"hotp\",\"uuid\":\"x\",\"info\":{\"secret\":\"GEZDGNBV\",\"counter\":\"5\"}}",
    "{\"no\":\"info\"}",
    "\"text\"",
    "null",
    "[1,2,3]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"version\":3,\"entries\":[%s," GOOD_ENTRY "]}", entries[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (FobPayload) payload = parse (text, &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (fob_payload_get_n_accounts (payload), ==, 1);
      g_assert_cmpuint (fob_payload_get_n_unreadable (payload), ==, 1);
      again = format (payload);
      g_assert_nonnull (strstr (again, entries[i]));
    }
}

static void
test_twin_ids (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobPayload) payload =
    parse ("{\"version\":3,\"entries\":[" GOOD_ENTRY "," GOOD_ENTRY "]}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fob_payload_get_n_accounts (payload), ==, 2);
  g_assert_cmpstr (fob_account_get_id (fob_payload_get_account (payload, 0)), !=,
                   fob_account_get_id (fob_payload_get_account (payload, 1)));
}

static void
test_broken (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "null",
    "[]",
    "{}",
    "{\"version\":3}",
    "{\"version\":\"3\",\"entries\":[]}",
    "{\"version\":0,\"entries\":[]}",
    "{\"version\":3,\"entries\":{}}",
    "{\"version\":3,\"entries\":[]",
    "{\"version\":3,\"entries\":[],\"keyfob\":7}",
    "{\"version\":3,\"version\":3,\"entries\":[]}",
    "\xff\xfe",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_FORMAT);
    }
}

static void
test_deep_nesting (void)
{
  g_autoptr (GString) text = g_string_new ("{\"version\":3,\"entries\":[],\"x\":");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  g_assert_null (parse (text->str, &error));
  g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_FORMAT);
}

static void
test_newer (void)
{
  static const char *const texts[] = {
    "{\"version\":4,\"entries\":[]}",
    "{\"version\":3,\"entries\":[],\"keyfob\":{\"version\":2}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION);
    }
}

static void
test_with_known (void)
{
  g_autoptr (FobPayload) payload = fob_payload_new ();
  g_autofree char *text = NULL;
  g_autoptr (FobPayload) parsed = NULL;
  g_autoptr (FobPayload) shared = NULL;
  g_autoptr (FobAccount) renamed = NULL;
  g_autoptr (FobPayloadDraft) draft = NULL;
  g_autoptr (FobPayload) changed = NULL;

  payload = with_account (payload, create_account ("one", FOB_OTP_KIND_TOTP, 0, NULL));
  payload = with_account (payload, create_account ("two", FOB_OTP_KIND_TOTP, 0, NULL));
  renamed = fob_account_with_note (fob_payload_get_account (payload, 1), "changed");
  draft = fob_payload_draft_new (payload);
  fob_payload_draft_replace (draft, 1, renamed);
  changed = fob_payload_draft_finish (draft);
  text = format (changed);
  parsed = parse (text, NULL);
  shared = fob_payload_with_known (parsed, payload);
  g_assert_true (fob_payload_get_account (shared, 0) == fob_payload_get_account (payload, 0));
  g_assert_true (fob_payload_get_account (shared, 1) != fob_payload_get_account (payload, 1));
  assert_same (shared, changed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/payload/round-trip", test_round_trip);
  g_test_add_func ("/account/payload/lesson-18-names", test_names);
  g_test_add_func ("/account/payload/big-counters", test_big_counters);
  g_test_add_func ("/account/payload/unknown-members", test_unknown_members);
  g_test_add_func ("/account/payload/recovery", test_recovery);
  g_test_add_func ("/account/payload/strange-recovery", test_strange_recovery);
  g_test_add_func ("/account/payload/lesson-6-unreadable-entries", test_unreadable_entries);
  g_test_add_func ("/account/payload/twin-ids", test_twin_ids);
  g_test_add_func ("/account/payload/broken", test_broken);
  g_test_add_func ("/account/payload/deep-nesting", test_deep_nesting);
  g_test_add_func ("/account/payload/newer", test_newer);
  g_test_add_func ("/account/payload/with-known", test_with_known);

  return g_test_run ();
}
